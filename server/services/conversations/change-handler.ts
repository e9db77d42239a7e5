import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { EventCode, Handler, HandoverCause } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { dropPlans } from "#server/services/effects/drop-plans.ts";
import { addEvent } from "#server/services/messages/add-event.ts";
import { settleNotifications } from "#server/services/notifications/tell-people.ts";

type Change = {
  readonly conversationId: Id<"conversation">;
  readonly to: Handler;
  readonly cause: HandoverCause;
  readonly userId: Id<"user"> | null;
  readonly handBackAt: Date | null;
};

const EVENT: Partial<Record<HandoverCause, EventCode>> = {
  taken_over: "taken_over",
  replied_elsewhere: "replied_elsewhere",
  handed_back: "handed_back",
  timer: "handed_back",
};

/**
 * Ends one stretch of a conversation and begins the next, with its cause. A person who takes it drops whatever the
 * agent had planned. Returns whether the handler changed; a longer hand-back time of the same handler is only noted.
 */
export const changeHandler = async (tx: ServiceTx, ctx: ServiceContext, change: Change): Promise<boolean> => {
  const where = { id: change.conversationId, clubId: ctx.clubId };
  const { count } = await tx.db.conversation.updateMany({
    where: { ...where, handledBy: { not: change.to } },
    data: { handledBy: change.to, ownerUserId: change.userId, handBackAt: change.handBackAt, needsYou: "none", updatedAt: tx.now },
  });
  tx.news.changes.push({ topic: "conversation", conversationId: change.conversationId });
  await settleNotifications(tx, ctx, { subjectIds: [change.conversationId], kinds: ["needs_you", "assigned"] });
  if (change.to === "staff") {
    await dropPlans(tx, ctx, { conversationId: change.conversationId, reason: "handled_by_staff", plannedBy: ["agent"] });
  }
  if (count === 0) {
    await tx.db.conversation.updateMany({
      where,
      data: { handBackAt: change.handBackAt, ...(change.userId === null ? {} : { ownerUserId: change.userId }) },
    });
    return false;
  }
  await tx.db.handover.updateMany({
    where: { clubId: ctx.clubId, conversationId: change.conversationId, endedAt: null },
    data: { endedAt: tx.now },
  });
  await tx.db.handover.createMany({
    data: {
      id: newId("handover"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      conversationId: change.conversationId,
      handledBy: change.to,
      userId: change.userId,
      cause: change.cause,
      startedAt: tx.now,
    },
  });
  const code = EVENT[change.cause];
  if (code !== undefined) {
    await addEvent(tx, ctx, { conversationId: change.conversationId, code });
  }
  return true;
};
