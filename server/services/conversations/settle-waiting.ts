import "server-only";

import { isAsked } from "#server/services/approvals/settle-asked.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { endChases } from "#server/services/escalations/end-chases.ts";

type Answer = {
  readonly conversationId: string;
  /** A person answered, or approved the answer: whatever waited for a person is settled. */
  readonly isByPerson: boolean;
  /** The inbound message an automatic answer is for. */
  readonly inboundSequence: number | null;
};

/**
 * Nobody waits any more once somebody answered. An automatic answer never settles what was handed to a person, nor
 * what one is asked about: a member who asked to cancel and then says thanks still waits for that person.
 */
export const settleWaiting = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { conversationId, isByPerson, inboundSequence }: Answer,
): Promise<void> => {
  const where = { id: conversationId, clubId: ctx.clubId };
  const stays = !isByPerson && (await isAsked(tx, ctx, conversationId));
  const { count } = await tx.db.conversation.updateMany({
    where: isByPerson ? where : { ...where, needsYou: { not: "escalation" } },
    data: { waitingSince: null, requiresResponse: false, unreadCount: 0, ...(stays ? {} : { needsYou: "none" }) },
  });
  const isAllSettled = count > 0;
  await tx.db.message.updateMany({
    where: {
      clubId: ctx.clubId,
      conversationId,
      direction: "inbound",
      status: { in: ["unread", "read"] },
      ...(isAllSettled || inboundSequence === null ? {} : { sequence: inboundSequence }),
    },
    data: { status: "replied", requiresResponse: false, ...(isByPerson ? {} : { agentAnsweredAt: tx.now }) },
  });
  if (isByPerson) {
    await endChases(tx, ctx, conversationId);
    await tx.db.ticket.updateMany({
      where: { clubId: ctx.clubId, conversationId, status: "open" },
      data: { status: "done", doneAt: tx.now },
    });
  }
};
