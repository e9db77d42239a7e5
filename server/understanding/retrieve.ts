import { type Gist, gistOf } from "./concepts.ts";

export type Article = { readonly id: string; readonly title: string; readonly body: string };
export type Retrieved<A extends Article = Article> = { readonly article: A; readonly score: number };

/** Articles that speak of what is asked, best first. Scores run 0..1: 1 = the title names all of it. */
export const retrieve = <A extends Article>(question: string, articles: readonly A[]): readonly Retrieved<A>[] => {
  const asked = gistOf(question);
  return articles
    .map((article) => ({ article, score: scoreOf(asked, article) }))
    .filter(({ score }) => score > 0)
    .toSorted((left, right) => right.score - left.score || (left.article.id < right.article.id ? -1 : 1));
};

const SUBJECT_WEIGHT = 1;
const WORD_WEIGHT = 0.5;
/** A subject found in the body alone counts this much of one in the title. */
const BODY_SHARE = 0.7;

/** Each subject of the title that was not asked for leaves this share of the score. */
const SURPLUS_SHARE = 0.9;

const scoreOf = (asked: Gist, article: Article): number => {
  const title = gistOf(article.title);
  const body = gistOf(article.body);
  const share = (term: string, part: "subjects" | "words"): number => {
    if (title[part].has(term)) {
      return 1;
    }
    return body[part].has(term) ? BODY_SHARE : 0;
  };
  const found =
    sum([...asked.subjects].map((term) => SUBJECT_WEIGHT * share(term, "subjects"))) +
    sum([...asked.words].map((term) => WORD_WEIGHT * share(term, "words")));
  // "Holiday hours" names more than a question for the hours asks; the plainer title goes first.
  const surplus = [...title.subjects].filter((subject) => !asked.subjects.has(subject)).length;
  const whole = asked.subjects.size * SUBJECT_WEIGHT + asked.words.size * WORD_WEIGHT;
  return whole === 0 ? 0 : Math.round((found / whole) * SURPLUS_SHARE ** surplus * 1_000) / 1_000;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
