import "server-only";

import { z } from "zod";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { lockConversation } from "#server/services/conversations/lock-conversation.ts";
import { PROOF_HOURS } from "#server/services/identity-checks/limits.ts";
import { bindingOf } from "#server/services/people/binding.ts";

export const VouchInput = z.object({ conversationId: idSchema("conversation"), memberId: idSchema("member") });

/**
 * A person of the club says who writes here. For an address that nobody has it holds for good; one that several people share
 * proves nothing of the next message, so there it holds for a day and in this conversation.
 * @throws `not_found`, `precondition_failed` where the address says who it is
 */
export const vouch = async (ctx: ServiceContext, raw: z.input<typeof VouchInput>): Promise<void> => {
  assertCan(ctx, "conversation.reply");
  const { conversationId, memberId } = VouchInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const place = await lockConversation(tx, ctx, conversationId);
    if (place === null) {
      throw notFound("conversation");
    }
    if ((await tx.db.member.count({ where: { id: memberId, clubId: ctx.clubId, archivedAt: null } })) === 0) {
      throw notFound("member");
    }
    const { addressKey, channelKind, contactId } = place;
    const binding = addressKey === null ? "unknown" : await bindingOf(tx, ctx, { contactId, channelKind, addressKey });
    if (binding === "bound") {
      throw new DomainError("precondition_failed", "this address belongs to one person already");
    }
    // The newest word counts, and an open check is over.
    await tx.db.contactVerification.updateMany({ where: { clubId: ctx.clubId, contactId, closedAt: null }, data: { closedAt: tx.now } });
    const id = newId("contactVerification");
    await tx.db.contactVerification.createMany({
      data: {
        id,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        conversationId,
        contactId,
        memberId,
        expiresAt: binding === "unknown" && addressKey !== null ? null : new Date(tx.now.getTime() + PROOF_HOURS * 3_600_000),
        verifiedAt: tx.now,
        verifiedById: ctx.actor.kind === "staff" ? ctx.actor.userId : null,
        createdAt: tx.now,
      },
    });
    await recordAudit(tx, ctx, { action: "identity.vouched", entityId: id, details: { memberId } });
    tx.news.changes.push({ topic: "conversation", conversationId });
  });
};
