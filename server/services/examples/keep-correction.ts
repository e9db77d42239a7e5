import "server-only";

import { withoutDisclosure } from "#server/domain/draft-likeness.ts";
import { redact } from "#server/domain/redact.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

import { EXAMPLE_MAX_CHARACTERS } from "./limits.ts";
import { proposeArticle } from "./propose-article.ts";
import { readQuestion, type Question } from "./read-question.ts";

export type Corrected = {
  readonly effectId: string;
  readonly decisionId: string | null;
  readonly conversationId: string | null;
  readonly contactId: string | null;
  /** The message that had gone out; null where the draft was changed before it did. */
  readonly messageId: string | null;
  readonly draftBody: string;
  /** What staff made of it, or say it should have been. */
  readonly betterBody: string;
};

/**
 * Keeps what staff changed in an answer of the agent and proposes what can be learned from it: an example, and an
 * article where it states what the club's knowledge does not. Both wait for a yes. Part of the caller's transaction.
 */
export const keepCorrection = async (tx: ServiceTx, ctx: ServiceContext, corrected: Corrected): Promise<void> => {
  const question = corrected.decisionId === null ? null : await readQuestion(tx, ctx, corrected.decisionId);
  const correctionId = await storeCorrection(tx, ctx, { corrected, question });
  await tx.db.automationUse.updateMany({
    where: { clubId: ctx.clubId, effectId: corrected.effectId, correctedAt: null },
    data: { correctedAt: tx.now, updatedAt: tx.now },
  });
  if (question === null || correctionId === null) {
    return;
  }
  const { policy } = await resolvedPolicy(tx, ctx);
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, phone: true, timeZone: true } });
  const names = await namesAround(tx, ctx, corrected);
  const answer = withoutDisclosure(corrected.betterBody, { agent: policy.agent, clubName: club.name });
  await proposeExample(tx, ctx, { correctionId, question, answer, names });
  await proposeArticle(tx, ctx, { correctionId, question, answer, names, policy, club });
};

type Stored = { readonly corrected: Corrected; readonly question: Question | null };

/** The first correction of an answer is kept; a later one only changes what is proposed from it. */
const storeCorrection = async (tx: ServiceTx, ctx: ServiceContext, { corrected, question }: Stored): Promise<string | null> => {
  const { effectId, messageId, draftBody, betterBody } = corrected;
  await tx.db.correction.createMany({
    data: {
      id: newId("correction"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      effectId,
      messageId,
      userId: staffUserId(ctx) ?? "",
      category: question?.category ?? null,
      draftBody,
      sentBody: betterBody,
      createdAt: tx.now,
    },
    skipDuplicates: true,
  });
  const row = await tx.db.correction.findFirst({ where: { clubId: ctx.clubId, effectId }, select: { id: true } });
  return row?.id ?? null;
};

/** Everybody the words may speak of: whoever wrote, the staff of the thread, and who corrects. */
const namesAround = async (tx: ServiceTx, ctx: ServiceContext, { contactId, conversationId }: Corrected): Promise<readonly string[]> => {
  const contact =
    contactId === null
      ? null
      : await tx.db.contact.findFirst({
          where: { id: contactId, clubId: ctx.clubId },
          select: { displayName: true, firstName: true, lastName: true },
        });
  const staff =
    conversationId === null
      ? []
      : await tx.db.message.findMany({
          where: { clubId: ctx.clubId, conversationId, staffName: { not: null } },
          distinct: ["staffName"],
          select: { staffName: true },
        });
  const actor = ctx.actor.kind === "staff" ? ctx.actor.name : null;
  return [contact?.displayName, contact?.firstName, contact?.lastName, actor, ...staff.map(({ staffName }) => staffName)].filter(
    (name) => typeof name === "string",
  );
};

type Proposal = {
  readonly correctionId: string;
  readonly question: Question;
  readonly answer: string;
  readonly names: readonly string[];
};

const proposeExample = async (tx: ServiceTx, ctx: ServiceContext, { correctionId, question, answer, names }: Proposal): Promise<void> => {
  const learned = {
    question: redact(question.text, { names }).slice(0, EXAMPLE_MAX_CHARACTERS),
    answer: redact(answer, { names }).slice(0, EXAMPLE_MAX_CHARACTERS),
  };
  const { count } = await tx.db.example.updateMany({ where: { clubId: ctx.clubId, correctionId, status: "proposed" }, data: learned });
  const decidedCount = await tx.db.example.count({ where: { clubId: ctx.clubId, correctionId, answer: learned.answer } });
  if (count > 0 || decidedCount > 0 || learned.question.trim() === "" || learned.answer.trim() === "") {
    return;
  }
  const id = newId("example");
  await tx.db.example.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      category: question.category,
      subIntent: question.subIntent,
      ...learned,
      correctionId,
      status: "proposed",
      createdAt: tx.now,
    },
    skipDuplicates: true,
  });
  await recordAudit(tx, ctx, { action: "example.proposed", entityId: id, details: { correctionId } });
  tx.news.changes.push({ topic: "learning" });
};
