import "server-only";

import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { callPerson } from "#server/services/conversations/call-person.ts";
import { wakeForPerson } from "#server/services/conversations/wake-conversation.ts";
import { lockConversation } from "#server/services/conversations/lock-conversation.ts";

/** A run that broke for good: the conversation goes to a person, so that no failure of the agent leaves somebody waiting. */
export const failRun = async (
  ctx: ServiceContext,
  input: { readonly conversationId: string; readonly messageId: string; readonly detail: string },
): Promise<void> => {
  assertCan(ctx, "agent.run");
  await inTransaction(ctx, async (tx) => {
    if ((await lockConversation(tx, ctx, input.conversationId)) === null) {
      return;
    }
    const where = { clubId: ctx.clubId, messageId: input.messageId };
    const { count } = await tx.db.agentRun.updateMany({
      where: { ...where, status: { in: ["queued", "running"] } },
      data: { status: "failed", endCode: "crashed", finishedAt: tx.now, leaseUntil: null },
    });
    // A message whose run never began, because even the claim broke, needs a person as well; an ended run needs nobody.
    if (count === 0 && (await tx.db.agentRun.count({ where })) > 0) {
      return;
    }
    await callPerson(tx, ctx, { conversationId: input.conversationId, reason: "trouble", only: { handledBy: "agent" } });
    await wakeForPerson(tx, ctx, input.conversationId);
    await recordAudit(tx, ctx, { action: "run.finished", entityId: input.messageId, details: { outcome: "failed" } });
    tx.news.actions.push({
      kind: "conversation.escalated",
      risk: "read",
      outcome: "failed",
      summary: "The agent could not finish; a person must answer.",
      conversationId: input.conversationId,
      messageId: input.messageId,
    });
    tx.news.changes.push({ topic: "conversation", conversationId: input.conversationId });
  });
};
