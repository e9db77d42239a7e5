import "server-only";

import { actorId } from "#server/domain/actor.ts";
import type { Id } from "#server/domain/ids.ts";
import { formatMoney } from "#server/domain/money.ts";
import { paidClaimThanksText } from "#server/domain/past-due/promise-words.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { loadDebts } from "#server/services/past-due/load-facts.ts";
import { payersOf } from "#server/services/past-due/payers-of.ts";
import { tellPayer } from "#server/services/past-due/tell-payer.ts";

const HOUR_MS = 3_600_000;
/** Chosen by us: somebody looks within a working day. */
const TASK_HOURS = 24;

/**
 * Looks for what was said to be paid: found in the books it is thanked for, and not found after the days it was believed for, a person
 * is given the task. Either way the hold ends.
 */
export const settleClaims = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { contactId }: { readonly contactId: string | null },
): Promise<readonly Id<"effect">[]> => {
  const claims = await tx.db.billingHold.findMany({
    where: { clubId: ctx.clubId, kind: "paid_claim", releasedAt: null, ...(contactId === null ? {} : { contactId }) },
    orderBy: { id: "asc" },
    select: { id: true, contactId: true, since: true, messageId: true },
  });
  const payerOf = new Map<string, string>();
  for (const claim of claims) {
    payerOf.set(claim.contactId, (await payersOf(tx, ctx, [claim.contactId]))[0] ?? claim.contactId);
  }
  const { club, debts } = await loadDebts(tx, ctx, { payerIds: [...new Set(payerOf.values())] });
  const effectIds: Id<"effect">[] = [];
  for (const claim of claims) {
    const debt = debts.get(payerOf.get(claim.contactId) ?? "");
    const isRead = debt?.facts.balanceReadAt != null && debt.facts.balanceReadAt > claim.since;
    if (debt !== undefined && isRead && debt.facts.dueMinor <= 0n) {
      await release(tx, ctx, { holdId: claim.id, reason: "it was found in the books" });
      const { name } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true } });
      const text = paidClaimThanksText({ firstName: debt.payer.firstName, clubName: name });
      const effectId = await tellPayer(tx, ctx, {
        contactId: claim.contactId,
        effectKey: `paid-thanks:${claim.id}`,
        purpose: "service",
        text,
      });
      effectIds.push(...(effectId === null ? [] : [effectId]));
    } else if (tx.now.getTime() - claim.since.getTime() >= club.settings.paidClaimHours * HOUR_MS) {
      await release(tx, ctx, { holdId: claim.id, reason: "it was not found in time; a person was asked" });
      const owed = debt === undefined ? "something" : formatMoney(`${debt.facts.dueMinor}`, debt.facts.currency);
      await giveTask(tx, ctx, { ...claim, owed });
    }
  }
  return effectIds;
};

const release = async (tx: ServiceTx, ctx: ServiceContext, { holdId, reason }: { readonly holdId: string; readonly reason: string }) => {
  await tx.db.billingHold.updateMany({
    where: { id: holdId, clubId: ctx.clubId, releasedAt: null },
    data: { releasedAt: tx.now, releasedBy: actorId(ctx.actor), releaseReason: reason, updatedAt: tx.now },
  });
  await recordAudit(tx, ctx, { action: "hold.released", entityId: holdId, details: { kind: "paid_claim" } });
};

type Task = { readonly contactId: string; readonly messageId: string | null; readonly owed: string };

const giveTask = async (tx: ServiceTx, ctx: ServiceContext, { contactId, messageId, owed }: Task): Promise<void> => {
  const said =
    messageId === null
      ? null
      : await tx.db.message.findFirst({ where: { id: messageId, clubId: ctx.clubId }, select: { conversationId: true } });
  const id = newId("ticket");
  await tx.db.ticket.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      contactId,
      conversationId: said?.conversationId ?? null,
      title: "Says it is paid, but the balance does not show it",
      detail: `The club's system still shows ${owed} owed.`,
      dueAt: new Date(tx.now.getTime() + TASK_HOURS * HOUR_MS),
      status: "open",
      createdAt: tx.now,
    },
  });
  await recordAudit(tx, ctx, { action: "ticket.opened", entityId: id });
  tx.news.changes.push({ topic: "club" });
};
