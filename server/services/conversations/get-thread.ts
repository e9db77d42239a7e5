import "server-only";

import { notFound } from "#server/domain/errors.ts";
import type { Suggestion, Thread, Why } from "#server/domain/inbox-view.ts";
import { can } from "#server/domain/permissions.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { fileOfferOf } from "#server/services/attachments/file-offer.ts";
import { readFiles } from "#server/services/attachments/read-files.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { explainDecisions, type Explained } from "#server/services/decisions/explain-decisions.ts";
import type { z } from "zod";

import { inboxRow, readRows, type StoredRow } from "./conversation-rows.ts";
import { ThreadInput } from "./schemas.ts";
import { reachableChannels } from "./reachable-channels.ts";
import { readLanguages } from "./read-languages.ts";
import { staffUserId } from "./staff-user-id.ts";
import { staffNames } from "./staff-names.ts";
import {
  isAgentThinking,
  isContactSuppressed,
  readHeld,
  readMessages,
  readStretches,
  readSuggestion,
  THREAD_PAGE_SIZE,
  threadMessage,
  type StoredMessage,
  type StoredSuggestion,
} from "./thread-parts.ts";

/** One conversation with its newest messages, or those before a sequence number. @throws `not_found` */
export const getThread = async (ctx: ServiceContext, raw: ThreadInput): Promise<Thread> => {
  assertCan(ctx, "conversation.read");
  const input = ThreadInput.parse(raw);
  return withClub(ctx, (tx) => readThread(tx, ctx, input), { fixedNow: ctx.fixedNow });
};

const readThread = async (tx: Tx, ctx: ServiceContext, input: z.output<typeof ThreadInput>): Promise<Thread> => {
  const scope = { clubId: ctx.clubId, conversationId: input.conversationId };
  const row = await readRow(tx, scope);
  const messages = await readMessages(tx, { ...scope, before: input.before });
  const suggestion = await readSuggestion(tx, scope);
  const stretches = await readStretches(tx, scope);
  const explained = await explainDecisions(tx, ctx, wantedOf(messages, suggestion));
  const names = await staffNames(tx, [
    row.ownerUserId,
    ...messages.map(({ authorUserId }) => authorUserId),
    ...stretches.map(({ userId }) => userId),
  ]);
  const page = messages.slice(0, THREAD_PAGE_SIZE).toReversed();
  const held = await readHeld(tx, { clubId: ctx.clubId, messages: page, userId: staffUserId(ctx) });
  const files = await readFiles(tx, { clubId: ctx.clubId, provider: row.provider, messages: page });
  const { contact, staff, translated } = await readLanguages(tx, ctx, page);
  return {
    conversation: { ...inboxRow(row, names), contactId: row.contactId, handBackAt: row.handBackAt },
    messages: page.map((message) => translated(threadMessage(message, { files, held, names, why: whyOf(message, explained) }))),
    previousCursor: messages.length > THREAD_PAGE_SIZE ? (page[0]?.sequence ?? null) : null,
    suggestion: suggestion === null ? null : withWhy(suggestion, explained),
    isAgentThinking: await isAgentThinking(tx, scope),
    canReply: can(ctx.actor, "conversation.reply") && row.connectionStatus !== "disabled",
    files: fileOfferOf(row.provider),
    channels: await reachableChannels(tx, ctx, row.contactId),
    isSuppressed: await isContactSuppressed(tx, {
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      contactId: row.contactId,
      channelKind: row.channelKind,
    }),
    languages: { staff, contact },
    stretches: stretches.map(({ userId, ...stretch }) => ({ ...stretch, userName: userId === null ? null : (names.get(userId) ?? null) })),
  };
};

/** Inbound messages are explained by the decision about them, all others by the decision they came from. */
const wantedOf = (messages: readonly StoredMessage[], suggestion: StoredSuggestion | null) => ({
  messageIds: messages.filter(({ direction }) => direction === "inbound").map(({ id }) => id),
  decisionIds: [...messages.map(({ decisionId }) => decisionId), suggestion?.decisionId ?? null].filter((id) => id !== null),
});

const readRow = async (
  tx: Tx,
  { clubId, conversationId }: { readonly clubId: string; readonly conversationId: string },
): Promise<StoredRow> => {
  const [row] = await readRows(tx, { clubId, chosen: Prisma.sql`${conversationId}` });
  if (row === undefined) {
    throw notFound("conversation");
  }
  return row;
};

const whyOf = (message: StoredMessage, explained: Explained): Why | null =>
  (message.decisionId === null ? explained.byMessage.get(message.id) : explained.byDecision.get(message.decisionId)) ?? null;

const withWhy = ({ decisionId, ...item }: StoredSuggestion, explained: Explained): Suggestion => ({
  ...item,
  why: decisionId === null ? null : (explained.byDecision.get(decisionId) ?? null),
});
