import "server-only";

import { Category } from "#server/domain/intent.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { QUESTION_MAX_TEXTS } from "./limits.ts";

export type Question = {
  readonly category: Category;
  readonly subIntent: string;
  /** The texts of one burst, oldest first. */ readonly text: string;
};

/** What a decision was about: the contact's texts that nobody had answered by then, and what they were taken to mean. */
export const readQuestion = async (tx: Tx, ctx: Pick<ServiceContext, "clubId">, decisionId: string): Promise<Question | null> => {
  const decision = await tx.db.decision.findFirst({
    where: { id: decisionId, clubId: ctx.clubId },
    select: { category: true, classificationId: true, conversationId: true, messageId: true },
  });
  if (decision === null) {
    return null;
  }
  const read = await tx.db.intentClassification.findFirst({
    where: { id: decision.classificationId ?? "", clubId: ctx.clubId },
    select: { subIntent: true },
  });
  const asked = await tx.db.message.findFirst({ where: { id: decision.messageId, clubId: ctx.clubId }, select: { sequence: true } });
  const before = await tx.db.message.findMany({
    where: {
      clubId: ctx.clubId,
      conversationId: decision.conversationId,
      sequence: { lte: asked?.sequence ?? 0 },
      direction: { in: ["inbound", "outbound"] },
    },
    orderBy: { sequence: "desc" },
    take: QUESTION_MAX_TEXTS,
    select: { direction: true, body: true },
  });
  const answered = before.findIndex(({ direction }) => direction === "outbound");
  const burst = answered === -1 ? before : before.slice(0, answered);
  return {
    category: Category.parse(decision.category),
    subIntent: read?.subIntent ?? "",
    text: burst
      .toReversed()
      .map(({ body }) => body)
      .join("\n"),
  };
};
