import { likeness, readVectors } from "../../domain/sentence-vectors.ts";

/**
 * Questions that members ask and the sentences that answered them elsewhere. A question of this club that is like one
 * of those looks for a sentence that is like its answer, which reaches further than question and sentence alone do.
 */
export type Bridge = {
  readonly questions: readonly Float32Array[];
  /** Place of each question's answer in `answers`. */
  readonly answerOf: readonly number[];
  readonly answers: readonly Float32Array[];
};

/** Vectors as whole numbers of -127 to 127, one after the other, in base64. */
export type StoredBridge = { readonly questions: string; readonly answerOf: readonly number[]; readonly answers: string };

export const openBridge = ({ answerOf, answers, questions }: StoredBridge): Bridge => ({
  questions: readVectors(questions),
  answerOf,
  answers: readVectors(answers),
});

/** A question's nearest known ones: how near, and which answer they had. */
export type Crossing = readonly { readonly likeness: number; readonly share: number; readonly answer: number }[];

const NEAREST_COUNT = 12;
/** The smaller, the more the very nearest counts; chosen on the tuning clubs. */
const SOFTNESS = 0.05;

export const crossingOf = (vector: Float32Array, { answerOf, questions }: Bridge): Crossing => {
  const nearest = questions
    .map((known, place) => ({ likeness: likeness(vector, known), answer: answerOf[place] ?? 0 }))
    .toSorted((left, right) => right.likeness - left.likeness)
    .slice(0, NEAREST_COUNT);
  const top = nearest[0]?.likeness ?? 0;
  const weights = nearest.map((one) => Math.exp((one.likeness - top) / SOFTNESS));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return nearest.map((one, place) => ({ ...one, share: (weights[place] ?? 0) / sum }));
};

/** How like the answers at the other end a sentence is: on the whole, and at best. */
export const arrivalOf = (
  vector: Float32Array,
  { bridge, crossing }: { readonly bridge: Bridge; readonly crossing: Crossing },
): readonly [number, number] => {
  const known = answersLike(vector, bridge);
  let whole = 0;
  let best = 0;
  for (const { answer, likeness: near, share } of crossing) {
    const alike = known[answer] ?? 0;
    whole += share * alike;
    best = Math.max(best, Math.min(1, near) * alike);
  }
  return [whole, best];
};

const remembered = new WeakMap<Bridge, WeakMap<Float32Array, Float32Array>>();

/** Sentences stay while questions come and go: their likeness to all answers is kept with them. */
const answersLike = (vector: Float32Array, bridge: Bridge): Float32Array => {
  const bySentence = remembered.get(bridge) ?? new WeakMap<Float32Array, Float32Array>();
  remembered.set(bridge, bySentence);
  const known = bySentence.get(vector) ?? Float32Array.from(bridge.answers.map((answer) => likeness(vector, answer)));
  bySentence.set(vector, known);
  return known;
};
