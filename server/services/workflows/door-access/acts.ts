import "server-only";

import { dayText } from "#server/domain/calendar-date.ts";
import { shareLocks } from "#server/domain/past-due/locks.ts";
import { newId } from "#server/platform/ids.ts";
import { askedLocks, askLocks, lockedToday } from "#server/services/access/ask-locks.ts";
import { lockSettings } from "#server/services/access/lock-settings.ts";
import { lookAtLock, planLock, reasonOf } from "#server/services/access/plan-lock.ts";
import { openLocks, planUnlock, unlockReasonOf } from "#server/services/access/plan-unlock.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { clubState } from "#server/services/past-due/club-state.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";
import { trackEpisodes } from "#server/services/past-due/track-episodes.ts";
import type { Act, Acted, Acting } from "#server/services/workflows/define.ts";
import { sendMessage } from "#server/services/workflows/send-message.ts";

const ended = (outcome: "skipped" | "suppressed" | "failed", reason: string): Acted => ({ kind: "ended", outcome, reason });

/** The text that names the day. What it is about may have changed since it was planned, and so may the day. */
export const warn: Act = async (tx, ctx, acting) => {
  const { contactId, fields } = acting.outcome;
  await trackEpisodes(tx, ctx, { payerIds: [contactId] });
  const looked = await lookAtLock(tx, ctx, { contactId });
  if (looked === null || looked.decision.kind !== "warn" || dayText(looked.decision.namesOn) !== fields.lock_date) {
    return ended("skipped", looked === null ? "nothing_due" : reasonOf(looked.decision));
  }
  const { debt, decision, facts } = looked;
  const acted = await sendMessage(tx, ctx, acting);
  if (acted.kind === "effect") {
    await tx.db.lockWarning.createMany({
      data: {
        id: newId("lockWarning"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        contactId,
        memberId: debt.payer.memberId,
        episodeOn: facts.episodeOn ?? "",
        namesOn: decision.namesOn,
        effectId: acted.effectId,
        createdAt: tx.now,
      },
      skipDuplicates: true,
    });
  }
  return acted;
};

/** Our locks of a payer's people that must go now; the ledger has one unlock for each of them, however often it is asked for. */
export const unlockDoor: Act = async (tx, ctx, { outcome: { contactId } }) => {
  await lockDebts(tx, ctx, [contactId]);
  for (const lock of await openLocks(tx, ctx, contactId)) {
    const reason = await unlockReasonOf(tx, ctx, { contactId, lock });
    const effectId = reason === null ? null : await planUnlock(tx, ctx, { lock, reason });
    if (effectId !== null) {
      return { kind: "effect", effectId };
    }
  }
  return ended("skipped", "already_open");
};

/** Locks by itself where the owner has said so and the day's cap has room for it, else all of a run wait as one question. */
export const lockDoor: Act = async (tx, ctx, acting) => {
  const { effectKey, outcome, run } = acting;
  const asked = await askedLocks(tx, ctx, { run, outcomeId: outcome.id });
  if (asked?.isListed === true) {
    return { kind: "effect", effectId: asked.effectId, needsApproval: true };
  }
  const { door } = await lockSettings(tx, ctx, await clubState(tx, ctx));
  const waiting = await waitingLocks(tx, ctx, acting);
  if (door.isAutoLockOn) {
    // One after the other: two that count the day's locks at once would both find room.
    await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${ctx.clubId}|locks-of-the-day`}, 5))`;
    const shared = shareLocks(waiting, { door, lockedToday: await lockedToday(tx, ctx, run.club.timeZone) });
    if (shared.lock.some(({ key }) => key === outcome.id)) {
      const plan = await planLock(tx, ctx, { contactId: outcome.contactId, effectKey });
      return plan.kind === "planned" ? { kind: "effect", effectId: plan.effectId } : ended("suppressed", plan.reason);
    }
    return ask(tx, ctx, { acting, candidates: shared.ask });
  }
  return ask(tx, ctx, { acting, candidates: waiting });
};

type Waiting = { readonly key: string; readonly contactId: string; readonly dueMinor: bigint; readonly daysPastDue: number };

/** The locks of this run that nobody has acted on. */
const waitingLocks = async (tx: ServiceTx, ctx: ServiceContext, { run }: Acting): Promise<readonly Waiting[]> => {
  const rows = await tx.db.workflowOutcome.findMany({
    where: { clubId: ctx.clubId, workflowRunId: run.id, action: "lock", outcome: "planned", effectId: null },
    select: { id: true, contactId: true, amountMinor: true, fields: true },
  });
  return rows.map(({ amountMinor, contactId, fields, id }) => ({
    key: id,
    contactId,
    dueMinor: amountMinor ?? 0n,
    daysPastDue: Number(Object(fields).due_since ?? 0),
  }));
};

type Asking = { readonly acting: Acting; readonly candidates: readonly Waiting[] };

const ask = async (tx: ServiceTx, ctx: ServiceContext, { acting: { outcome, run }, candidates }: Asking): Promise<Acted> => {
  // Two that find no question yet must not put two.
  await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${run.id}|locks`}, 5))`;
  const other = await askedLocks(tx, ctx, { run, outcomeId: outcome.id });
  const effectId =
    other?.effectId ??
    (await askLocks(tx, ctx, { run, candidates: candidates.map(({ contactId, key }) => ({ contactId, outcomeId: key })) }));
  if (effectId === null) {
    return ended("failed", "connection_missing");
  }
  const listed = other ?? (await askedLocks(tx, ctx, { run, outcomeId: outcome.id }));
  return listed?.isListed === true ? { kind: "effect", effectId, needsApproval: true } : ended("skipped", "asked_already");
};
