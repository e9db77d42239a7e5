import "server-only";

import { notFound } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { changeHandler } from "#server/services/conversations/change-handler.ts";
import { lockConversation } from "#server/services/conversations/lock-conversation.ts";
import { ConversationInput } from "#server/services/conversations/schemas.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

/** A person takes the conversation: the agent's plans in it are dropped and it keeps quiet until it is handed back. */
export const takeOver = async (ctx: ServiceContext, raw: ConversationInput): Promise<void> => {
  assertCan(ctx, "conversation.take");
  const { conversationId } = ConversationInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    if ((await lockConversation(tx, ctx, conversationId)) === null) {
      throw notFound("conversation");
    }
    const { policy } = await resolvedPolicy(tx, ctx);
    const handBackAt = new Date(tx.now.getTime() + policy.handBackHours * 3_600_000);
    await changeHandler(tx, ctx, { conversationId, to: "staff", cause: "taken_over", userId: staffUserId(ctx), handBackAt });
    await recordAudit(tx, ctx, { action: "conversation.taken", entityId: conversationId });
  });
};
