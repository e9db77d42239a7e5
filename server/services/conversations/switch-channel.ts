import "server-only";

import { z } from "zod";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { ChannelKind } from "#server/domain/vocabulary-schemas.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { roadToContact } from "#server/services/messages/road-to-contact.ts";

export const SwitchChannelInput = z.object({ conversationId: idSchema("conversation"), kind: ChannelKind });
export type SwitchChannelInput = z.input<typeof SwitchChannelInput>;

/**
 * The conversation with the same person over another channel, begun where there is none yet; nothing is sent.
 * @throws `not_found`, `precondition_failed` where that channel does not lead to them
 */
export const switchChannel = async (
  ctx: ServiceContext,
  raw: SwitchChannelInput,
): Promise<{ readonly conversationId: Id<"conversation"> }> => {
  assertCan(ctx, "conversation.reply");
  const { conversationId, kind } = SwitchChannelInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const from = await tx.db.conversation.findFirst({ where: { id: conversationId, clubId: ctx.clubId }, select: { contactId: true } });
    if (from === null) {
      throw notFound("conversation");
    }
    const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, phone: true } });
    const road = await roadToContact(tx, ctx, { contactId: from.contactId, club, kind });
    if (road === null) {
      throw new DomainError("precondition_failed", "this channel does not lead to this person now");
    }
    const { place } = road;
    if (kind === "email") {
      await tx.db.conversation.updateMany({
        where: { id: place.conversationId, clubId: ctx.clubId, subject: null },
        data: { subject: `A message from ${club.name}` },
      });
    }
    await recordAudit(tx, ctx, { action: "conversation.continued", entityId: place.conversationId, details: { from: conversationId } });
    tx.news.changes.push({ topic: "conversation", conversationId: place.conversationId });
    return { conversationId: place.conversationId };
  });
};
