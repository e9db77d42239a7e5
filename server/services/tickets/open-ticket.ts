import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { stripInvisible } from "#server/domain/text.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

export const OpenTicketInput = z.object({
  conversationId: idSchema("conversation"),
  title: z.string().trim().min(3).max(120),
  dueInHours: z.int().min(1).max(72),
});

/** Writes a duty for a person of the club about a conversation; the same open one is not written twice. */
export const openTicket = async (ctx: ServiceContext, raw: z.input<typeof OpenTicketInput>): Promise<{ readonly isNew: boolean }> => {
  assertCan(ctx, "agent.run");
  const { conversationId, dueInHours, title } = OpenTicketInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const conversation = await tx.db.conversation.findFirst({
      where: { id: conversationId, clubId: ctx.clubId },
      select: { contactId: true },
    });
    if (conversation === null) {
      throw notFound("conversation");
    }
    const words = stripInvisible(title);
    if ((await tx.db.ticket.count({ where: { clubId: ctx.clubId, conversationId, title: words, status: "open" } })) > 0) {
      return { isNew: false };
    }
    const id = newId("ticket");
    await tx.db.ticket.createMany({
      data: {
        id,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        conversationId,
        contactId: conversation.contactId,
        title: words,
        detail: "",
        dueAt: new Date(tx.now.getTime() + dueInHours * 3_600_000),
        status: "open",
        createdAt: tx.now,
      },
    });
    await recordAudit(tx, ctx, { action: "ticket.opened", entityId: id });
    tx.news.changes.push({ topic: "conversation", conversationId });
    return { isNew: true };
  });
};
