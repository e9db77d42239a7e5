import { type Category, Category as CategoryName, RISK_FLAGS, type RiskFlag } from "../domain/intent.ts";
import { isLockedOut } from "../domain/emergency-words.ts";
import { CATEGORIES } from "../domain/categories.ts";
import { type Features, featuresOf, type Given, type ReadText, wordFeature } from "./features.ts";
import { type Head, MATTERS, type Weights } from "./heads.ts";
import { readReaction } from "./reactions.ts";
import { originalOf } from "./tokens.ts";

export type Classification = {
  readonly category: Category;
  /** snake_case; `unclear` when nothing was recognised. */
  readonly subIntent: string;
  /** 0..1, how often the category is right when this is said. It says nothing of an answer. */
  readonly confidence: number;
  /** Circumstances that may not be overlooked: each flag's own threshold leans towards raising it. */
  readonly riskFlags: readonly RiskFlag[];
  /** 0..1 for every flag, raised or not. */
  readonly risks: Readonly<Record<RiskFlag, number>>;
  /** A person should see this, whatever the category says: a complaint or a risk cannot be ruled out. */
  readonly needsPerson: boolean;
  readonly optOut: {
    /** 0..1, that these words ask to end the messages. */
    readonly chance: number;
    /** `certain`: treated like the word STOP. `possible`: nothing automatic leaves, a person is asked. */
    readonly verdict: "certain" | "possible" | "no";
  };
  /** The member's own words that settled it, cut from the text as written; may be empty. */
  readonly evidence: string;
  /** BCP 47 */
  readonly language: string;
};

/** What a contact wants, by the weights alone. Never throws, same text same answer. */
export const judge = (given: Given, { read, weights }: { readonly read: ReadText; readonly weights: Weights }): Classification => {
  const reaction = readReaction(given.text);
  if (reaction !== null) {
    return { ...NOTHING_SAID, subIntent: reaction, evidence: given.text.trim(), language: read.language };
  }
  const features = featuresOf(given, read);
  const chances = chancesOf(scoresOf(weights.category, features));
  const chance = Math.max(...chances);
  const category = CategoryName.parse(weights.category.labels[chances.indexOf(chance)]);
  const matters = mattersOf(features, weights);
  const { risks } = matters;
  const optOut = optOutChance({ categories: chances, matters });
  const { thresholds } = weights;
  return {
    category,
    subIntent: subIntentOf(category, { features, weights }),
    confidence: calibrated(chance, weights.calibration),
    riskFlags: RISK_FLAGS.filter((flag) => risks[flag] >= thresholds.risks[flag] && !(flag === "emergency" && isLockedOut(given.text))),
    risks,
    needsPerson: category === "complaint" || personChance({ categories: chances, matters }) >= thresholds.needsPerson,
    optOut: {
      chance: optOut,
      verdict: optOut >= thresholds.optOutCertain ? "certain" : optOut >= thresholds.optOutPossible ? "possible" : "no",
    },
    evidence: evidenceFor(category, { given, read, head: weights.category }),
    language: read.language,
  };
};

const NO_RISKS = Object.fromEntries(RISK_FLAGS.map((flag) => [flag, 0])) as Record<RiskFlag, number>;

/** Such texts are told by their form, not by their words. */
const REACTION_CONFIDENCE = 0.97;

const NOTHING_SAID = {
  category: "other",
  confidence: REACTION_CONFIDENCE,
  riskFlags: [],
  risks: NO_RISKS,
  needsPerson: false,
  optOut: { chance: 0, verdict: "no" },
} as const;

/** The scores of a head's labels before they become chances. */
export const scoresOf = ({ featureCount, labels, steps, weights }: Head, { indices, values }: Features): readonly number[] => {
  const count = labels.length;
  const sums = labels.map((_, label) => weights[featureCount * count + label] ?? 0);
  for (let at = 0; at < indices.length; at += 1) {
    const index = indices[at] ?? 0;
    if (index < featureCount) {
      const value = values[at] ?? 0;
      for (let label = 0; label < count; label += 1) {
        sums[label] = (sums[label] ?? 0) + value * (weights[index * count + label] ?? 0);
      }
    }
  }
  return sums.map((sum, label) => sum * (steps[label] ?? 0));
};

