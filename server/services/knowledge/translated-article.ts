import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { recordTurn, type TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

import { loadForModel } from "./article-for-model.ts";

type Which = { readonly articleId: Id<"knowledgeArticle">; readonly language: string };

/** The model the club chose; null = the installation's. @throws as `loadForModel`, and `precondition_failed` for a language the club does not answer in */
export const loadForTranslation = async (
  ctx: ServiceContext,
  { articleId, language }: Which,
): Promise<{ readonly model: string | null }> => {
  assertCan(ctx, "knowledge.write");
  return loadForModel(ctx, { articleId }, (_tx, { policy }) => {
    if (!policy.agent.languages.includes(language)) {
      throw new DomainError("precondition_failed", "Spotter does not answer in this language: the settings name those it does");
    }
    return { model: policy.models.agent };
  });
};

type Translated = Which & { readonly sentenceCount: number; readonly turn: TurnRecord };

/** What translating cost; the sentences are kept with the article once a person saves them. */
export const recordArticleTranslation = async (
  ctx: ServiceContext,
  { articleId, language, sentenceCount, turn }: Translated,
): Promise<void> => {
  assertCan(ctx, "knowledge.write");
  await inTransaction(ctx, async (tx) => {
    await recordTurn(tx, ctx, { runId: null, purpose: "translation", turn });
    await recordAudit(tx, ctx, { action: "translations.suggested", entityId: articleId, details: { language, sentenceCount } });
  });
};
