import "server-only";

import { notFound } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { changeHandler } from "#server/services/conversations/change-handler.ts";
import { lockConversation } from "#server/services/conversations/lock-conversation.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";
import { addEvent } from "#server/services/messages/add-event.ts";
import { conversationPlace, tellPeople } from "#server/services/notifications/tell-people.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

import { AssignInput } from "./schemas.ts";

/**
 * A person of the club gets the conversation: it is theirs as if they had taken it over, and what needed anybody still needs
 * them. @throws `not_found` also for a person who has no access to this club
 */
export const assignConversation = async (ctx: ServiceContext, raw: AssignInput): Promise<void> => {
  assertCan(ctx, "conversation.assign");
  const { conversationId, userId } = AssignInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const place = await lockConversation(tx, ctx, conversationId);
    if (place === null) {
      throw notFound("conversation");
    }
    const name = await nameOfStaff(tx, ctx, userId);
    const { policy } = await resolvedPolicy(tx, ctx);
    const handBackAt = new Date(tx.now.getTime() + policy.handBackHours * 3_600_000);
    await changeHandler(tx, ctx, { conversationId, to: "staff", cause: "assigned", userId, handBackAt });
    if (place.needsYou === "escalation" && userId !== staffUserId(ctx)) {
      // Taking it oneself answers the call for a person; passing it on does not.
      await tx.db.conversation.updateMany({ where: { id: conversationId, clubId: ctx.clubId }, data: { needsYou: "escalation" } });
    }
    await tellPeople(tx, ctx, {
      kind: "assigned",
      title: "A conversation was handed to you",
      detail: ctx.actor.kind === "staff" ? `${ctx.actor.name} handed it to you.` : "It was handed to you.",
      path: conversationPlace(conversationId),
      subjectId: conversationId,
      userId,
    });
    await addEvent(tx, ctx, { conversationId, code: "assigned", detail: name });
    await recordAudit(tx, ctx, { action: "conversation.assigned", entityId: conversationId, details: { userId } });
  });
};

/** Of this club or of its whole franchise, and not gone. */
const nameOfStaff = async (tx: ServiceTx, ctx: ServiceContext, userId: string): Promise<string> => {
  const access = await tx.db.staffAccess.findFirst({
    where: { userId, franchiseId: ctx.franchiseId, OR: [{ clubId: ctx.clubId }, { clubId: null }], archivedAt: null },
    select: { user: { select: { name: true } } },
  });
  if (access === null) {
    throw notFound("person of this club");
  }
  return access.user.name;
};
