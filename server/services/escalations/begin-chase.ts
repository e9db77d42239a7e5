import "server-only";

import { CALL_REASONS, type CallReason } from "#server/domain/call-reasons.ts";
import { addDays, todayIn } from "#server/domain/calendar-date.ts";
import { ruleFor, type EscalationStep } from "#server/domain/escalation-rules.ts";
import type { Id } from "#server/domain/ids.ts";
import { staffedStretches } from "#server/domain/staffed-stretches.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { currentRules } from "#server/services/escalations/current-rules.ts";
import { isTaken } from "#server/services/escalations/is-taken.ts";
import { settleStuckChase } from "#server/services/escalations/stuck-chase.ts";
import { specialDaysFrom } from "#server/services/knowledge/known-today.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

export type Call = {
  readonly chaseId: Id<"escalationChase">;
  readonly conversationId: Id<"conversation">;
  readonly reason: string;
  readonly calledAt: Date;
};

/** When each step is due, as the engine keeps it; none where no rule fits, or somebody has it already. */
export type Begun = { readonly stepsAt: readonly string[] };

const MINUTE_MS = 60_000;

/** Finds the rule for a call and writes down whom it will reach, once a call. Harmless to repeat. */
export const beginChase = async (ctx: ServiceContext, call: Call): Promise<Begun> => {
  assertCan(ctx, "alert.raise");
  return inTransaction(ctx, async (tx) => {
    const where = { id: call.chaseId, clubId: ctx.clubId };
    const known = await tx.db.escalationChase.findFirst({ where, select: { steps: true } });
    if (known !== null) {
      return { stepsAt: timesOf(stepsOf(known.steps), call.calledAt) };
    }
    await settleStuckChase(tx, ctx, call.conversationId);
    const { rules, version } = await currentRules(tx, ctx);
    const reason = CALL_REASONS.find((one) => one === call.reason) ?? ("unsure" satisfies CallReason);
    const rule = ruleFor(rules, { reason, isStaffed: await isStaffedAt(tx, ctx, call.calledAt) });
    if (rule === null || (await isTaken(tx, ctx, call))) {
      return { stepsAt: [] };
    }
    const { chaseId, ...rest } = call;
    await tx.db.escalationChase.createMany({
      data: {
        ...rest,
        id: chaseId,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        reason,
        version,
        steps: rule.steps,
        status: "open",
        nextStepAt: nextStepAt({ steps: rule.steps, doneCount: 0, calledAt: call.calledAt }),
      },
      skipDuplicates: true,
    });
    await recordAudit(tx, ctx, {
      action: "escalation.begun",
      entityId: chaseId,
      details: { reason, version, stepCount: rule.steps.length },
    });
    return { stepsAt: timesOf(rule.steps, call.calledAt) };
  });
};

/** A copy of checked rules that this module wrote. */
export const stepsOf = (stored: unknown): readonly EscalationStep[] => stored as readonly EscalationStep[];

type Progress = { readonly steps: readonly EscalationStep[]; readonly doneCount: number; readonly calledAt: Date };

/** When the next step is due; after the last one its own time, because the end follows it at once. */
export const nextStepAt = ({ calledAt, doneCount, steps }: Progress): Date =>
  dueAt(calledAt, steps[Math.min(doneCount, steps.length - 1)]?.afterMinutes ?? 0);

const dueAt = (calledAt: Date, afterMinutes: number): Date => new Date(calledAt.getTime() + afterMinutes * MINUTE_MS);

const timesOf = (steps: readonly EscalationStep[], from: Date): readonly string[] =>
  steps.map(({ afterMinutes }) => dueAt(from, afterMinutes).toISOString());

/** Null where nobody told the hours of that day. */
const isStaffedAt = async (tx: ServiceTx, ctx: ServiceContext, at: Date): Promise<boolean | null> => {
  const { policy } = await resolvedPolicy(tx, ctx);
  const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
  const today = todayIn(timeZone, at);
  const yesterday = addDays(today, -1);
  const hours = { timeZone, staffed: policy.hours.staffed, specialDays: await specialDaysFrom(tx, ctx, yesterday) };
  const isIn = ({ end, start }: { readonly start: Date; readonly end: Date }) => start <= at && at < end;
  // A night that two days share is one stretch, so the look begins a day early.
  if (staffedStretches(hours, { fromDate: yesterday, dayCount: 2 }).some(isIn)) {
    return true;
  }
  const day = hours.specialDays.find(({ onDate }) => onDate === today);
  return hours.staffed === null || day?.status === "asked" ? null : false;
};
