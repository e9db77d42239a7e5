import "server-only";

import type { VendorEvent } from "#server/connectors/webhook.ts";
import { isTeamNews } from "#server/domain/team-news.ts";
import { raiseAlert } from "#server/services/alerts/raise-alert.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { callPerson } from "#server/services/conversations/call-person.ts";

type Delivery = { readonly connectionId: string; readonly event: Extract<VendorEvent, { kind: "delivery" }> };

/**
 * What became of a message of ours at the vendor. News comes in any order: what was delivered stays delivered. News
 * about a message we do not know is dropped: a poll will bring it. What was to tell the club's own people, and did not arrive, is a card
 * alone: told by the same way it would fail again, and again.
 */
export const storeDelivery = async (tx: ServiceTx, ctx: ServiceContext, { connectionId, event }: Delivery): Promise<void> => {
  const message = await tx.db.message.findFirst({
    where: { clubId: ctx.clubId, connectionId, externalId: event.externalId, direction: "outbound" },
    select: { id: true, conversationId: true, status: true, effectId: true },
  });
  if (message === null || message.status === "delivered") {
    return;
  }
  if (event.status === "delivered") {
    await tx.db.message.updateMany({
      where: { id: message.id, clubId: ctx.clubId },
      data: { status: "delivered", deliveredAt: event.at, failureReason: null },
    });
  } else if (event.status === "failed" || event.status === "undelivered") {
    await tx.db.message.updateMany({
      where: { id: message.id, clubId: ctx.clubId },
      data: {
        status: "failed",
        failureReason: `the vendor could not deliver it${event.errorCode === null ? "" : ` (${event.errorCode})`}`,
      },
    });
    const isUntold = await wasTeamNews(tx, ctx, message.effectId);
    if (!isUntold) {
      await callPerson(tx, ctx, { conversationId: message.conversationId, reason: "trouble", toldBy: "card" });
    }
    await raiseAlert(tx, ctx, {
      kind: "effect_failed",
      severity: "warning",
      key: `delivery:${message.id}`,
      title: "A message was not delivered",
      detail: "The vendor took it but could not deliver it.",
      conversationId: message.conversationId,
      isUntold,
    });
  } else {
    return;
  }
  tx.news.changes.push({ topic: "conversation", conversationId: message.conversationId });
};

const wasTeamNews = async (tx: ServiceTx, ctx: ServiceContext, effectId: string | null): Promise<boolean> => {
  if (effectId === null) {
    return false;
  }
  const effect = await tx.db.effect.findFirst({ where: { id: effectId, clubId: ctx.clubId }, select: { effectKey: true } });
  return effect !== null && isTeamNews(effect.effectKey);
};
