import { hash } from "../features.ts";
import { conceptsIn } from "./read-words.ts";
import { stemsOf } from "./stems.ts";

/**
 * A second meaning of texts, beside the encoder's: what a question of a gym's member and a sentence that answers it have in common.
 * Trained by `npm run train:answers` on questions and statements by topic; the words "plus one" and "guests pay $15" come to lie together,
 * though nobody who reads newspapers would say so.
 */
export type Towers = {
  readonly size: number;
  /** `size` rows of `VECTOR_LENGTH` numbers, one after the other. */
  readonly dense: Float32Array;
  /** A row of `size` numbers for each bucket of words. */
  readonly words: Float32Array;
  /** Where the questions of each topic lie on average, and where what is said of it lies; rows of `size` numbers. */
  readonly questions: Float32Array;
  readonly statements: Float32Array;
};

/** Weights as whole numbers of -127 to 127 in base64, with the number that 127 stands for. */
export type StoredTowers = {
  readonly size: number;
  readonly dense: string;
  readonly denseLargest: number;
  readonly words: string;
  readonly wordsLargest: number;
  readonly questions: string;
  readonly statements: string;
};

export const BUCKET_COUNT = 1 << 13;
const STEP_COUNT = 127;

export const openTowers = ({ dense, denseLargest, questions, size, statements, words, wordsLargest }: StoredTowers): Towers => ({
  size,
  dense: openNumbers(dense, denseLargest),
  words: openNumbers(words, wordsLargest),
  questions: openNumbers(questions, 1),
  statements: openNumbers(statements, 1),
});

const openNumbers = (text: string, largest: number): Float32Array => {
  const bytes = atob(text);
  return Float32Array.from({ length: bytes.length }, (_, place) => (((bytes.charCodeAt(place) << 24) >> 24) / STEP_COUNT) * largest);
};

export const storeTowers = ({ dense, questions, size, statements, words }: Towers): StoredTowers => {
  const [denseLargest, wordsLargest] = [largestOf(dense), largestOf(words)];
  return {
    size,
    dense: storeNumbers(dense, denseLargest),
    denseLargest,
    words: storeNumbers(words, wordsLargest),
    wordsLargest,
    questions: storeNumbers(questions, 1),
    statements: storeNumbers(statements, 1),
  };
};

const largestOf = (values: Float32Array): number => values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-6);

const storeNumbers = (values: Float32Array, largest: number): string => {
  let text = "";
  for (const value of values) {
    text += String.fromCharCode(Math.round((value / largest) * STEP_COUNT) & 0xff);
  }
  return btoa(text);
};

/** The words of a text as buckets: single words, neighbours, and what the lexicon calls them. */
export const bucketsOf = (text: string): readonly number[] => {
  const stems = stemsOf(text);
  const keys = new Set([
    ...stems.map((stem) => `w ${stem}`),
    ...stems.slice(1).map((stem, place) => `b ${stems[place]} ${stem}`),
    ...[...conceptsIn(text)].map((concept) => `c ${concept}`),
  ]);
  return [...keys].map((key) => hash(key) % BUCKET_COUNT);
};

/** A text in the space of the towers, of length 1. @param vector the encoder's meaning of the text */
export const project = (
  { text, vector }: { readonly text: string; readonly vector: Float32Array },
  { dense, size, words }: Pick<Towers, "dense" | "size" | "words">,
): Float32Array => {
  const buckets = bucketsOf(text);
  const projected = new Float32Array(size);
  const share = 1 / Math.sqrt(Math.max(1, buckets.length));
  for (let row = 0; row < size; row += 1) {
    let sum = 0;
    for (let place = 0; place < vector.length; place += 1) {
      sum += (dense[row * vector.length + place] ?? 0) * (vector[place] ?? 0);
    }
    for (const bucket of buckets) {
      sum += share * (words[bucket * size + row] ?? 0);
    }
    projected[row] = sum;
  }
  const length = Math.hypot(...projected) || 1;
  return projected.map((value) => value / length);
};

/** The smaller, the more a text is of one topic only; chosen on the tuning clubs. */
const TOPIC_SOFTNESS = 0.1;

/** The chance of each topic that a projected text is of it; `topics` are those of questions or of statements. */
export const topicsOf = (projected: Float32Array, topics: Float32Array): Float32Array => {
  const size = projected.length;
  const chances = Float32Array.from({ length: topics.length / size }, (_, topic) => {
    let alike = 0;
    for (let place = 0; place < size; place += 1) {
      alike += (projected[place] ?? 0) * (topics[topic * size + place] ?? 0);
    }
    return Math.exp((alike - 1) / TOPIC_SOFTNESS);
  });
  const sum = chances.reduce((total, chance) => total + chance, 0) || 1;
  return chances.map((chance) => chance / sum);
};

/** How far two texts are of the same topics, 0..1. */
export const topicsShared = (left: Float32Array, right: Float32Array): number => {
  let shared = 0;
  for (let topic = 0; topic < left.length; topic += 1) {
    shared += Math.sqrt((left[topic] ?? 0) * (right[topic] ?? 0));
  }
  return shared;
};

/** Topics that a text is most of, with the square roots of their chances. */
export type MainTopics = { readonly places: Uint16Array; readonly roots: Float32Array };

const MAIN_COUNT = 12;

export const mainTopicsOf = (topics: Float32Array): MainTopics => {
  const places = [...topics.keys()].toSorted((left, right) => (topics[right] ?? 0) - (topics[left] ?? 0)).slice(0, MAIN_COUNT);
  return { places: Uint16Array.from(places), roots: Float32Array.from(places, (place) => Math.sqrt(topics[place] ?? 0)) };
};

/** `topicsShared` of a text with the main topics of another. */
export const mainTopicsShared = (topics: Float32Array, { places, roots }: MainTopics): number =>
  places.reduce((shared, place, at) => shared + Math.sqrt(topics[place] ?? 0) * (roots[at] ?? 0), 0);
