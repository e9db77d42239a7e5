import "server-only";

import { z } from "zod";

import { encode } from "#server/platform/sentence-encoder.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { answerFrom } from "#server/understanding/answer-from.ts";
import { languageOf } from "#server/understanding/answering/as-compared.ts";

import { QUESTION_MAX_CHARACTERS } from "./limits.ts";
import { readHours } from "./read-hours.ts";
import { readKnown } from "./read-known.ts";
import { recallMeanings } from "./recall-meanings.ts";

export const TryQuestionInput = z.object({
  question: z.string().trim().min(1, "ask something").max(QUESTION_MAX_CHARACTERS, `at most ${QUESTION_MAX_CHARACTERS} characters`),
});

export type TriedQuestion =
  | {
      readonly kind: "quoted";
      readonly text: string;
      /** False = nobody has approved it in the language of the question, so it is not quoted to who asks so. */
      readonly isTranslated: boolean;
      readonly articles: readonly { readonly id: string; readonly title: string }[];
    }
  /** The knowledge does not say, so neither does Spotter. */
  | { readonly kind: "silent" };

/** What would be quoted at this moment if somebody asked this. Nothing leaves, nothing is stored. */
export const tryQuestion = async (ctx: ServiceContext, raw: z.input<typeof TryQuestionInput>): Promise<TriedQuestion> => {
  assertCan(ctx, "knowledge.read");
  const { question } = TryQuestionInput.parse(raw);
  const { club, known } = await withClub(ctx, async (tx) => ({ known: await readKnown(tx, ctx), club: await readHours(tx, ctx) }), {
    fixedNow: ctx.fixedNow,
  });
  const articles = await recallMeanings(ctx, { articles: known });
  const asked = { question, articles, encode, club };
  const told = await answerFrom({ ...asked, language: languageOf(question) });
  const answer = told ?? (await answerFrom({ ...asked, language: null }));
  return answer === null
    ? { kind: "silent" }
    : {
        kind: "quoted",
        isTranslated: told !== null,
        text: answer.text,
        articles: known.filter(({ id }) => answer.articleIds.includes(id)).map(({ id, title }) => ({ id, title })),
      };
};
