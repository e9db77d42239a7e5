import "server-only";

import { actorId } from "#server/domain/actor.ts";
import type { Id } from "#server/domain/ids.ts";
import { HOLD_WORDS } from "#server/domain/past-due/reasons.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";
import { payersOf } from "#server/services/past-due/payers-of.ts";

/** The holds that are written down; the others follow from what is read. */
export const KEPT_HOLD_KINDS = ["plan", "hardship", "dispute", "paid_claim", "exemption"] as const;
export type KeptHoldKind = (typeof KEPT_HOLD_KINDS)[number];

type Hold = {
  readonly contactId: string;
  readonly kind: KeptHoldKind;
  readonly reason: string;
  readonly until: Date | null;
  /** The message in which it was said: each is heard once. */
  readonly messageId?: string;
};

/**
 * Puts a hold on a contact's debts from now on. One of its kind that still holds takes the new reason and end, unless it was only
 * said once more; null = nothing changed.
 */
export const keepHold = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { contactId, kind, messageId, reason, until }: Hold,
): Promise<Id<"billingHold"> | null> => {
  await lockDebts(tx, ctx, [contactId, ...(await payersOf(tx, ctx, [contactId]))]);
  if (messageId !== undefined && (await tx.db.billingHold.count({ where: { clubId: ctx.clubId, messageId, kind } })) > 0) {
    return null;
  }
  const open = await tx.db.billingHold.findFirst({
    where: { clubId: ctx.clubId, contactId, kind, releasedAt: null },
    select: { id: true, until: true },
  });
  const holdsStill = open !== null && (open.until === null || open.until > tx.now);
  if (holdsStill && messageId !== undefined) {
    return null;
  }
  const by = actorId(ctx.actor);
  if (open !== null) {
    await tx.db.billingHold.updateMany({
      where: { id: open.id, clubId: ctx.clubId, releasedAt: null },
      data: { releasedAt: tx.now, releasedBy: by, releaseReason: "a newer one took its place", updatedAt: tx.now },
    });
  }
  const id = newId("billingHold");
  await tx.db.billingHold.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      contactId,
      kind,
      reason,
      since: tx.now,
      until,
      messageId: messageId ?? null,
      placedBy: by,
      createdAt: tx.now,
      updatedAt: tx.now,
    },
  });
  await recordAudit(tx, ctx, { action: "hold.placed", entityId: id, details: { kind, contactId } });
  tx.news.actions.push({
    kind: "debt.held",
    risk: "reversible",
    outcome: "done",
    summary: `Nothing is sent about a debt: ${HOLD_WORDS[kind]}.`,
    messageId: messageId ?? null,
    inputs: { holdId: id, contactId, kind },
  });
  tx.news.changes.push({ topic: "club" });
  return id;
};
