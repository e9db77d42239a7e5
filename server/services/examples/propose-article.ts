import "server-only";

import { findAccountStatements } from "#server/domain/draft-phrases.ts";
import { checkFacts } from "#server/domain/fact-lock.ts";
import type { Policy } from "#server/domain/policy.ts";
import { withoutNames } from "#server/domain/redact.ts";
import { previewOf } from "#server/domain/text.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { knownToday } from "#server/services/knowledge/known-today.ts";
import { proposeFromCorrection } from "#server/services/knowledge/propose-from-correction.ts";

import type { Question } from "./read-question.ts";

type Learned = {
  readonly correctionId: string;
  readonly question: Question;
  readonly answer: string;
  readonly names: readonly string[];
  readonly policy: Policy;
  readonly club: { readonly name: string; readonly phone: string | null; readonly timeZone: string };
};

/**
 * Staff stated a figure, a date or a link that the club's knowledge does not contain: it is proposed as an article, and
 * nothing of it is said before somebody accepts it. What concerns one member's account is nobody else's knowledge.
 */
export const proposeArticle = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { answer, club, correctionId, names, policy, question }: Learned,
): Promise<void> => {
  if (question.category === "payment_inquiry" || question.category === "scheduling" || findAccountStatements(answer).length > 0) {
    return;
  }
  const known = await knownToday(tx, ctx, { policy, timeZone: club.timeZone });
  const unknown = checkFacts(answer, {
    facts: [...known.flatMap(({ title, body }) => [title, body]), club.name, club.phone ?? ""],
    contactWords: [question.text],
    allowedLinkHosts: policy.allowedLinkHosts,
  });
  if (unknown.length > 0) {
    await proposeFromCorrection(tx, ctx, {
      correctionId,
      question: previewOf(withoutNames(question.text, names)),
      body: withoutNames(answer, names),
    });
  }
};
