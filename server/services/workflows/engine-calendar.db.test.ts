import { describe, expect, test } from "vitest";

import type { WorkflowKind } from "#server/domain/workflows/kinds.ts";
import { inTransaction } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { raceCount, reportRaces, seeded } from "#server/testing/races.ts";
import { makeLine } from "#server/testing/scripted-line.ts";
import { drive } from "#server/testing/workflow-runs.ts";

import { ensureWorkflows } from "./ensure-workflows.ts";
import { startDueRun } from "./start-due-runs.ts";

useDatabase();

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ZONE = "America/Denver";
/** So long after a slot the tick of its minute may come. */
const LATE_MS = 59_000;

const WALL = new Intl.DateTimeFormat("sv-SE", {
  timeZone: ZONE,
  weekday: "short",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
});

type Wall = { readonly date: string; readonly weekday: string; readonly minute: number };

/** What a clock on the club's wall shows. */
const wallAt = (atMs: number): Wall => {
  const part = Object.fromEntries(WALL.formatToParts(atMs).map(({ type, value }) => [type, value]));
  return {
    date: `${part["year"]}-${part["month"]}-${part["day"]}`,
    weekday: `${part["weekday"]}`,
    minute: Number(part["hour"]) * 60 + Number(part["minute"]),
  };
};

/** A Monday on which a referral is due; every second one from there on, in both directions. */
const REFERRAL_MONDAY_MS = Date.parse("2026-11-23T00:00:00Z");
const isReferralDay = ({ date, weekday }: Wall): boolean =>
  // Swedish short weekday.
  weekday.startsWith("mån") && Math.abs((Date.parse(`${date}T00:00:00Z`) - REFERRAL_MONDAY_MS) / DAY_MS) % 14 === 0;

type Rule = { readonly isOn: (wall: Wall) => boolean; readonly minute: number } | { readonly minuteOfHour: number };

/** The agreed times, and one in the hour that the clocks skip and repeat. */
const RULES = {
  daily_campaigns: { isOn: () => true, minute: 6 * 60 },
  past_due: { minuteOfHour: 0 },
  escalation: { isOn: () => true, minute: 8 * 60 },
  referral: { isOn: isReferralDay, minute: 9 * 60 },
  invoices: { isOn: ({ date }) => date.endsWith("-01"), minute: 7 * 60 },
  door_access: { minuteOfHour: 30 },
  proactive: { isOn: () => true, minute: 2 * 60 + 30 },
} as const satisfies Partial<Record<WorkflowKind, Rule>>;
type Kind = keyof typeof RULES;
const KINDS = Object.keys(RULES) as readonly Kind[];

type Stretch = { readonly fromMs: number; readonly untilMs: number };

/**
 * The instants of a rule, found without any calendar: minute by minute, with an eye on the wall. Of a day's time that is skipped the first
 * minute after it counts, of one that comes twice the first.
 */
const instantsOf = (rule: Rule, { fromMs, untilMs }: Stretch): readonly number[] => {
  const found: number[] = [];
  let doneOn = "";
  for (let atMs = fromMs; atMs < untilMs; atMs += MINUTE_MS) {
    const wall = wallAt(atMs);
    if ("minuteOfHour" in rule) {
      if (wall.minute % 60 === rule.minuteOfHour) {
        found.push(atMs);
      }
    } else if (wall.minute >= rule.minute && doneOn !== wall.date) {
      doneOn = wall.date;
      if (rule.isOn(wall)) {
        found.push(atMs);
      }
    }
  }
  return found;
};

