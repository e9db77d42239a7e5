import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { previewOf } from "#server/domain/text.ts";
import { triage } from "#server/domain/triage.ts";
import { newId } from "#server/platform/ids.ts";
import { answerPage } from "#server/services/alerts/answer-page.ts";
import { keepMedia } from "#server/services/attachments/keep-media.ts";
import { answerConfirmation, type Answered } from "#server/services/confirmations/answer-confirmation.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { callPerson } from "#server/services/conversations/call-person.ts";
import { dropPlans } from "#server/services/effects/drop-plans.ts";
import { answerCheck } from "#server/services/identity-checks/answer-check.ts";
import { actOnWord } from "#server/services/messages/act-on-word.ts";
import { MESSAGE_RECEIVED } from "#server/services/messages/message-received.ts";
import type { Arrived, Stored } from "#server/services/messages/store-message.ts";
import { answerScore } from "#server/services/satisfaction/answer-score.ts";
import { isSuppressed } from "#server/services/people/is-suppressed.ts";

/** An inbound message: the row, the conversation's new state, STOP and START, and the event that wakes the agent. */
export const storeInbound = async (tx: ServiceTx, ctx: ServiceContext, { arrival: shown, place }: Arrived): Promise<Stored> => {
  const id = newId("message");
  const sequence = place.conversation.messageSequence + 1;
  const wasSuppressed = await isSuppressed(tx, ctx, { addressKey: place.addressKey, channelKind: shown.channelKind });
  const checked =
    wasSuppressed || shown.message.isAutomatic === true
      ? NOT_CHECKED
      : await answerCheck(tx, ctx, { conversationId: place.conversationId, messageId: id, text: shown.text });
  const arrival = checked.masked === null ? shown : withoutCode(shown, checked.masked);
  const { message, text } = arrival;
  const isAutomatic = message.isAutomatic === true;
  const read = triage({ text, hasMedia: message.media.length > 0, isSuppressed: wasSuppressed, isAutomatic, recentInboundCount: 1 });
  const mayAnswer = read.kind !== "opt_out" && !isAutomatic && !checked.isSettled;
  const answered = await answerOf(tx, ctx, { arrived: { arrival, place }, messageId: id, mayAnswer });
  const isAnswer = answered.kind === "settled";
  const isWord = !isAnswer && (read.kind === "opt_out" || read.kind === "opt_in" || read.kind === "help");
  const isSettled = isWord || isAutomatic || isAnswer || checked.isSettled;
  await tx.db.message.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      conversationId: place.conversationId,
      connectionId: arrival.connection.id,
      direction: "inbound",
      author: "contact",
      externalId: message.externalId,
      subject: message.subject ?? null,
      staffAddressee: message.staffAddressee ?? null,
      body: text,
      bodyHtml: message.html ?? null,
      bodyHash: arrival.bodyHash,
      status: "unread",
      requiresResponse: !isSettled,
      sequence,
      sentAt: message.sentAt,
      receivedAt: tx.now,
      createdAt: tx.now,
      ...(isSettled
        ? { agentProcessedAt: tx.now, agentOutcome: isAnswer || checked.isSettled ? "respond" : "ignore", agentConfidence: 1 }
        : {}),
    },
  });
  await keepMedia(tx, ctx, { media: arrival.message.media, messageId: id });
  await updateConversation(tx, ctx, { arrived: { arrival, place }, sequence, isSettled, staysClosed: answered.staysClosed === true });
  if (isWord) {
    return {
      isNew: true,
      effectIds: await actOnWord(tx, ctx, { arrived: { arrival, place }, messageId: id, read, sequence: sequence + 1 }),
    };
  }
  if (isSettled) {
    // A machine's text is seen by people, and by nothing that could answer: a machine on the other side would answer back.
    tx.news.changes.push({ topic: "conversation", conversationId: place.conversationId });
    return { isNew: true, effectIds: isAnswer ? answered.effectIds : checked.effectIds };
  }
  await wakeAgent(tx, ctx, { conversationId: place.conversationId, messageId: id });
  return { isNew: true, effectIds: [] };
};

