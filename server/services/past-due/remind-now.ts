import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { asId, idSchema } from "#server/domain/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { reminderDeed } from "#server/services/collections/reminder-deed.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";
import { dispatchEffect, type DispatchResult } from "#server/services/effects/dispatch-effect.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";

export const RemindNowInput = z.object({ contactId: idSchema("contact") });

/**
 * A person has the reminder that is next on the ladder sent at once. What may be sent at all is still asked at the last gate, so that
 * one pressed at night waits for its hour. @throws `not_found`, `precondition_failed` with the ladder's reason where none is due
 */
export const remindNow = async (ctx: ServiceContext, raw: z.input<typeof RemindNowInput>): Promise<DispatchResult> => {
  assertCan(ctx, "debt.note");
  const { contactId } = RemindNowInput.parse(raw);
  const userId = staffUserId(ctx);
  if (userId === null) {
    throw new DomainError("forbidden", "only a person may do this");
  }
  const effectId = await inTransaction(ctx, async (tx) => {
    const { plan } = await reminderDeed(tx, ctx, { contactId });
    const planned = await planEffect(tx, ctx, {
      ...plan,
      effectKey: `remind-now:${contactId}:${ctx.requestId}:${tx.now.getTime()}`,
      plannedBy: "staff",
      plannedByUserId: asId("user", userId),
      needsApproval: null,
    });
    await recordAudit(tx, ctx, { action: "debt.reminded", entityId: contactId, details: { effectId: planned } });
    tx.news.changes.push({ topic: "club" });
    return planned;
  });
  return dispatchEffect(ctx, { effectId });
};