/** One club with all its work switched on, and a clock that is set from one moment to the next. */
const runThrough = async (stretch: Stretch): Promise<Readonly<Record<Kind, readonly number[]>>> => {
  const { system } = await makeLine({ timeZone: ZONE });
  await inTransaction({ ...system, fixedNow: new Date(stretch.fromMs) }, (tx) => ensureWorkflows(tx, system));
  const { owner } = database();
  const clubId = system.clubId;
  await owner.workflow.updateMany({ where: { clubId, kind: "proactive" }, data: { schedule: { kind: "daily", minuteOfDay: 150 } } });
  // Switched on in the minute before: what lies further back was nobody's.
  await owner.workflow.updateMany({ where: { clubId }, data: { isOn: true, lastSlotAt: new Date(stretch.fromMs - 1) } });
  const workflows = await owner.workflow.findMany({ where: { clubId, kind: { in: [...KINDS] } }, select: { id: true, kind: true } });
  const due = new Set(KINDS.flatMap((kind) => instantsOf(RULES[kind], stretch)));
  // The tick of each minute in which something is due, as late as it comes, and the ones right before and some time after.
  const ticks = [...due].flatMap((atMs) => [atMs - MINUTE_MS + LATE_MS, atMs + LATE_MS, atMs + 7 * MINUTE_MS]).toSorted((a, b) => a - b);
  const begun: Record<string, number[]> = Object.fromEntries(KINDS.map((kind) => [kind, []]));
  for (const tickMs of ticks) {
    const ctx = { ...system, fixedNow: new Date(tickMs) };
    for (const { id, kind } of workflows) {
      const { runId } = await startDueRun(ctx, { workflowId: id });
      if (runId !== null) {
        begun[kind]?.push(tickMs - LATE_MS);
        await drive(ctx, runId);
      }
    }
  }
  const open = await owner.workflowRun.count({ where: { clubId, status: { not: "completed" } } });
  expect(open).toBe(0);
  return begun as Record<Kind, readonly number[]>;
};

const days = (first: string, count: number): Stretch => {
  // Denver's midnight, found on its wall.
  let fromMs = Date.parse(`${first}T00:00:00Z`);
  while (wallAt(fromMs).date !== first || wallAt(fromMs).minute !== 0) {
    fromMs += 30 * MINUTE_MS;
  }
  return { fromMs, untilMs: fromMs + count * DAY_MS };
};

const random = seeded(20_261_121);
const ALL: readonly (readonly [string, Stretch])[] = [
  ["the day that has 23 hours", days("2026-03-08", 1)],
  ["the day that has 25 hours", days("2026-11-01", 1)],
  ["the end of February in a leap year", days("2028-02-29", 2)],
  ["the last day of a year", days("2026-12-31", 2)],
  ...Array.from({ length: 10 }, (_, index) => {
    const last = new Date(Date.UTC(2026, index + 1, 0)).toISOString().slice(0, 10);
    return [`the end of month ${index + 1}`, days(last, 2)] as const;
  }),
  ...Array.from({ length: 4 }, () => {
    const first = new Date(Date.UTC(2026, 0, 1 + Math.floor(random() * 700))).toISOString().slice(0, 10);
    return [`the week from ${first}`, days(first, 7)] as const;
  }),
];
const STRETCHES = ALL.slice(0, raceCount({ few: 2, full: ALL.length }));
/** A week is some thousand looks at the clock. */
const WEEK_TIMEOUT_MS = 600_000;

describe("through the engine, under a clock that is set", () => {
  test.each(STRETCHES)(
    "%s begins each run in its minute, once, and nothing else",
    async (name, stretch) => {
      const expected = Object.fromEntries(KINDS.map((kind) => [kind, instantsOf(RULES[kind], stretch)]));
      const begun = await runThrough(stretch);
      const countOf = (runs: Readonly<Record<string, readonly number[]>>): number => Object.values(runs).flat().length;
      const violations = KINDS.filter((kind) => JSON.stringify(begun[kind]) !== JSON.stringify(expected[kind])).length;
      reportRaces({ suite: "calendar", name, races: KINDS.length, allowed: countOf(expected), accepted: countOf(begun), violations });
      expect(begun).toEqual(expected);
    },
    WEEK_TIMEOUT_MS,
  );
});