/** Scores as chances that add up to 1. */
export const chancesOf = (scores: readonly number[]): readonly number[] => {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
};

export type Matters = {
  readonly risks: Readonly<Record<RiskFlag, number>>;
  readonly needsPerson: number;
  readonly optOut: number;
};

export const mattersOf = (features: Features, { matters }: Weights): Matters => {
  const chances = scoresOf(matters, features).map((score) => 1 / (1 + Math.exp(-score)));
  return {
    risks: Object.fromEntries(RISK_FLAGS.map((flag, place) => [flag, chances[place] ?? 0])) as Record<RiskFlag, number>,
    needsPerson: chances[MATTERS.indexOf("needs_person")] ?? 0,
    optOut: chances[MATTERS.indexOf("opt_out")] ?? 0,
  };
};

type Signs = { readonly categories: readonly number[]; readonly matters: Matters };

/** Two heads were asked, one for this question alone and one among eight: what they say on average. */
export const optOutChance = ({ categories, matters }: Signs): number =>
  (matters.optOut + (categories[CATEGORIES.indexOf("opt_out")] ?? 0)) / 2;

/** That any of several doubtful signs is right: a complaint, one of the risks, or a person's matter of no kind. */
export const personChance = ({ categories, matters }: Signs): number => {
  const signs = [categories[CATEGORIES.indexOf("complaint")] ?? 0, matters.needsPerson, ...Object.values(matters.risks)];
  return 1 - signs.reduce((none, sign) => none * (1 - sign), 1);
};

const subIntentOf = (category: Category, { features, weights }: { readonly features: Features; readonly weights: Weights }): string => {
  const head = weights.subIntents[category];
  if (head === undefined) {
    return "unclear";
  }
  const scores = scoresOf(head, features);
  return head.labels[scores.indexOf(Math.max(...scores))] ?? "unclear";
};

/** What a stated chance is worth, to two places. */
export const calibrated = (stated: number, calibration: Weights["calibration"]): number => {
  const above = calibration.findIndex(([from]) => from >= stated);
  const [highFrom, highTo] = calibration[above === -1 ? calibration.length - 1 : above] ?? [1, 1];
  const [lowFrom, lowTo] = calibration[above === -1 ? calibration.length - 1 : Math.max(0, above - 1)] ?? [0, 0];
  const share = highFrom === lowFrom ? 1 : (stated - lowFrom) / (highFrom - lowFrom);
  return Math.round((lowTo + share * (highTo - lowTo)) * 100) / 100;
};

const EVIDENCE_MAX_LENGTH = 160;

type Sources = { readonly given: Given; readonly read: ReadText; readonly head: Head };

/** The strongest known phrase of the category; where there is none, the word that speaks most for it. */
const evidenceFor = (category: Category, { given, head, read }: Sources): string => {
  const phrase = read.cues.filter((cue) => cue.category === category).toSorted((left, right) => right.weight - left.weight)[0];
  if (phrase !== undefined) {
    return originalOf(given.text, { tokens: read.tokens, start: phrase.start, end: phrase.end }).slice(0, EVIDENCE_MAX_LENGTH);
  }
  if (category === "confirmation") {
    // What settles a question is the whole reply.
    return given.text.trim().slice(0, EVIDENCE_MAX_LENGTH);
  }
  const label = head.labels.indexOf(category);
  const word = read.tokens
    .map((token) => ({ token, weight: head.weights[wordFeature(token.word) * head.labels.length + label] ?? 0 }))
    .toSorted((left, right) => right.weight - left.weight)[0];
  return word === undefined || word.weight <= 0 ? "" : given.text.slice(word.token.start, word.token.end).slice(0, EVIDENCE_MAX_LENGTH);
};
