import "server-only";

import { z } from "zod";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { cleanInbound, normaliseForHash, previewOf } from "#server/domain/text.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import { log } from "#server/platform/logger.ts";
import { bindFiles, nameFiles } from "#server/services/attachments/sent-files.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { changeHandler } from "#server/services/conversations/change-handler.ts";
import { answerArguments } from "#server/services/conversations/answer-arguments.ts";
import { lockConversation, type LockedRow } from "#server/services/conversations/lock-conversation.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";
import { noteAnswered } from "#server/services/draft-comparisons/open-draft.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { REPLY_HOLD_SECONDS } from "#server/services/effects/limits.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { nextSequence } from "#server/services/messages/add-event.ts";
import { isSuppressed } from "#server/services/people/is-suppressed.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

export const QueueReplyInput = z.object({
  conversationId: idSchema("conversation"),
  /** Plain text, 1 to 1,600 characters: what one text message may carry. */
  text: z.string().trim().min(1, "write something first").max(1_600, "a text may have 1,600 characters"),
  /** What the person wrote, where `text` is the translation they saw and sent. */
  original: z.object({ text: z.string().trim().min(1).max(1_600), language: z.string().regex(/^[a-z]{2,3}$/) }).optional(),
  /** Files of mine that were uploaded for it, in this order. */
  attachmentIds: z.array(idSchema("attachment")).max(10).optional(),
  /** Made by the browser once per message, so that a repeated call sends nothing twice. */
  clientKey: z.string().min(8).max(64),
  /** It waits `REPLY_HOLD_SECONDS` on the server, in which it can be taken back; then it goes out, whatever became of the browser. */
  isHeld: z.boolean().optional(),
});
export type QueueReplyInput = z.infer<typeof QueueReplyInput>;

/**
 * A person answers: the conversation is theirs from here on, and the message goes out in this very request, so that it
 * works with the engine down; a held one goes out from this process after its time. @throws `not_found`, `precondition_failed`
 * when the contact opted out, or a file cannot go along
 */
export const queueReply = async (ctx: ServiceContext, raw: QueueReplyInput): Promise<{ messageId: Id<"message"> }> => {
  assertCan(ctx, "conversation.reply");
  const input = QueueReplyInput.parse(raw);
  const { effectId, messageId } = await inTransaction(ctx, async (tx) => {
    const place = await lockConversation(tx, ctx, input.conversationId);
    if (place === null) {
      throw notFound("conversation");
    }
    await refuseSuppressed(tx, ctx, place);
    const { policy } = await resolvedPolicy(tx, ctx);
    const handBackAt = new Date(tx.now.getTime() + policy.handBackHours * 3_600_000);
    await changeHandler(tx, ctx, { conversationId: place.id, to: "staff", cause: "replied", userId: staffUserId(ctx), handBackAt });
    return plan(tx, ctx, { input, place });
  });
  if (input.isHeld === true) {
    setTimeout(() => void send(ctx, effectId), REPLY_HOLD_SECONDS * 1_000 + CLOCK_SLACK_MS);
  } else {
    await send(ctx, effectId);
  }
  return { messageId };
};

/** The database's clock decides whether the time is over; it need not agree with ours to the millisecond. */
const CLOCK_SLACK_MS = 100;

/** Never throws: the effect is in the ledger, and the sweep takes up what a failure or the end of this process leaves behind. */
const send = async (ctx: ServiceContext, effectId: Id<"effect">): Promise<void> => {
  try {
    await dispatchEffect(ctx, { effectId });
  } catch (error) {
    log.error({ err: error, clubId: ctx.clubId, effectId }, "a reply could not be dispatched at once");
  }
};

const refuseSuppressed = async (tx: ServiceTx, ctx: ServiceContext, place: LockedRow): Promise<void> => {
  if (place.addressKey !== null && (await isSuppressed(tx, ctx, { addressKey: place.addressKey, channelKind: place.channelKind }))) {
    throw new DomainError("precondition_failed", "this person opted out of messages on this channel");
  }
};

const plan = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { input, place }: { readonly input: QueueReplyInput; readonly place: LockedRow },
): Promise<{ effectId: Id<"effect">; messageId: Id<"message"> }> => {
  const { text } = cleanInbound(input.text);
  const userId = staffUserId(ctx);
  const { attachmentIds = [] } = input;
  const files = attachmentIds.length === 0 ? [] : await nameFiles(tx, ctx, { attachmentIds, connectionId: place.connectionId });
  const effectId = await planEffect(tx, ctx, {
    effectKey: `staff:${place.id}:${input.clientKey}`,
    kind: "message.send",
    plannedBy: "staff",
    needsApproval: null,
    connectionId: place.connectionId,
    channelId: place.channelId,
    conversationId: place.id,
    contactId: place.contactId,
    addressKey: place.addressKey ?? "",
    channelKind: place.channelKind,
    purpose: "reply",
    arguments: { ...answerArguments(place, text), ...(files.length === 0 ? {} : { files }) },
    ...(input.isHeld === true ? { notBefore: new Date(tx.now.getTime() + REPLY_HOLD_SECONDS * 1_000) } : {}),
    ...(userId === null ? {} : { plannedByUserId: userId }),
  });
  const existing = await tx.db.message.findFirst({ where: { clubId: ctx.clubId, effectId }, select: { id: true } });
  if (existing !== null) {
    return { effectId, messageId: existing.id as Id<"message"> };
  }
  const messageId = newId("message");
  await storeQueued(tx, ctx, { place, effectId, messageId, text });
  await bindFiles(tx, ctx, { files, messageId });
  if (input.original !== undefined) {
    await tx.db.messageTranslation.createMany({
      data: {
        id: newId("messageTranslation"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        messageId,
        ...input.original,
        source: "staff",
        createdAt: tx.now,
      },
    });
  }
  await noteAnswered(tx, ctx, place.id);
  await recordAudit(tx, ctx, {
    action: "message.queued",
    entityId: messageId,
    ...(files.length === 0 ? {} : { details: { fileCount: files.length } }),
  });
  tx.news.changes.push({ topic: "conversation", conversationId: place.id });
  return { effectId, messageId };
};

type Queued = { readonly place: LockedRow; readonly effectId: Id<"effect">; readonly messageId: Id<"message">; readonly text: string };

const storeQueued = async (tx: ServiceTx, ctx: ServiceContext, { place, effectId, messageId, text }: Queued): Promise<void> => {
  await tx.db.message.createMany({
    data: {
      id: messageId,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      conversationId: place.id,
      connectionId: place.connectionId,
      direction: "outbound",
      author: "staff",
      authorUserId: staffUserId(ctx),
      staffName: ctx.actor.kind === "staff" ? ctx.actor.name : null,
      body: text,
      bodyHash: sha256(normaliseForHash(text)),
      status: "queued",
      sequence: await nextSequence(tx, ctx, place.id),
      effectId,
      sentAt: tx.now,
      receivedAt: tx.now,
      createdAt: tx.now,
    },
  });
  await tx.db.conversation.updateMany({
    where: { id: place.id, clubId: ctx.clubId },
    data: {
      lastMessageAt: tx.now,
      lastMessagePreview: previewOf(text),
      lastMessageDirection: "outbound",
      lastMessageAuthor: "staff",
      status: "open",
      snoozedUntil: null,
      resolvedAt: null,
      automaticReplyCount: 0,
    },
  });
};
