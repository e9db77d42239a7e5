import "server-only";

import { normaliseForHash, previewOf } from "#server/domain/text.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

import { GAPS_MAX_COUNT } from "./limits.ts";

type Asked = { readonly messageId: string; readonly conversationId: string };

/**
 * Counts a question that the knowledge did not answer. Two questions are alike when the same words stand in them, in
 * whatever order. Part of the transaction that stores the decision; a message is counted once.
 */
export const recordGap = async (tx: ServiceTx, ctx: ServiceContext, { messageId, conversationId }: Asked): Promise<void> => {
  const message = await tx.db.message.findFirst({ where: { id: messageId, clubId: ctx.clubId }, select: { body: true } });
  const question = previewOf(message?.body ?? "");
  const words = wordsOf(question);
  if (words === "") {
    return;
  }
  // Two messages that ask the same at one moment are one question.
  await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`gaps|${ctx.clubId}`}, 2))`;
  const open = await tx.db.knowledgeGap.findMany({
    where: { clubId: ctx.clubId, status: "open" },
    orderBy: { lastAskedAt: "desc" },
    take: GAPS_MAX_COUNT,
    select: { id: true, question: true, messageId: true },
  });
  const alike = open.find((gap) => wordsOf(gap.question) === words);
  if (alike === undefined) {
    const scope = { franchiseId: ctx.franchiseId, clubId: ctx.clubId, messageId, conversationId };
    const data = { id: newId("knowledgeGap"), ...scope, question, status: "open", createdAt: tx.now, lastAskedAt: tx.now };
    await tx.db.knowledgeGap.createMany({ data });
  } else if (alike.messageId !== messageId) {
    await tx.db.knowledgeGap.updateMany({
      where: { id: alike.id, clubId: ctx.clubId, status: "open" },
      data: { askedCount: { increment: 1 }, lastAskedAt: tx.now, messageId, conversationId },
    });
  }
  tx.news.changes.push({ topic: "knowledge" });
};

const FILLERS: ReadonlySet<string> = new Set(
  "a an the do does did you u guys y'all there is are have has any hi hey hello please thanks thank i im".split(" "),
);

const wordsOf = (text: string): string => {
  const words = normaliseForHash(text).match(/[\p{L}\p{N}']+/gu) ?? [];
  return [...new Set(words.filter((word) => !FILLERS.has(word)))].toSorted().join(" ");
};
