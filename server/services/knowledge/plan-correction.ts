import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { CorrectionText } from "#server/domain/knowledge.ts";
import { cleanInbound, previewOf } from "#server/domain/text.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { answerArguments } from "#server/services/conversations/answer-arguments.ts";
import { lockConversation } from "#server/services/conversations/lock-conversation.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";
import { SUGGESTION_TTL_HOURS } from "#server/services/effects/limits.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { isSuppressed } from "#server/services/people/is-suppressed.ts";

import { readArticle } from "./internal.ts";
import { ArticleInput } from "./schemas.ts";
import { TOLD_MAX_COUNT } from "./limits.ts";
import { correctionKey, toldOf, type Told } from "./told.ts";

export const PlanCorrectionInput = ArticleInput.extend({
  /** Answers that were wrong, as `listTold` names them. */
  effectIds: z.array(idSchema("effect")).min(1).max(TOLD_MAX_COUNT),
  ...CorrectionText.shape,
});

export type PlannedCorrections = {
  readonly plannedCount: number;
  /** Corrected before, or opted out of messages meanwhile. */ readonly skippedCount: number;
};

/**
 * Drafts a correction for everybody who was told something wrong, one a conversation. Each waits in its conversation
 * for a person's yes; nothing goes out by itself. @throws `not_found` for an answer that was not given out of the article
 */
export const planCorrection = async (ctx: ServiceContext, raw: z.input<typeof PlanCorrectionInput>): Promise<PlannedCorrections> => {
  assertCan(ctx, "knowledge.write");
  const { articleId, effectIds, text } = PlanCorrectionInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const article = await readArticle(tx, ctx, articleId);
    const told = (await toldOf(tx, ctx, articleId)).filter(({ effectId }) => effectIds.includes(effectId));
    if (told.length < new Set(effectIds).size) {
      throw notFound("answer");
    }
    let plannedCount = 0;
    // In one order in every transaction, because each conversation is locked.
    for (const one of onePerConversation(told)) {
      plannedCount += (await planOne(tx, ctx, { one, articleId, text: cleanInbound(text).text })) ? 1 : 0;
    }
    await recordAudit(tx, ctx, { action: "correction.planned", entityId: article.id, details: { plannedCount } });
    tx.news.changes.push({ topic: "knowledge" });
    return { plannedCount, skippedCount: new Set(effectIds).size - plannedCount };
  });
};

/** The newest answer of each conversation, unless one of it is being corrected already. */
const onePerConversation = (told: readonly Told[]): readonly Told[] => {
  const isCorrected = (id: string): boolean =>
    told.some(({ conversationId, correction }) => conversationId === id && (correction === "waiting" || correction === "sent"));
  const newest = new Map(told.toReversed().map((one) => [one.conversationId, one]));
  return [...newest.values()]
    .filter(({ conversationId }) => !isCorrected(conversationId))
    .toSorted((left, right) => (left.conversationId < right.conversationId ? -1 : 1));
};

type Correction = { readonly one: Told; readonly articleId: string; readonly text: string };

const planOne = async (tx: ServiceTx, ctx: ServiceContext, { one, articleId, text }: Correction): Promise<boolean> => {
  const place = await lockConversation(tx, ctx, one.conversationId);
  const key = place?.addressKey ?? null;
  const isGone = place === null || (key !== null && (await isSuppressed(tx, ctx, { addressKey: key, channelKind: place.channelKind })));
  // One that a person turned down is not asked about again.
  if (isGone || one.correction !== "none") {
    return false;
  }
  const userId = staffUserId(ctx);
  await planEffect(tx, ctx, {
    effectKey: correctionKey(articleId, one.effectId),
    kind: "message.send",
    plannedBy: "staff",
    needsApproval: {
      requiredRole: "staff",
      summary: `Send this correction: "${previewOf(text)}"`,
      expiresAt: new Date(tx.now.getTime() + SUGGESTION_TTL_HOURS * 3_600_000),
    },
    connectionId: place.connectionId,
    channelId: place.channelId,
    conversationId: place.id,
    contactId: place.contactId,
    addressKey: place.addressKey ?? "",
    channelKind: place.channelKind,
    purpose: "service",
    arguments: answerArguments(place, text),
    ...(userId === null ? {} : { plannedByUserId: userId }),
  });
  await tx.db.conversation.updateMany({
    where: { id: place.id, clubId: ctx.clubId, needsYou: "none" },
    data: { needsYou: "approval", updatedAt: tx.now },
  });
  tx.news.changes.push({ topic: "conversation", conversationId: place.id });
  return true;
};
