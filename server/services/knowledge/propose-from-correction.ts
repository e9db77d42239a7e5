import "server-only";

import { askedFor } from "#server/domain/asked-questions.ts";
import { ARTICLE_BOUNDS } from "#server/domain/knowledge.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

import { insertArticle } from "./internal.ts";

type Proposal = {
  readonly correctionId: string;
  /** What the member asked, without names. */
  readonly question: string;
  readonly body: string;
};

/** What staff corrected, as an article that waits for a yes, and the question it answers; once per correction. Part of the caller's transaction. */
export const proposeFromCorrection = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { correctionId, question, body }: Proposal,
): Promise<void> => {
  const origin = { correctionId };
  const proposedCount = await tx.db.knowledgeArticle.count({
    where: { clubId: ctx.clubId, source: "correction", origin: { equals: origin } },
  });
  if (proposedCount > 0) {
    return;
  }
  const articleId = await insertArticle(tx, ctx, {
    scope: "club",
    article: {
      title: question.slice(0, ARTICLE_BOUNDS.titleMaxCharacters).trim() || "What staff answered",
      body: body.slice(0, ARTICLE_BOUNDS.bodyMaxCharacters),
      facts: [],
      asked: [...askedFor(question, body)],
      translations: [],
      status: "proposed",
      source: "correction",
      origin,
      validFromOn: null,
      validUntilOn: null,
    },
  });
  await recordAudit(tx, ctx, { action: "article.created", entityId: articleId, details: { correctionId } });
  tx.news.changes.push({ topic: "knowledge" });
};
