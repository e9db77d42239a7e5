import { likeness } from "../../domain/sentence-vectors.ts";
import type { ReadArticle, Sentence, Words } from "./library.ts";
import { isWeighty, names } from "./names.ts";
import type { Question } from "./read-question.ts";
import type { Asked } from "./read-words.ts";

export const NAMED_FEATURES = [
  "thingsInSentence",
  "thingsInTitle",
  "thingsInArticle",
  "thingsNowhere",
  "thingsInTitleOrSentence",
  "waysInSentence",
  "waysInTitle",
  "waysInArticle",
  "waysNowhere",
  "unknownInSentence",
  "unknownInTitle",
  "unknownInArticle",
  "unknownNowhere",
  "softInSentence",
  "softInTitle",
  "closeThings",
  "closeThingsTitle",
  "closeUnknown",
  "closeUnknownTitle",
  "closeWays",
  "leastClose",
  "allInTitleOrSentence",
  "allInArticle",
  "surplusTitle",
  "surplusSentence",
] as const;

type Pair = { readonly article: ReadArticle; readonly sentence: Sentence; readonly rarity: ReadonlyMap<Asked, number> };

/** What a question names that sentence, title and article name too, by the very words, by concept or nearly; rare things count more. */
export const namedFeatures = (question: Question, { article, rarity, sentence }: Pair): readonly number[] => {
  const weightOf = (asked: Asked): number => rarity.get(asked) ?? 0;
  const inSentence = (asked: Asked): boolean => names(sentence, asked);
  const inTitle = (asked: Asked): boolean => names(article.title, asked);
  const inArticle = (asked: Asked): boolean => names(article.whole, asked);
  const inEither = (asked: Asked): boolean => inSentence(asked) || inTitle(asked);
  const byKind = (["thing", "way", "unknown"] as const).flatMap((kind) => {
    const list = question.asked.filter((asked) => asked.kind === kind);
    const tests = [inSentence, inTitle, inArticle, (asked: Asked) => !inArticle(asked), ...(kind === "thing" ? [inEither] : [])];
    return tests.map((test) => share(list, { test, weightOf }));
  });
  const soft = question.asked.filter((asked) => !isWeighty(asked));
  const weighty = question.asked.filter(isWeighty);
  return [
    ...byKind,
    share(soft, { test: inSentence, weightOf }),
    share(soft, { test: inTitle, weightOf }),
    ...closeFeatures(question, { article, sentence, weightOf }),
    ratio(weighty, { test: inEither, weightOf }),
    ratio(weighty, { test: inArticle, weightOf }),
    ...surplusFeatures(question, { article, sentence }),
  ];
};

type Weighing = { readonly test: (asked: Asked) => boolean; readonly weightOf: (asked: Asked) => number };

const share = (list: readonly Asked[], { test, weightOf }: Weighing): number => {
  const total = list.reduce((sum, asked) => sum + weightOf(asked), 0);
  return total === 0 ? 0 : list.reduce((sum, asked) => sum + (test(asked) ? weightOf(asked) : 0), 0);
};

const ratio = (list: readonly Asked[], weighing: Weighing): number => {
  const total = list.reduce((sum, asked) => sum + weighing.weightOf(asked), 0);
  return total === 0 ? 1 : share(list, weighing) / total;
};

type Near = { readonly article: ReadArticle; readonly sentence: Sentence; readonly weightOf: (asked: Asked) => number };

const closeFeatures = (question: Question, { article, sentence, weightOf }: Near): readonly number[] => {
  const closeness = (asked: Asked, words: Words): number => (names(words, asked) ? 1 : closestTo(question.vectors.get(asked), words));
  const closeShare = (kind: Asked["kind"], words: Words): number =>
    question.asked.reduce((sum, asked) => sum + (asked.kind === kind ? weightOf(asked) * closeness(asked, words) : 0), 0);
  return [
    closeShare("thing", sentence),
    closeShare("thing", article.title),
    closeShare("unknown", sentence),
    closeShare("unknown", article.title),
    closeShare("way", sentence),
    question.asked
      .filter(isWeighty)
      .reduce((low, asked) => Math.min(low, Math.max(closeness(asked, sentence), closeness(asked, article.title))), 1),
  ];
};

/** How much else title and sentence speak of. */
const surplusFeatures = (
  question: Question,
  { article, sentence }: { readonly article: ReadArticle; readonly sentence: Sentence },
): readonly number[] => {
  const asked = new Set(question.asked.flatMap(({ concepts }) => concepts));
  const surplus = ({ concepts }: Words): number => [...concepts].filter((concept) => !asked.has(concept)).length;
  return [Math.min(1, surplus(article.title) / 4), Math.min(1, surplus(sentence) / 12)];
};

/** Below this two words have nothing to do with each other, above that they mean the same; measured on pairs of words. */
const UNLIKE = 0.45;
const SAME = 0.75;

/** The same words are compared for the sentence, its title and the nearest of all. */
const compared = new WeakMap<Float32Array, WeakMap<Words, number>>();

const closestTo = (vector: Float32Array | undefined, words: Words): number => {
  if (vector === undefined) {
    return 0;
  }
  const known = compared.get(vector) ?? new WeakMap<Words, number>();
  compared.set(vector, known);
  const closest = known.get(words) ?? closestOf(vector, words);
  known.set(words, closest);
  return closest;
};

const closestOf = (vector: Float32Array, { vectors }: Words): number => {
  const best = vectors.reduce((top, word) => Math.max(top, likeness(vector, word)), 0);
  return Math.max(0, Math.min(1, (best - UNLIKE) / (SAME - UNLIKE)));
};
