import { likeness } from "../../domain/sentence-vectors.ts";
import { ANSWER_KINDS } from "./kinds-of-answer.ts";
import type { ReadArticle, Sentence } from "./library.ts";
import { NAMED_FEATURES, namedFeatures } from "./named-features.ts";
import { names } from "./names.ts";
import type { Question } from "./read-question.ts";
import type { Asked } from "./read-words.ts";
import { topicsShared } from "./towers.ts";

export type Field = {
  readonly articles: readonly ReadArticle[];
  readonly rarity: ReadonlyMap<Asked, number>;
  readonly mean: number;
  readonly towerMean: number;
};

/** What all articles together tell of a question: how rare each thing is among them, and how alike everything is. */
export const fieldOf = (question: Question, articles: readonly ReadArticle[]): Field => {
  const sentences = articles.flatMap((article) => article.sentences);
  const likenesses = sentences.map(({ vector }) => likeness(question.vector, vector));
  const rarity = new Map(
    question.asked.map((asked) => {
      const count = articles.filter(({ whole }) => names(whole, asked)).length;
      return [asked, Math.log((articles.length + 1) / (count + 0.5)) / Math.log(articles.length + 1 || 2)] as const;
    }),
  );
  const towerMean = sentences.reduce((sum, { tower }) => sum + likeness(question.tower, tower), 0) / Math.max(1, sentences.length);
  return { articles, rarity, towerMean, mean: likenesses.reduce((sum, value) => sum + value, 0) / Math.max(1, likenesses.length) };
};

export const PAIR_FEATURES = [
  "likeness",
  "titleLikeness",
  "likenessOverMean",
  "towerLikeness",
  "towerTitle",
  "towerOverMean",
  "topicsShared",
  "topTopic",
  ...NAMED_FEATURES,
  "weekdaysMet",
  "weekdaysMissed",
  "holidayMet",
  "holidayMissed",
  "holidayUnasked",
  "dateMet",
  "dateMissed",
  "ageMet",
  "ageMissed",
  "first",
  "kindsMet",
  "kindsMissed",
  ...ANSWER_KINDS.flatMap((kind) => [`${kind}Met`, `${kind}Missed`]),
] as const;

type Pair = { readonly article: ReadArticle; readonly sentence: Sentence; readonly field: Field };

/** How a sentence stands to a question, as numbers in the order of `PAIR_FEATURES`. */
export const pairFeatures = (question: Question, { article, field, sentence }: Pair): readonly number[] => {
  const alike = likeness(question.vector, sentence.vector);
  const towerAlike = likeness(question.tower, sentence.tower);
  return [
    alike,
    likeness(question.vector, article.titleVector),
    alike - field.mean,
    towerAlike,
    likeness(question.tower, article.titleTower),
    towerAlike - field.towerMean,
    topicsShared(question.topics, sentence.topics),
    sentence.topics[topTopicOf(question)] ?? 0,
    ...namedFeatures(question, { article, sentence, rarity: field.rarity }),
    ...occasionFeatures(question, { sentence, article }),
    sentence.index === 0 ? 1 : 0,
    ...kindFeatures(question, sentence),
  ];
};

const kindFeatures = (question: Question, sentence: Sentence): readonly number[] => {
  const met = ANSWER_KINDS.filter((kind) => question.kinds.has(kind) && sentence.kinds.has(kind)).length;
  return [
    met / Math.max(1, question.kinds.size),
    (question.kinds.size - met) / 3,
    ...ANSWER_KINDS.flatMap((kind) => {
      const isAsked = question.kinds.has(kind);
      return [Number(isAsked && sentence.kinds.has(kind)), Number(isAsked && !sentence.kinds.has(kind))];
    }),
  ];
};

/** The topic that a question is most likely of. */
export const topTopicOf = ({ topics }: Question): number => topics.indexOf(topics.reduce((most, chance) => Math.max(most, chance), 0));

const occasionFeatures = (question: Question, { article, sentence }: { article: ReadArticle; sentence: Sentence }): readonly number[] => {
  const weekdaysMet = [...question.weekdays].filter((day) => sentence.weekdays.has(day)).length;
  const days = question.weekdays.size;
  const asksHolidays = question.holidays.size;
  const holidays = new Set([...sentence.holidays, ...article.titleHolidays]);
  const holidaysMet = [...question.holidays].filter((day) => sentence.holidays.has(day) || (day === "any" && holidays.size > 0)).length;
  const dateMet = question.dates.some(({ from, to }) => sentence.dates.some((stretch) => stretch.from <= to && stretch.to >= from));
  const ageMet = question.ages.some((age) => sentence.ages.some(({ from, to }) => age >= from && age <= to));
  return [
    days === 0 ? 0 : weekdaysMet / days,
    days > 0 && sentence.weekdays.size > 0 && weekdaysMet === 0 ? 1 : 0,
    asksHolidays === 0 ? 0 : holidaysMet / asksHolidays,
    asksHolidays > 0 && holidaysMet < asksHolidays ? 1 : 0,
    asksHolidays === 0 && holidays.size > 0 ? 1 : 0,
    dateMet ? 1 : 0,
    question.dates.length > 0 && !dateMet ? 1 : 0,
    ageMet ? 1 : 0,
    question.ages.length > 0 && sentence.ages.length > 0 && !ageMet ? 1 : 0,
  ];
};
