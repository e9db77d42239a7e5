import "server-only";

import type { DeliveryStatus } from "#server/connectors/ports.ts";
import type { Id } from "#server/domain/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { raiseAlert } from "#server/services/alerts/raise-alert.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

type DeliveryInput = {
  readonly connectionId: Id<"connection">;
  readonly externalId: string;
  readonly status: DeliveryStatus;
  readonly errorCode: string | null;
  readonly at: Date;
};

/** What became of a message of ours at the vendor. News about a message we do not know is dropped: a poll will bring it. */
export const recordDelivery = async (ctx: ServiceContext, input: DeliveryInput): Promise<void> => {
  assertCan(ctx, "message.ingest");
  await inTransaction(ctx, async (tx) => {
    const message = await tx.db.message.findFirst({
      where: { clubId: ctx.clubId, connectionId: input.connectionId, externalId: input.externalId, direction: "outbound" },
      select: { id: true, conversationId: true, status: true },
    });
    if (message === null || message.status === "delivered") {
      return;
    }
    if (input.status === "delivered") {
      await tx.db.message.updateMany({
        where: { id: message.id, clubId: ctx.clubId },
        data: { status: "delivered", deliveredAt: input.at },
      });
    } else if (input.status === "failed" || input.status === "undelivered") {
      await tx.db.message.updateMany({
        where: { id: message.id, clubId: ctx.clubId },
        data: {
          status: "failed",
          failureReason: `the vendor could not deliver it${input.errorCode === null ? "" : ` (${input.errorCode})`}`,
        },
      });
      await tx.db.conversation.updateMany({ where: { id: message.conversationId, clubId: ctx.clubId }, data: { needsYou: "escalation" } });
      await raiseAlert(tx, ctx, {
        kind: "effect_failed",
        severity: "warning",
        key: `delivery:${message.id}`,
        title: "A message was not delivered",
        detail: "The vendor took it but could not deliver it.",
        conversationId: message.conversationId,
      });
    } else {
      return;
    }
    await recordAudit(tx, ctx, { action: "effect.settled", entityId: message.id, details: { outcome: input.status } });
    tx.news.changes.push({ topic: "conversation", conversationId: message.conversationId });
  });
};
