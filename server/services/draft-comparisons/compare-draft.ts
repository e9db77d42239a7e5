import "server-only";

import { z } from "zod";

import { compareTexts, UNANSWERED, UNCHANGED, withoutDisclosure, type DraftLikeness } from "#server/domain/draft-likeness.ts";
import { idSchema } from "#server/domain/ids.ts";
import type { Encode } from "#server/domain/sentence-vectors.ts";
import { newId } from "#server/platform/ids.ts";
import { encode } from "#server/platform/sentence-encoder.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

import { automationOf } from "./open-draft.ts";
import { readAnswer, type DraftAnswer } from "./read-answer.ts";

export const CompareDraftInput = z.object({ decisionId: idSchema("decision") });

export type ComparedDraft = { readonly kind: "compared"; readonly isAgreed: boolean } | { readonly kind: "nothing" };

/**
 * Keeps how near a draft of the agent came to what staff did, once per decision. The encoder runs between two
 * transactions. Nothing is kept while nobody has answered, and for a draft that was compared before.
 */
export const compareDraft = async (
  ctx: ServiceContext,
  raw: z.input<typeof CompareDraftInput>,
  encoder: Encode | null = encode,
): Promise<ComparedDraft> => {
  assertCan(ctx, "learning.measure");
  const { decisionId } = CompareDraftInput.parse(raw);
  const found = await inTransaction(ctx, async (tx) => {
    const decision = await tx.db.decision.findFirst({
      where: { id: decisionId, clubId: ctx.clubId },
      select: { id: true, conversationId: true, messageId: true, inputs: true, category: true },
    });
    const answer = decision === null ? null : await readAnswer(tx, ctx, decision);
    if (decision === null || answer === null) {
      return null;
    }
    const { policy } = await resolvedPolicy(tx, ctx);
    const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true } });
    return { decision, answer, voice: { agent: policy.agent, clubName: club.name } };
  });
  if (found === null) {
    return { kind: "nothing" };
  }
  const { decision, answer } = found;
  const likeness = await likenessOf(answer, { encoder, plain: (text) => withoutDisclosure(text, found.voice) });
  return inTransaction(ctx, async (tx) => {
    const id = newId("draftComparison");
    const { count } = await tx.db.draftComparison.createMany({
      data: {
        id,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        decisionId,
        category: decision.category,
        automation: automationOf(decision.inputs),
        messageId: answer.messageId,
        ...likeness,
        createdAt: tx.now,
      },
      skipDuplicates: true,
    });
    if (count === 0) {
      return { kind: "nothing" };
    }
    await recordAudit(tx, ctx, { action: "draft.compared", entityId: id, details: { decisionId, ...likeness } });
    return { kind: "compared", isAgreed: likeness.isAgreed };
  });
};

type Tools = { readonly encoder: Encode | null; readonly plain: (text: string) => string };

const likenessOf = async ({ draft, isUnchanged, sent }: DraftAnswer, { encoder, plain }: Tools): Promise<DraftLikeness> => {
  if (isUnchanged) {
    return UNCHANGED;
  }
  return sent === null ? UNANSWERED : compareTexts({ draft: plain(draft), sent: plain(sent) }, encoder);
};
