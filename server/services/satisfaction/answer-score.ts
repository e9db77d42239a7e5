import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { ANSWER_WITHIN_DAYS, readScore, scoreThanks } from "#server/domain/satisfaction.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { answerArguments } from "#server/services/conversations/answer-arguments.ts";
import { lockConversation, type LockedRow } from "#server/services/conversations/lock-conversation.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { conversationLanguage } from "#server/services/satisfaction/conversation-language.ts";

type Arrived = { readonly conversationId: Id<"conversation">; readonly messageId: Id<"message">; readonly text: string };

/** `wasClosed`: the conversation was closed and stays so, for nobody waits for anything. */
type Scored = { readonly isSettled: boolean; readonly wasClosed: boolean; readonly effectIds: readonly Id<"effect">[] };

const NO_SCORE: Scored = { isSettled: false, wasClosed: false, effectIds: [] };
const DAY_MS = 86_400_000;

/**
 * Reads an inbound message as the answer to the question how it went, in the transaction that stores it: only a plain score,
 * only while that question is the last thing the club wrote there, and once. Anything else is handled like any message.
 */
export const answerScore = async (tx: ServiceTx, ctx: ServiceContext, { conversationId, messageId, text }: Arrived): Promise<Scored> => {
  const score = readScore(text);
  const open = score === null ? null : await openQuestion(tx, ctx, conversationId);
  const place = open === null ? null : await lockConversation(tx, ctx, conversationId);
  if (open === null || place === null) {
    return NO_SCORE;
  }
  const { count } = await tx.db.satisfactionScore.updateMany({
    where: { id: open.id, clubId: ctx.clubId, contactId: place.contactId, score: null },
    data: { score, answeredAt: tx.now, messageId },
  });
  if (count === 0) {
    return NO_SCORE;
  }
  await recordAudit(tx, ctx, { action: "score.given", entityId: open.id });
  tx.news.changes.push({ topic: "learning" });
  return { isSettled: true, wasClosed: place.status === "resolved", effectIds: await thank(tx, ctx, { place, messageId }) };
};

const openQuestion = async (tx: ServiceTx, { clubId }: ServiceContext, conversationId: string): Promise<{ readonly id: string } | null> => {
  const [row] = await tx.db.$queryRaw<{ id: string | null }[]>`
    select s.id from "Message" m
    left join "SatisfactionScore" s on s."effectId" = m."effectId" and s."clubId" = m."clubId" and s.score is null
      and s."askedAt" > ${new Date(tx.now.getTime() - ANSWER_WITHIN_DAYS * DAY_MS)}
    where m."clubId" = ${clubId} and m."conversationId" = ${conversationId} and m.direction = 'outbound' and m.status <> 'failed'
    order by m.sequence desc limit 1`;
  return row?.id == null ? null : { id: row.id };
};

type Thanked = { readonly place: LockedRow; readonly messageId: Id<"message"> };

/** One short line, and none under the emergency stop: no person wrote it. */
const thank = async (tx: ServiceTx, ctx: ServiceContext, { messageId, place }: Thanked): Promise<readonly Id<"effect">[]> => {
  const club = await tx.db.club.findFirstOrThrow({
    where: { id: ctx.clubId },
    select: { stoppedAt: true, franchise: { select: { stoppedAt: true } } },
  });
  if (club.stoppedAt !== null || club.franchise.stoppedAt !== null) {
    return [];
  }
  const language = await conversationLanguage(tx, { clubId: ctx.clubId, conversationId: place.id });
  const effectId = await planEffect(tx, ctx, {
    effectKey: `score:${messageId}`,
    kind: "message.send",
    plannedBy: "system",
    needsApproval: null,
    connectionId: place.connectionId,
    channelId: place.channelId,
    conversationId: place.id,
    contactId: place.contactId,
    addressKey: place.addressKey ?? "",
    channelKind: place.channelKind,
    purpose: "service",
    arguments: answerArguments(place, scoreThanks(language)),
  });
  return [effectId];
};