type Waiting = { readonly conversationId: Id<"conversation">; readonly messageId: Id<"message"> };

const wakeAgent = async (tx: ServiceTx, ctx: ServiceContext, { conversationId, messageId }: Waiting): Promise<void> => {
  // A newer message makes every answer planned before it stale: it is dropped here and computed again. What the team was
  // asked to do, such as to open a door, goes on.
  await dropPlans(tx, ctx, { conversationId, reason: "stale_answer", plannedBy: ["agent"], onlyAnswers: true });
  tx.news.changes.push({ topic: "conversation", conversationId, event: { name: MESSAGE_RECEIVED, data: { conversationId, messageId } } });
};

const NOT_CHECKED = { isSettled: false, masked: null, effectIds: [] } as const;

/** The code of a check is stored nowhere, and the rich form of a mail would show it as well. */
const withoutCode = (arrival: Arrived["arrival"], masked: string): Arrived["arrival"] => {
  const { html: _html, ...message } = arrival.message;
  return { ...arrival, message, text: masked, preview: previewOf(masked) };
};

/** `staysClosed`: it answers what was asked about a conversation that is over, and opens it no more. */
type Read = Answered & { readonly staysClosed?: boolean };
type Asking = { readonly arrived: Arrived; readonly messageId: Id<"message">; readonly mayAnswer: boolean };

/** A STOP ends every question. Any other word, START among them, is first read as the answer to an open one. */
const answerOf = async (tx: ServiceTx, ctx: ServiceContext, { arrived, messageId, mayAnswer }: Asking): Promise<Read> => {
  const { arrival, place } = arrived;
  const { conversationId, contactId } = place;
  if (!mayAnswer) {
    return { kind: "none" };
  }
  const { text } = arrival;
  const page = await answerPage(tx, ctx, {
    messageId,
    conversationId,
    contactId,
    channelId: place.channelId,
    connectionId: arrival.connection.id,
    channelKind: arrival.channelKind,
    address: arrival.message.contact.address,
    addressKey: place.addressKey,
    text,
  });
  if (page.isSettled) {
    return { kind: "settled", effectIds: page.effectIds };
  }
  const score = await answerScore(tx, ctx, { conversationId, messageId, text });
  return score.isSettled
    ? { kind: "settled", effectIds: score.effectIds, staysClosed: score.wasClosed }
    : answerConfirmation(tx, ctx, { conversationId, contactId, messageId, text });
};

type Update = { readonly arrived: Arrived; readonly sequence: number; readonly isSettled: boolean; readonly staysClosed: boolean };

const updateConversation = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { arrived, sequence, isSettled, staysClosed }: Update,
): Promise<void> => {
  const { arrival, place } = arrived;
  await tx.db.conversation.updateMany({
    where: { id: place.conversationId, clubId: ctx.clubId },
    data: {
      ...(staysClosed ? {} : { status: "open", snoozedUntil: null, resolvedAt: null, unreadCount: { increment: 1 } }),
      messageSequence: sequence,
      lastMessageAt: tx.now,
      lastMessagePreview: arrival.preview,
      lastMessageDirection: "inbound",
      lastMessageAuthor: "contact",
      updatedAt: tx.now,
      // A word is answered by code: the question before it stays the newest one that somebody has to answer.
      ...(isSettled ? {} : { inboundSequence: sequence, requiresResponse: true, waitingSince: place.conversation.waitingSince ?? tx.now }),
      ...(arrival.message.subject === undefined ? {} : { subject: arrival.message.subject }),
    },
  });
  if (!staysClosed && place.conversation.status === "snoozed" && place.conversation.needsYou === "escalation") {
    // Putting it off ended the chase of the first call, and the agent calls nobody where somebody was called.
    await callPerson(tx, ctx, { conversationId: place.conversationId, reason: "reminder", isAgain: true });
  }
};
