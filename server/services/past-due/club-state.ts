import "server-only";

import { todayIn } from "#server/domain/calendar-date.ts";
import { nextAnswer } from "#server/domain/next-answer.ts";
import { DEFAULT_PAST_DUE_SETTINGS, PastDueSettings } from "#server/domain/past-due/settings.ts";
import type { Schedule } from "#server/domain/workflows/schedule.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { specialDaysFrom } from "#server/services/knowledge/known-today.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

/** What is the same for everybody who owes in a club at one moment. */
export type ClubState = {
  readonly today: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly settings: PastDueSettings;
  readonly isInvoiceDay: boolean;
  readonly isDoorWorkflowOn: boolean;
  readonly isStaffedNow: boolean;
};

export const clubState = async (tx: ServiceTx, ctx: ServiceContext): Promise<ClubState> => {
  const { currency, timeZone } = await tx.db.club.findFirstOrThrow({
    where: { id: ctx.clubId },
    select: { timeZone: true, currency: true },
  });
  const today = todayIn(timeZone, tx.now);
  const workflows = await tx.db.workflow.findMany({
    where: { clubId: ctx.clubId, kind: { in: ["past_due", "invoices", "door_access"] }, archivedAt: null },
    select: { kind: true, isOn: true, isPaused: true, isDryRun: true, schedule: true, settings: true },
  });
  const of = (kind: string) => workflows.find((workflow) => workflow.kind === kind);
  const isLive = (kind: string): boolean => {
    const workflow = of(kind);
    return workflow !== undefined && workflow.isOn && !workflow.isDryRun && !workflow.isPaused;
  };
  const invoices = of("invoices")?.schedule as Schedule | undefined;
  return {
    today,
    timeZone,
    currency,
    settings: PastDueSettings.parse({ ...DEFAULT_PAST_DUE_SETTINGS, ...Object(of("past_due")?.settings) }),
    isInvoiceDay: isLive("invoices") && invoices?.kind === "monthly" && Number(today.slice(8)) === invoices.day,
    isDoorWorkflowOn: isLive("door_access"),
    isStaffedNow: await isStaffed(tx, ctx, { timeZone, today }),
  };
};

/** Where nobody has told the hours, nobody is at the desk. */
const isStaffed = async (tx: ServiceTx, ctx: ServiceContext, { timeZone, today }: Pick<ClubState, "timeZone" | "today">) => {
  const { policy } = await resolvedPolicy(tx, ctx);
  const specialDays = await specialDaysFrom(tx, ctx, today);
  return nextAnswer({ now: tx.now, timeZone, staffed: policy.hours.staffed, specialDays }).kind === "within";
};
