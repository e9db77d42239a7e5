import "server-only";

import { todayIn } from "#server/domain/calendar-date.ts";
import { closingLine } from "#server/domain/closing.ts";
import type { Id } from "#server/domain/ids.ts";
import { nextAnswer, nextAnswerText } from "#server/domain/next-answer.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { answerArguments } from "#server/services/conversations/answer-arguments.ts";
import { lockConversation, type LockedRow } from "#server/services/conversations/lock-conversation.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { specialDaysFrom } from "#server/services/knowledge/known-today.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";
import { conversationLanguage } from "#server/services/satisfaction/conversation-language.ts";
import { judgeMessages } from "#server/services/sending/send-facts.ts";
import { countTouch } from "#server/services/sending/touches.ts";

const HOUR_MS = 3_600_000;

type Item = { readonly id: string; readonly conversationId: string; readonly waitingSince: Date; readonly state: string };

/**
 * Leaves one conversation to the next shift: it stays in staff's hands until that shift has had its time, and whoever waits is
 * told when somebody answers, once and only where they may be written to uninvited. Returns the line to dispatch, if any.
 */
export const settleItem = async (tx: ServiceTx, ctx: ServiceContext, itemId: Id<"closingItem">): Promise<Id<"effect"> | null> => {
  const seen = await tx.db.closingItem.findFirst({ where: { id: itemId, clubId: ctx.clubId }, select: { conversationId: true } });
  const place = seen === null ? null : await lockConversation(tx, ctx, seen.conversationId);
  // Read again under the lock: a person may have decided in this very moment.
  const item = await tx.db.closingItem.findFirst({
    where: { id: itemId, clubId: ctx.clubId, state: { in: ["open", "kept"] }, effectId: null },
    select: { id: true, conversationId: true, waitingSince: true, state: true },
  });
  if (place === null || item === null) {
    return null;
  }
  const row = await tx.db.conversation.findFirstOrThrow({
    where: { id: place.id, clubId: ctx.clubId },
    select: { waitingSince: true, handBackAt: true },
  });
  if (place.handledBy !== "staff" || place.status !== "open" || row.waitingSince === null) {
    await mark(tx, ctx, { item, state: "answered", effectId: null });
    return null;
  }
  const next = await whenAnswered(tx, ctx);
  const keptUntil = new Date(next.answer.dueAt.getTime() + next.handBackHours * HOUR_MS);
  await tx.db.conversation.updateMany({
    where: { id: place.id, clubId: ctx.clubId, handledBy: "staff", handBackAt: { lt: keptUntil } },
    data: { handBackAt: keptUntil, updatedAt: tx.now },
  });
  const effectId = await tell(tx, ctx, { item, place, next });
  await mark(tx, ctx, { item, state: item.state === "open" ? "left" : item.state, effectId });
  tx.news.changes.push({ topic: "conversation", conversationId: place.id });
  return effectId;
};

type Marked = { readonly item: Item; readonly state: string; readonly effectId: Id<"effect"> | null };

const mark = async (tx: ServiceTx, ctx: ServiceContext, { effectId, item, state }: Marked): Promise<void> => {
  await tx.db.closingItem.updateMany({
    where: { id: item.id, clubId: ctx.clubId, state: item.state },
    data: { state, effectId, ...(item.state === "open" ? { decidedAt: tx.now } : {}) },
  });
};

const whenAnswered = async (tx: ServiceTx, ctx: ServiceContext) => {
  const club = await tx.db.club.findFirstOrThrow({
    where: { id: ctx.clubId },
    select: { name: true, timeZone: true, stoppedAt: true, franchise: { select: { stoppedAt: true } } },
  });
  const { policy } = await resolvedPolicy(tx, ctx);
  const specialDays = await specialDaysFrom(tx, ctx, todayIn(club.timeZone, tx.now));
  const answer = nextAnswer({ now: tx.now, timeZone: club.timeZone, staffed: policy.hours.staffed, specialDays });
  return { answer, club, handBackHours: policy.handBackHours };
};

type Telling = { readonly item: Item; readonly place: LockedRow; readonly next: Awaited<ReturnType<typeof whenAnswered>> };

const tell = async (tx: ServiceTx, ctx: ServiceContext, { item, next, place }: Telling): Promise<Id<"effect"> | null> => {
  const { club, answer } = next;
  const { addressKey, channelKind, contactId } = place;
  const isStopped = club.stoppedAt !== null || club.franchise.stoppedAt !== null;
  if (addressKey === null || isStopped || (await wasTold(tx, ctx, item))) {
    return null;
  }
  const language = await conversationLanguage(tx, { clubId: ctx.clubId, conversationId: place.id });
  const when = nextAnswerText(answer, { now: tx.now, timeZone: club.timeZone, language });
  const text = closingLine({ clubName: club.name, when, language });
  // A person holds the conversation, so that it is the club's own line and not Spotter's; the rules of writing uninvited hold all the same.
  const [judged] = await judgeMessages(tx, ctx, { messages: [{ contactId, addressKey, channelKind, purpose: "service", text }] });
  if (judged?.verdict.kind !== "send") {
    return null;
  }
  const effectId = await planEffect(tx, ctx, {
    effectKey: `closing:${item.id}`,
    kind: "message.send",
    plannedBy: "system",
    needsApproval: null,
    connectionId: place.connectionId,
    channelId: place.channelId,
    conversationId: place.id,
    contactId,
    addressKey,
    channelKind,
    purpose: "service",
    arguments: answerArguments(place, text),
    inboundSequence: place.inboundSequence,
  });
  await countTouch(tx, ctx, { id: effectId, kind: "message.send", plannedBy: "workflow", purpose: "service", addressKey, channelKind });
  return effectId;
};

/** For the same wait they heard it at an earlier closing. */
const wasTold = async (tx: ServiceTx, ctx: ServiceContext, { conversationId, waitingSince }: Item): Promise<boolean> =>
  (await tx.db.closingItem.count({ where: { clubId: ctx.clubId, conversationId, waitingSince, effectId: { not: null } } })) > 0;
