import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { saysTheyHaveIt } from "#server/domain/page-reply.ts";
import { UNANSWERED_PREFIXES } from "#server/domain/team-news.ts";
import { addressKey } from "#server/platform/keys.ts";
import { ACKNOWLEDGE_WITHIN_HOURS } from "#server/services/alerts/limits.ts";
import { onCallPhone } from "#server/services/alerts/on-call-place.ts";
import { planTeamText } from "#server/services/alerts/plan-team-message.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { ChannelKind } from "#server/domain/vocabulary.ts";
import { settleNotifications } from "#server/services/notifications/tell-people.ts";

type Arrived = {
  readonly messageId: Id<"message">;
  readonly conversationId: Id<"conversation">;
  readonly contactId: Id<"contact">;
  readonly channelId: Id<"channel">;
  readonly connectionId: Id<"connection">;
  readonly channelKind: ChannelKind;
  readonly address: string | null;
  readonly addressKey: string;
  readonly text: string;
};

type Answered = { readonly isSettled: boolean; readonly effectIds: readonly Id<"effect">[] };

const NOT_AN_ANSWER: Answered = { isSettled: false, effectIds: [] };
const HOUR_MS = 3_600_000;

/**
 * Reads an inbound message as the on-call phone's word that somebody has the emergency, in the transaction that stores it. It
 * counts only from the phone that is on call now, with nothing but news for the team since a page, and only for the emergency of that page:
 * another one that is open goes on being told.
 */
export const answerPage = async (tx: ServiceTx, ctx: ServiceContext, arrived: Arrived): Promise<Answered> => {
  if (arrived.channelKind !== "sms" || arrived.address === null || !saysTheyHaveIt(arrived.text)) {
    return NOT_AN_ANSWER;
  }
  const onCall = await onCallPhone(tx, ctx);
  if (onCall === null || addressKey(onCall) !== arrived.addressKey) {
    return NOT_AN_ANSWER;
  }
  const alertId = await pagedLast(tx, ctx, arrived.conversationId);
  if (alertId === null) {
    return NOT_AN_ANSWER;
  }
  const { count } = await tx.db.alert.updateMany({
    where: { id: alertId, clubId: ctx.clubId, kind: "emergency", resolvedAt: null, acknowledgedAt: null },
    data: {
      acknowledgedAt: tx.now,
      acknowledgedById: null,
      detail: "The on-call phone answered that they have it. Spotter told the member to call 911.",
      lastSeenAt: tx.now,
    },
  });
  if (count === 0) {
    return NOT_AN_ANSWER;
  }
  await settleNotifications(tx, ctx, { subjectIds: [alertId] });
  await recordAudit(tx, ctx, { action: "alert.acknowledged", entityId: alertId, details: { messageId: arrived.messageId } });
  tx.news.changes.push({ topic: "alert" });
  return { isSettled: true, effectIds: [await confirm(tx, ctx, { arrived, phone: onCall })] };
};

/**
 * The emergency of which the newest text to this phone told, if that is not long ago. What tells the team of something else may come in
 * between: it asks for no answer.
 */
const pagedLast = async (tx: ServiceTx, ctx: ServiceContext, conversationId: string): Promise<string | null> => {
  const [page] = await tx.db.$queryRaw<{ effectKey: string }[]>`
    select coalesce(e."effectKey", '') as "effectKey" from "Message" m
    left join "Effect" e on e.id = m."effectId" and e."clubId" = m."clubId"
    where m."clubId" = ${ctx.clubId} and m."conversationId" = ${conversationId} and m.direction = 'outbound' and m.status <> 'failed'
      and m."createdAt" > ${new Date(tx.now.getTime() - ACKNOWLEDGE_WITHIN_HOURS * HOUR_MS)}
      and coalesce(e."effectKey", '') not like all (${UNANSWERED_PREFIXES.map((prefix) => `${prefix}%`)}::text[])
    order by m.sequence desc limit 1`;
  return page === undefined ? null : (/^emergency:(\w+):\d+$/.exec(page.effectKey)?.[1] ?? null);
};

/** Whoever answered knows that it was understood: without it they would have to look. */
const confirm = (
  tx: ServiceTx,
  ctx: ServiceContext,
  { arrived, phone }: { readonly arrived: Arrived; readonly phone: string },
): Promise<Id<"effect">> => {
  return planTeamText(tx, ctx, {
    effectKey: `page-answered:${arrived.messageId}`,
    at: { place: arrived, connectionId: arrived.connectionId, phone },
    text: "Noted: you have it. You get no more texts about this emergency.",
  });
};
