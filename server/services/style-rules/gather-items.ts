import "server-only";

import { redact } from "#server/domain/redact.ts";
import type { ReviewItem } from "#server/domain/review.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { draftTextOf } from "#server/services/approvals/draft-text.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { ITEM_MAX_CHARACTERS, ITEMS_MAX_COUNT, REVIEW_DAYS } from "./limits.ts";

type Raw = ReviewItem & { readonly conversationId: string | null };
type Scope = Pick<ServiceContext, "clubId">;

const DAY_MS = 86_400_000;

/** What staff edited, rated with words, and rejected in the last week, newest first, without the people in it. */
export const gatherItems = async (tx: Tx, { clubId }: Scope): Promise<readonly ReviewItem[]> => {
  const since = new Date(tx.now.getTime() - REVIEW_DAYS * DAY_MS);
  const query = { clubId, since };
  const raw = [...(await edits(tx, query)), ...(await ratings(tx, query)), ...(await rejections(tx, query))].slice(0, ITEMS_MAX_COUNT);
  const names = await namesIn(tx, { clubId, conversationIds: raw.flatMap(({ conversationId }) => conversationId ?? []) });
  const plain = (text: string | null): string | null => (text === null ? null : redact(text, { names }).slice(0, ITEM_MAX_CHARACTERS));
  return raw.map(({ conversationId: _conversationId, ...item }) => ({
    ...item,
    draft: plain(item.draft) ?? "",
    sent: plain(item.sent),
    comment: plain(item.comment),
  }));
};

type Query = { readonly clubId: string; readonly since: Date };

const edits = async (tx: Tx, { clubId, since }: Query): Promise<readonly Raw[]> => {
  const rows = await tx.db.correction.findMany({
    where: { clubId, createdAt: { gt: since } },
    orderBy: { createdAt: "desc" },
    take: ITEMS_MAX_COUNT,
    select: { id: true, category: true, draftBody: true, sentBody: true, effectId: true },
  });
  const places = await placesOf(tx, { clubId, effectIds: rows.map(({ effectId }) => effectId) });
  return rows.map(({ category, draftBody, effectId, id, sentBody }) => ({
    id,
    kind: "edited",
    category,
    draft: draftBody,
    sent: sentBody,
    score: null,
    comment: null,
    conversationId: places.get(effectId)?.conversationId ?? null,
  }));
};

const ratings = async (tx: Tx, { clubId, since }: Query): Promise<readonly Raw[]> => {
  const rows = await tx.db.rating.findMany({
    where: { clubId, createdAt: { gt: since }, comment: { not: null } },
    orderBy: { createdAt: "desc" },
    take: ITEMS_MAX_COUNT,
    select: { id: true, messageId: true, score: true, comment: true },
  });
  const messages = await tx.db.message.findMany({
    where: { clubId, id: { in: rows.map(({ messageId }) => messageId) } },
    select: { id: true, body: true, conversationId: true },
  });
  const byId = new Map(messages.map((message) => [message.id, message]));
  return rows.map(({ comment, id, messageId, score }) => ({
    id,
    kind: "rated",
    category: null,
    draft: byId.get(messageId)?.body ?? "",
    sent: null,
    score,
    comment,
    conversationId: byId.get(messageId)?.conversationId ?? null,
  }));
};

const rejections = async (tx: Tx, { clubId, since }: Query): Promise<readonly Raw[]> => {
  const rows = await tx.db.approval.findMany({
    where: { clubId, status: "rejected", decidedAt: { gt: since }, effect: { kind: "message.send" } },
    orderBy: { decidedAt: "desc" },
    take: ITEMS_MAX_COUNT,
    select: { id: true, conversationId: true, decisionNote: true, effect: { select: { arguments: true } } },
  });
  return rows.map(({ conversationId, decisionNote, effect, id }) => ({
    id,
    kind: "rejected",
    category: null,
    draft: draftTextOf(effect.arguments) ?? "",
    sent: null,
    score: null,
    comment: decisionNote,
    conversationId,
  }));
};

type Effects = { readonly clubId: string; readonly effectIds: readonly string[] };

const placesOf = async (tx: Tx, { clubId, effectIds }: Effects) => {
  const rows = await tx.db.effect.findMany({ where: { clubId, id: { in: [...effectIds] } }, select: { id: true, conversationId: true } });
  return new Map(rows.map((row) => [row.id, row]));
};

type Conversations = { readonly clubId: string; readonly conversationIds: readonly string[] };

const namesIn = async (tx: Tx, { clubId, conversationIds }: Conversations): Promise<readonly string[]> => {
  const ids = [...new Set(conversationIds)];
  const conversations = await tx.db.conversation.findMany({
    where: { clubId, id: { in: ids } },
    select: { contact: { select: { displayName: true, firstName: true, lastName: true } } },
  });
  const staff = await tx.db.message.findMany({
    where: { clubId, conversationId: { in: ids }, staffName: { not: null } },
    distinct: ["staffName"],
    select: { staffName: true },
  });
  return [
    ...conversations.flatMap(({ contact }) => [contact.displayName, contact.firstName, contact.lastName]),
    ...staff.map(({ staffName }) => staffName),
  ].filter((name) => typeof name === "string");
};
