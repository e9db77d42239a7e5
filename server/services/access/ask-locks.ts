import "server-only";

import { daysBetween, todayIn } from "#server/domain/calendar-date.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { formatMoney } from "#server/domain/money.ts";
import { connectionsWith } from "#server/services/connections/with-capability.ts";
import { noteLock } from "#server/services/access/plan-lock.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { LockListArguments } from "#server/services/effects/effect-arguments.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { loadDebts } from "#server/services/past-due/load-facts.ts";
import type { RunFacts } from "#server/services/workflows/define.ts";

/** A question about doors is asked anew by the next run after that: the facts are too old. */
const ASKED_HOURS = 24;
const NAMES_IN_SUMMARY = 12;

type Candidate = { readonly outcomeId: string; readonly contactId: string };
type Asked = { readonly run: RunFacts; readonly candidates: readonly Candidate[] };

const keyOf = (run: RunFacts): string => `locks:${run.id}`;

/** The question about the locks of a run, if it was put already, and whether this outcome is in it. */
export const askedLocks = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { outcomeId, run }: { readonly run: RunFacts; readonly outcomeId: string },
): Promise<{ readonly effectId: Id<"effect">; readonly isListed: boolean } | null> => {
  const effect = await tx.db.effect.findFirst({
    where: { clubId: ctx.clubId, effectKey: keyOf(run) },
    select: { id: true, arguments: true },
  });
  return effect === null
    ? null
    : {
        effectId: asId("effect", effect.id),
        isListed: LockListArguments.parse(effect.arguments).cases.some((one) => one.outcomeId === outcomeId),
      };
};

/** Puts all locks of a run before a manager as one question. Null when no connection of the club can lock a door. */
export const askLocks = async (tx: ServiceTx, ctx: ServiceContext, { candidates, run }: Asked): Promise<Id<"effect"> | null> => {
  const [connectionId] = await connectionsWith(tx, ctx, "access.state");
  if (connectionId === undefined) {
    return null;
  }
  const { club, debts } = await loadDebts(tx, ctx, { payerIds: candidates.map(({ contactId }) => contactId) });
  const found = candidates.flatMap(({ contactId, outcomeId }) => {
    const debt = debts.get(contactId);
    return debt === undefined || debt.facts.dueMinor <= 0n ? [] : [{ debt, outcomeId }];
  });
  const total = found.reduce((sum, { debt }) => sum + debt.facts.dueMinor, 0n);
  if (found.length === 0) {
    return null;
  }
  const nameOf = ({ payer }: (typeof found)[number]["debt"]): string => `${payer.firstName} ${payer.lastName}`.trim() || "A member";
  const longest = Math.max(...found.map(({ debt }) => debt.facts.daysPastDue));
  const names = found
    .slice(0, NAMES_IN_SUMMARY)
    .map(({ debt }) => `${nameOf(debt)} ${formatMoney(`${debt.facts.dueMinor}`, club.currency)}`);
  const others = found.length - names.length;
  const effectId = await planEffect(tx, ctx, {
    effectKey: keyOf(run),
    kind: "lock.list",
    plannedBy: "workflow",
    needsApproval: {
      requiredRole: "manager",
      summary: `Lock the door for ${found.length} ${found.length === 1 ? "member" : "members"} who ${found.length === 1 ? "owes" : "owe"} ${formatMoney(`${total}`, club.currency)}, the longest for ${longest} days: ${names.join(", ")}${others > 0 ? ` and ${others} others` : ""}`,
      expiresAt: new Date(tx.now.getTime() + ASKED_HOURS * 3_600_000),
    },
    connectionId,
    // Each debt is looked at once more when its lock is planned, and when it goes out: the question itself rests on none of them.
    purpose: "service",
    arguments: {
      currency: club.currency,
      totalMinor: `${total}`,
      cases: found.map(({ debt, outcomeId }) => ({
        memberId: debt.payer.memberId,
        contactId: debt.contactId,
        outcomeId,
        name: nameOf(debt),
        amountMinor: `${debt.facts.dueMinor}`,
      })),
    },
  });
  for (const { debt } of found) {
    await noteLock(tx, ctx, { row: { debt, facts: debt.facts, boundMinor: 1n, effectId }, status: "asked" });
  }
  return effectId;
};

/** Locks of this day of the club that were planned and not taken back: what the cap counts. */
export const lockedToday = async (tx: ServiceTx, ctx: ServiceContext, timeZone: string): Promise<number> => {
  const since = new Date(tx.now.getTime() - 48 * 3_600_000);
  const rows = await tx.db.effect.findMany({
    where: {
      clubId: ctx.clubId,
      kind: "access.set",
      purpose: "billing",
      createdAt: { gte: since },
      status: { not: "dropped" },
      arguments: { path: ["state"], equals: "suspended" },
    },
    select: { createdAt: true },
  });
  const today = todayIn(timeZone, tx.now);
  return rows.filter(({ createdAt }) => daysBetween(todayIn(timeZone, createdAt), today) === 0).length;
};
