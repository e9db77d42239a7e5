import { checkFacts } from "#server/domain/fact-lock.ts";
import type { Encode } from "#server/domain/sentence-vectors.ts";
import { type Answer, answerFrom } from "#server/understanding/answer-from.ts";
import type { Club } from "./clubs.ts";
import { isEnglish } from "./samples.ts";

export type Told = {
  readonly club: string;
  readonly question: string;
  readonly kind: "answerable" | "unanswerable";
  readonly isEnglish: boolean;
  readonly answer: Answer | null;
  readonly isRight: boolean;
  /** Statements of the answer that stand nowhere in the club's articles, as the guards count them. */
  readonly inventedFacts: number;
};

type Wanted = {
  readonly question: string;
  readonly kind: Told["kind"];
  readonly articleIds: readonly string[];
  readonly mustContain: readonly string[];
};

/** What a contact who writes the question's language would be told, however sure. */
export const askAll = async (club: Club, encode: Encode): Promise<readonly Told[]> => {
  const told: Told[] = [];
  const wanted: readonly Wanted[] = [
    ...club.answerable.map((one) => ({ ...one, kind: "answerable" as const })),
    ...club.unanswerable.map((question) => ({ question, articleIds: [], mustContain: [], kind: "unanswerable" as const })),
  ];
  for (const { articleIds, kind, mustContain, question } of wanted) {
    const isInEnglish = isEnglish(question);
    const answer = await answerFrom({ question, articles: club.articles, encode, language: isInEnglish ? "en" : "es" });
    told.push({
      club: club.club,
      question,
      kind,
      isEnglish: isInEnglish,
      answer,
      isRight:
        answer !== null &&
        answer.articleIds.every((id) => articleIds.includes(id)) &&
        mustContain.every((words) => answer.text.includes(words)),
      inventedFacts:
        answer === null
          ? 0
          : checkFacts(answer.text, {
              facts: club.articles.flatMap(({ body, title }) => [title, body]),
              contactWords: [],
              allowedLinkHosts: [],
            }).length,
    });
  }
  return told;
};

export type Figures = {
  readonly from: number;
  readonly answerable: number;
  readonly answered: number;
  readonly right: number;
  readonly coverage: number;
  readonly coverageOfEnglish: number;
  readonly precision: number;
  readonly unanswerable: number;
  readonly wronglyAnswered: number;
  readonly inventedFacts: number;
};

/** What would be sent without a model from a score on. */
export const figuresOf = (told: readonly Told[], from: number): Figures => {
  const sent = told.filter(({ answer }) => answer !== null && answer.score >= from);
  const answerable = told.filter(({ kind }) => kind === "answerable");
  const answered = sent.filter(({ kind }) => kind === "answerable");
  const right = answered.filter(({ isRight }) => isRight).length;
  return {
    from,
    answerable: answerable.length,
    answered: answered.length,
    right,
    coverage: share(right, answerable.length),
    coverageOfEnglish: share(right, answerable.filter((one) => one.isEnglish).length),
    precision: answered.length === 0 ? 1 : share(right, answered.length),
    unanswerable: told.length - answerable.length,
    wronglyAnswered: sent.length - answered.length,
    inventedFacts: sent.reduce((sum, { inventedFacts }) => sum + inventedFacts, 0),
  };
};

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((1_000 * part) / whole) / 1_000);
