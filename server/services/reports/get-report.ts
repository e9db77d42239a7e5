import "server-only";

import { NO_FIGURE, type Figure, type MetricGroup, type MetricKey } from "#server/domain/metrics/definitions.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { z } from "zod";

import { readAnswering, readAnsweringDays, readHandoverReasons } from "./read-answering.ts";
import { readMachine, readMachineDays } from "./read-machine.ts";
import { readOutreach, readReminderBase } from "./read-outreach.ts";
import { readQuality } from "./read-quality.ts";
import { readResponse } from "./read-response.ts";
import { readSettling } from "./read-settling.ts";
import { readStanding } from "./read-standing.ts";
import { resolveWindows, type ClubWindows } from "./resolve-windows.ts";
import { GetReportInput, type ComparedFigures, type Lines, type Report } from "./schemas.ts";
import type { Scope } from "./scope.ts";

/** One group of figures of the club: of a period, and of the one before it. @throws `not_found` for an unknown version of the rules */
export const getReport = async (ctx: ServiceContext, raw: z.input<typeof GetReportInput>): Promise<Report> => {
  assertCan(ctx, "report.read");
  const { group, period } = GetReportInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const windows = await resolveWindows(tx, ctx, period);
      const part = await readGroup(tx, ctx, { group, windows });
      return { ...NOTHING, period: windows.now, before: windows.before, days: windows.days, ...part };
    },
    { fixedNow: ctx.fixedNow },
  );
};

/** One group of figures, for whoever has asked for the permission and the windows. */
export const readGroup = (
  tx: Tx,
  ctx: ServiceContext,
  { group, windows }: { readonly group: MetricGroup; readonly windows: ClubWindows },
): Promise<Part> => READERS[group](tx, ctx, windows);

const NOTHING = { lines: {}, breakdowns: [], calibration: [] } as const;

type Part = Pick<Report, "figures"> & Partial<Pick<Report, "lines" | "breakdowns" | "calibration">>;
type Reader = (tx: Tx, ctx: ServiceContext, windows: ClubWindows) => Promise<Part>;
type Figures = Partial<Readonly<Record<MetricKey, Figure>>>;

const scopes = ({ clubId }: ServiceContext, { before, now, timeZone }: ClubWindows): readonly [Scope, Scope] => [
  { clubId, timeZone, window: now },
  { clubId, timeZone, window: before },
];

const compared = (now: Figures, before: Figures): ComparedFigures =>
  Object.fromEntries(
    (Object.entries(now) as [MetricKey, Figure][]).map(([key, figure]) => [key, { now: figure, before: before[key] ?? NO_FIGURE }]),
  );

/** In step with the days; a day on which nothing is known has no value. */
const linesOf = (days: readonly string[], ofDay: ReadonlyMap<string, Figures>, keys: readonly MetricKey[]): Lines =>
  Object.fromEntries(keys.map((key) => [key, days.map((day) => ofDay.get(day)?.[key]?.value ?? null)]));

const READERS: Readonly<Record<MetricGroup, Reader>> = {
  answering: async (tx, ctx, windows) => {
    const [now, before] = scopes(ctx, windows);
    const current = await readAnsweringDays(tx, now);
    return {
      figures: compared(current.figures, await readAnswering(tx, before)),
      lines: linesOf(windows.days, current.days, [
        "conversations",
        "coverage",
        "auto_share",
        "assisted",
        "handed_over",
        "staff_only",
        "no_answer",
        "hours_saved",
      ]),
      breakdowns: [{ title: "Why Spotter handed over", rows: await readHandoverReasons(tx, now) }],
    };
  },
  response: async (tx, ctx, windows) => {
    const [now, before] = scopes(ctx, windows);
    const current = await readResponse(tx, now);
    return {
      figures: compared(current.figures, (await readResponse(tx, before)).figures),
      lines: linesOf(windows.days, current.days, ["first_response_agent", "first_response_staff"]),
    };
  },
  settling: async (tx, ctx, windows) => {
    const [now, before] = scopes(ctx, windows);
    return { figures: compared(await readSettling(tx, now), await readSettling(tx, before)) };
  },
  quality: async (tx, ctx, windows) => {
    const [now, before] = scopes(ctx, windows);
    const current = await readQuality(tx, now);
    return {
      figures: compared(current.figures, (await readQuality(tx, before)).figures),
      breakdowns: [{ title: "Why drafts were held back", rows: current.heldReasons }],
      calibration: current.calibration,
    };
  },
  outreach: async (tx, ctx, windows) => {
    const [now, before] = scopes(ctx, windows);
    const earlier = { ...(await readOutreach(tx, before)), reminder_answers: await readReminderBase(tx, now) };
    return { figures: compared(await readOutreach(tx, now), earlier) };
  },
  machine: async (tx, ctx, windows) => {
    const [now, before] = scopes(ctx, windows);
    const current = await readMachine(tx, now);
    return {
      figures: compared(current.figures, (await readMachine(tx, before)).figures),
      lines: linesOf(windows.days, await readMachineDays(tx, now), ["cost", "tokens"]),
      breakdowns: [
        { title: "Vendor errors by kind", rows: current.vendorErrors },
        { title: "Model errors by kind", rows: current.modelErrors },
      ],
    };
  },
  standing: async (tx, ctx) => ({ figures: compared(await readStanding(tx, ctx.clubId), {}) }),
};
