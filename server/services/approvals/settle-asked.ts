import "server-only";

import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

/** Whether people have still to decide something in a conversation. Of one whose time is over the sweep says so. */
export const isAsked = async (tx: ServiceTx, { clubId }: ServiceContext, conversationId: string): Promise<boolean> =>
  (await tx.db.approval.count({ where: { clubId, conversationId, status: "pending" } })) > 0;

/** One question in a conversation is over: it needs nobody any more, unless another one waits or a person was called for. */
export const settleAsked = async (tx: ServiceTx, ctx: ServiceContext, conversationId: string): Promise<void> => {
  if (!(await isAsked(tx, ctx, conversationId))) {
    await tx.db.conversation.updateMany({
      where: { id: conversationId, clubId: ctx.clubId, needsYou: "approval" },
      data: { needsYou: "none", updatedAt: tx.now },
    });
  }
};
