import type { Encode } from "#server/domain/sentence-vectors.ts";
import type { Bridge } from "#server/understanding/answering/bridge.ts";
import { type Candidate, candidatesFor } from "#server/understanding/answering/choose.ts";
import { compareAsked, type Comparison } from "#server/understanding/answering/compare-asked.ts";
import { readArticles } from "#server/understanding/answering/library.ts";
import { asEncoded, type Question, readQuestion, stemsKnownTo } from "#server/understanding/answering/read-question.ts";
import { withoutCourtesies } from "#server/understanding/courtesies.ts";
import { detectLanguage } from "#server/understanding/language.ts";
import type { Towers } from "#server/understanding/answering/towers.ts";
import { splitSentences } from "#server/domain/sentences.ts";
import { tokenize } from "#server/understanding/tokens.ts";
import type { Club } from "./clubs.ts";

/** A question of a club with all that the weights see of it. */
export type Sample = {
  readonly club: string;
  readonly text: string;
  readonly question: Question;
  readonly candidates: readonly Candidate[];
  readonly isRight: readonly boolean[];
  /** The questions that the articles carry. */
  readonly compared: Comparison;
  readonly articleIds: readonly string[];
  readonly mustContain: readonly string[];
  /** `taken`: a question with an answer, asked of the club without that answer. */
  readonly kind: "answerable" | "unanswerable" | "taken";
  /** Else one that was written for an article. */
  readonly isOfMember: boolean;
};

type Wanted = Pick<Sample, "text" | "articleIds" | "mustContain" | "kind" | "isOfMember">;

/** Known questions of other clubs and their answers; a club's own would be the answer itself. */
export const bridgeOf = async (clubs: readonly Club[], encode: Encode): Promise<Bridge> => {
  const questions: string[] = [];
  const answers: string[] = [];
  const answerOf: number[] = [];
  for (const { answerable, articles } of clubs) {
    for (const { articleIds, mustContain, question } of answerable) {
      const answer = articles
        .filter(({ id }) => articleIds.includes(id))
        .flatMap(({ body, title }) => splitSentences(body).map((sentence) => ({ sentence, text: `${title}: ${sentence}` })))
        .find(({ sentence }) => mustContain.some((words) => sentence.includes(words)))?.text;
      if (answer !== undefined && isEnglish(question)) {
        const place = answers.indexOf(answer);
        answerOf.push(place < 0 ? answers.push(answer) - 1 : place);
        questions.push(question);
      }
    }
  }
  return { questions: await encodeAll(questions.map(asEncoded), encode), answers: await encodeAll(answers, encode), answerOf };
};

const BATCH_SIZE = 64;

export const encodeAll = async (texts: readonly string[], encode: Encode): Promise<readonly Float32Array[]> => {
  const vectors: Float32Array[] = [];
  for (let at = 0; at < texts.length; at += BATCH_SIZE) {
    vectors.push(...(await encode(texts.slice(at, at + BATCH_SIZE))));
  }
  return vectors;
};

export const isEnglish = (text: string): boolean =>
  detectLanguage(
    text,
    tokenize(text).map(({ word }) => word),
  ) === "en";

export type Given = { readonly encode: Encode; readonly bridge: Bridge; readonly towers: Towers };

/** Every English question of a club, and every answerable one twice more: without its sentences, and without its articles. */
export const samplesOf = async (club: Club, given: Given): Promise<readonly Sample[]> => {
  const wanted: readonly Wanted[] = [
    ...club.answerable.map(({ question, ...rest }) => ({ ...rest, text: question, kind: "answerable" as const, isOfMember: true })),
    ...club.unanswerable.map((text) => ({ text, articleIds: [], mustContain: [], kind: "unanswerable" as const, isOfMember: true })),
  ].filter(({ text }) => isEnglish(text));
  const samples: Sample[] = [];
  for (const one of wanted) {
    samples.push(await sampleOf(club, { ...given, wanted: one }));
    if (one.kind === "answerable") {
      const taken = { text: one.text, articleIds: [], mustContain: [], kind: "taken", isOfMember: true } as const;
      samples.push(await sampleOf(withoutSentences(club, one), { ...given, wanted: taken }));
      samples.push(await sampleOf(withoutArticles(club, one), { ...given, wanted: taken }));
    }
  }
  return samples;
};

const withoutArticles = (club: Club, { articleIds }: Wanted): Club => ({
  ...club,
  articles: club.articles.filter(({ id }) => !articleIds.includes(id)),
});

export const withoutSentences = (club: Club, { articleIds, mustContain }: Pick<Wanted, "articleIds" | "mustContain">): Club => ({
  ...club,
  articles: club.articles.flatMap((article) => {
    if (!articleIds.includes(article.id)) {
      return [article];
    }
    const kept = splitSentences(article.body).filter((sentence) => !mustContain.some((words) => sentence.includes(words)));
    return kept.length === 0 ? [] : [{ ...article, body: kept.join("\n") }];
  }),
});

export const sampleOf = async (club: Club, { bridge, encode, towers, wanted }: Given & { readonly wanted: Wanted }): Promise<Sample> => {
  const articles = await readArticles(club.articles, { encode, towers });
  const question = await readQuestion(withoutCourtesies(wanted.text), { known: stemsKnownTo(articles), encode, towers });
  const candidates = candidatesFor(question, { articles, bridge });
  return {
    ...wanted,
    club: club.file,
    question,
    candidates,
    compared: compareAsked(question, { articles, candidates }),
    isRight: candidates.map(
      ({ article, sentence }) =>
        wanted.articleIds.includes(article.id) && wanted.mustContain.some((words) => sentence.text.includes(words)),
    ),
  };
};
