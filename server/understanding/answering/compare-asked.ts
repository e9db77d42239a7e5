import { likeness } from "../../domain/sentence-vectors.ts";
import { type Candidate, weigh } from "./choose.ts";
import type { AskedGroup, ReadArticle } from "./library.ts";
import { paraphraseFeatures, type Rarity, rarityAmong } from "./paraphrase.ts";
import type { KnownQuestion, Question } from "./read-question.ts";
import { isOccasion } from "./read-words.ts";

/** What a question has in common with a known one, in the order of `PARAPHRASE_FEATURES`. */
export type Row = readonly number[];

/** A group of known questions with what a member's question has in common with the nearest of them. */
export type Compared = {
  readonly article: ReadArticle;
  readonly group: AskedGroup;
  readonly rows: readonly Row[];
  /** How the first of its sentences stands to the question, in the order of `RANKED_FEATURES`. */
  readonly sentence: readonly number[];
};

/** What is known to be asked, and to have no answer here. */
export type Beside = { readonly article: ReadArticle; readonly row: Row };

export type Comparison = {
  readonly groups: readonly Compared[];
  readonly beside: readonly Beside[];
  readonly words: readonly WordAsked[];
};

/** A word of the question. */
export type WordAsked = {
  readonly stem: string;
  /** How rare it is among all known questions of the club, 0..1. */
  readonly rarity: number;
  /** It tells when or who rather than what: tomorrow, my sister. */
  readonly isCircumstance: boolean;
};

/** Of all known questions only so many are looked at closely: those whose meaning is nearest. */
const NEAR_COUNT = 150;

type Known = { readonly known: KnownQuestion; readonly article: ReadArticle; readonly group: AskedGroup | null };

/** The known questions that a question may mean the same as, by what answers them. */
export const compareAsked = (
  question: Question,
  { articles, candidates }: { readonly articles: readonly ReadArticle[]; readonly candidates: readonly Candidate[] },
): Comparison => {
  const all = articles.flatMap(knownOf);
  const rarity = rarityAmong(all.map(({ known }) => known));
  const near = all
    .map((one) => ({ ...one, near: likeness(question.vector, one.known.vector) + likeness(question.tower, one.known.tower) }))
    .toSorted((left, right) => right.near - left.near)
    .slice(0, NEAR_COUNT)
    .map(({ article, group, known }) => ({ article, group, row: paraphraseFeatures(question, { known, rarity }) }));
  const rowsOf = new Map<AskedGroup, Row[]>();
  for (const { group, row } of near) {
    if (group !== null) {
      rowsOf.set(group, [...(rowsOf.get(group) ?? []), row]);
    }
  }
  const bySentence = new Map(candidates.map(({ features, sentence }) => [sentence, features]));
  return {
    groups: articles.flatMap((article) =>
      article.asked.flatMap((group) => {
        const rows = rowsOf.get(group) ?? [];
        const sentence = group.sentences.map((one) => bySentence.get(one)).find((found) => found !== undefined);
        // A sentence that is no candidate holds for another day.
        return rows.length === 0 || sentence === undefined ? [] : [{ article, group, rows, sentence }];
      }),
    ),
    beside: near.flatMap(({ article, group, row }) => (group === null ? [{ article, row }] : [])),
    words: wordsOf(question, rarity),
  };
};

const wordsOf = ({ asked, stems }: Question, rarity: Rarity): readonly WordAsked[] => {
  const circumstances = new Set(asked.filter(({ kind }) => kind === "aspect" || kind === "person").flatMap((one) => one.stems));
  return [...stems].map((stem) => ({ stem, rarity: rarity(stem), isCircumstance: isOccasion(stem) || circumstances.has(stem) }));
};

const knownOf = (article: ReadArticle): readonly Known[] => [
  ...article.asked.flatMap((group) => group.questions.map((known) => ({ known, article, group }))),
  ...article.beside.map((known) => ({ known, article, group: null })),
];

/** How near the known questions of a group are, given what makes two questions alike. */
export type Nearest = {
  readonly compared: Compared;
  /** The nearest of them. */
  readonly row: Row;
  /** How near it is, and how near the nearest few are on average. */
  readonly best: number;
  readonly mean: number;
  /** How near each is, the nearest first. */
  readonly scores: readonly number[];
};

const FEW = 3;
/** Where a group has fewer near ones, those it lacks count as that much further away than its nearest. */
const LACKING_BEHIND = 2;

export const nearestIn = (compared: Compared, paraphrase: readonly number[]): Nearest => {
  const scored = compared.rows.map((row) => ({ row, near: weigh(paraphrase, row) })).toSorted((left, right) => right.near - left.near);
  const [first] = scored;
  const best = first?.near ?? -Infinity;
  const few = Array.from({ length: FEW }, (_, place) => Math.max(scored[place]?.near ?? -Infinity, best - LACKING_BEHIND));
  return {
    compared,
    row: first?.row ?? [],
    best,
    mean: few.reduce((sum, near) => sum + near, 0) / FEW,
    scores: scored.map(({ near }) => near),
  };
};

/** What a group is ranked by. */
export const groupFeatures = ({ best, compared, mean, row }: Nearest): readonly number[] => [best, mean, ...row, ...compared.sentence];
