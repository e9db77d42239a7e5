import type { SentenceTranslation } from "./article-translations.ts";
import type { AskedQuestion } from "./asked-questions.ts";
import type { Fact } from "./knowledge.ts";

export type DiffPart = { readonly kind: "same" | "added" | "removed"; readonly text: string };

type Version = {
  readonly title: string;
  readonly body: string;
  readonly facts: readonly Fact[];
  readonly asked: readonly AskedQuestion[];
  readonly translations: readonly SentenceTranslation[];
};

export type FactChange = {
  readonly kind: "added" | "removed" | "changed";
  readonly before: Fact | null;
  readonly after: Fact | null;
};

export type AskedChange = { readonly kind: "added" | "removed"; readonly asked: AskedQuestion };

export type TranslationChange = { readonly kind: "added" | "removed"; readonly translation: SentenceTranslation };

export type ArticleDiff = {
  readonly title: readonly DiffPart[];
  readonly body: readonly DiffPart[];
  readonly facts: readonly FactChange[];
  /** Ways of asking, and where they are asked for other sentences than before, or for none. */
  readonly asked: readonly AskedChange[];
  readonly translations: readonly TranslationChange[];
};

/** What has changed from one version of an article to another, by sentence and by fact. */
export const diffVersions = (before: Version, after: Version): ArticleDiff => ({
  title:
    before.title === after.title
      ? [{ kind: "same", text: after.title }]
      : [
          { kind: "removed", text: before.title },
          { kind: "added", text: after.title },
        ],
  body: diffParts(partsOf(before.body), partsOf(after.body)),
  facts: diffFacts(before.facts, after.facts),
  asked: [
    ...without(before.asked, after.asked).map((asked) => ({ kind: "removed", asked }) as const),
    ...without(after.asked, before.asked).map((asked) => ({ kind: "added", asked }) as const),
  ],
  translations: [
    ...without(before.translations, after.translations).map((translation) => ({ kind: "removed", translation }) as const),
    ...without(after.translations, before.translations).map((translation) => ({ kind: "added", translation }) as const),
  ],
});

const without = <Entry>(entries: readonly Entry[], others: readonly Entry[]): readonly Entry[] => {
  const known = new Set(others.map((other) => JSON.stringify(other)));
  return entries.filter((entry) => !known.has(JSON.stringify(entry)));
};

export const hasChanges = ({ title, body, facts, asked, translations }: ArticleDiff): boolean =>
  facts.length > 0 || asked.length > 0 || translations.length > 0 || [...title, ...body].some(({ kind }) => kind !== "same");

/** Sentences with the white space behind them, so that the parts joined are the text again. */
export const partsOf = (text: string): readonly string[] => text.split(/(?<=[.!?]\s+|\n)(?=\S)/u).filter((part) => part !== "");

/** Beyond so many cells of the table the texts are shown as replaced whole. */
const TABLE_MAX_CELLS = 1_000_000;

/** The longest common run of parts stays; the rest was removed or added. */
export const diffParts = (before: readonly string[], after: readonly string[]): readonly DiffPart[] => {
  if (before.length * after.length > TABLE_MAX_CELLS) {
    return [...before.map((text) => ({ kind: "removed", text }) as const), ...after.map((text) => ({ kind: "added", text }) as const)];
  }
  const lengths = commonLengths(before, after);
  const lengthAt = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  const parts: DiffPart[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [old, fresh] = [before[row], after[column]];
    if (old !== undefined && old === fresh) {
      parts.push({ kind: "same", text: old });
      row += 1;
      column += 1;
    } else if (old !== undefined && (fresh === undefined || lengthAt(row + 1, column) >= lengthAt(row, column + 1))) {
      parts.push({ kind: "removed", text: old });
      row += 1;
    } else if (fresh !== undefined) {
      parts.push({ kind: "added", text: fresh });
      column += 1;
    }
  }
  return parts;
};

/** Length of the longest common subsequence of the two rests, by where they begin. */
const commonLengths = (before: readonly string[], after: readonly string[]): readonly (readonly number[])[] => {
  const lengths = Array.from({ length: before.length + 1 }, () => Array.from({ length: after.length + 1 }, () => 0));
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const cells = lengths[row] ?? [];
      const below = lengths[row + 1] ?? [];
      cells[column] = before[row] === after[column] ? (below[column + 1] ?? 0) + 1 : Math.max(below[column] ?? 0, cells[column + 1] ?? 0);
    }
  }
  return lengths;
};

const diffFacts = (before: readonly Fact[], after: readonly Fact[]): readonly FactChange[] => {
  const removed = before
    .filter(({ id }) => !after.some((fact) => fact.id === id))
    .map((fact): FactChange => ({ kind: "removed", before: fact, after: null }));
  const rest = after.flatMap((fact): readonly FactChange[] => {
    const old = before.find(({ id }) => id === fact.id);
    if (old === undefined) {
      return [{ kind: "added", before: null, after: fact }];
    }
    return contentOf(old) === contentOf(fact) ? [] : [{ kind: "changed", before: old, after: fact }];
  });
  return [...removed, ...rest];
};

/** Being stopped is no change of what a fact says. */
const contentOf = ({ kind, label, value, validFromOn, validUntilOn }: Fact): string =>
  JSON.stringify([kind, label, value, validFromOn, validUntilOn]);
