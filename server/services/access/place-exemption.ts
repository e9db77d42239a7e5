import "server-only";

import { z } from "zod";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { liftOf } from "#server/services/access/lift-locks.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";
import { payersOf } from "#server/services/past-due/payers-of.ts";

export const PlaceExemptionInput = z.object({
  contactId: idSchema("contact"),
  reason: z.string().trim().min(3).max(300),
  /** Null = until somebody ends it. */
  until: z.date().nullable(),
});

/**
 * Excepts somebody from reminders, invoices, locks and referrals, and lets them in again where we have locked them out. A newer
 * exception takes the place of the one before. @throws `not_found`, `precondition_failed` for an end that has passed
 */
export const placeExemption = async (
  ctx: ServiceContext,
  raw: z.input<typeof PlaceExemptionInput>,
): Promise<{ readonly holdId: Id<"billingHold"> }> => {
  assertCan(ctx, "access.decide");
  const { contactId, reason, until } = PlaceExemptionInput.parse(raw);
  const { effectIds, holdId } = await inTransaction(ctx, async (tx) => {
    const userId = staffUserId(ctx);
    if (userId === null) {
      throw new DomainError("forbidden", "only a person may do this");
    }
    if (until !== null && until <= tx.now) {
      throw new DomainError("precondition_failed", "the exception would have ended already");
    }
    if ((await tx.db.contact.count({ where: { id: contactId, clubId: ctx.clubId, archivedAt: null } })) === 0) {
      throw notFound("contact");
    }
    const payers = [...new Set([contactId, ...(await payersOf(tx, ctx, [contactId]))])];
    await lockDebts(tx, ctx, payers);
    await tx.db.billingHold.updateMany({
      where: { clubId: ctx.clubId, contactId, kind: "exemption", releasedAt: null },
      data: { releasedAt: tx.now, releasedBy: userId, releaseReason: "replaced", updatedAt: tx.now },
    });
    const id = newId("billingHold");
    await tx.db.billingHold.createMany({
      data: {
        id,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        contactId,
        kind: "exemption",
        reason,
        since: tx.now,
        until,
        placedBy: userId,
        createdAt: tx.now,
        updatedAt: tx.now,
      },
    });
    await recordAudit(tx, ctx, { action: "exemption.placed", entityId: contactId, details: { reason } });
    tx.news.changes.push({ topic: "club" });
    const lifted: Id<"effect">[] = [];
    for (const payer of payers) {
      lifted.push(...(await liftOf(tx, ctx, payer)));
    }
    return { holdId: id, effectIds: lifted };
  });
  for (const effectId of effectIds) {
    await dispatchEffect(ctx, { effectId });
  }
  return { holdId };
};
