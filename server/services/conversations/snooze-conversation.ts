import "server-only";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { MAX_SNOOZE_DAYS } from "#server/domain/snooze.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { endChases } from "#server/services/escalations/end-chases.ts";
import { addEvent } from "#server/services/messages/add-event.ts";

import { SnoozeInput } from "./schemas.ts";

const DAY_MS = 86_400_000;

/**
 * Puts a conversation off: it leaves every list but its own until its time has come or the contact writes again. Who handles
 * it and what waits in it stay as they are, but nobody is told
 * of it meanwhile. Doing it again changes the time.
 * @throws `not_found` also when it is resolved, `invalid` for a time that is past or too far away
 */
export const snoozeConversation = async (ctx: ServiceContext, raw: SnoozeInput): Promise<void> => {
  assertCan(ctx, "conversation.snooze");
  const { conversationId, until } = SnoozeInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    if (until <= tx.now || until.getTime() > tx.now.getTime() + MAX_SNOOZE_DAYS * DAY_MS) {
      throw new DomainError("invalid", `choose a time from now on and within ${MAX_SNOOZE_DAYS} days`);
    }
    const { count } = await tx.db.conversation.updateMany({
      where: { id: conversationId, clubId: ctx.clubId, status: { in: ["open", "snoozed"] } },
      data: { status: "snoozed", snoozedUntil: until, unreadCount: 0, updatedAt: tx.now },
    });
    if (count === 0) {
      throw notFound("open conversation");
    }
    await endChases(tx, ctx, conversationId);
    await addEvent(tx, ctx, { conversationId, code: "snoozed", detail: until.toISOString() });
    await recordAudit(tx, ctx, { action: "conversation.snoozed", entityId: conversationId, details: { until: until.toISOString() } });
  });
};
