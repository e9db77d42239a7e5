/**
 * Sentence vectors: texts in, one vector of `VECTOR_LENGTH` numbers and length 1 each, in the same order. Texts that
 * mean the same point the same way, whatever their words. Made for English: other languages need more than vectors.
 */
export type Encode = (texts: readonly string[]) => Promise<readonly Float32Array[]>;

/** Of the Universal Sentence Encoder, lite (Cer et al. 2018). */
export const VECTOR_LENGTH = 512;

/** Cosine of two vectors of length 1: 1 = same meaning, 0 = nothing in common. */
export const likeness = (left: Float32Array, right: Float32Array): number => {
  let sum = 0;
  // By index: a question is compared with thousands of vectors, and an iterator takes ten times as long.
  for (let index = 0; index < left.length; index += 1) {
    sum += (left[index] ?? 0) * (right[index] ?? 0);
  }
  return sum;
};

const STEP_COUNT = 127;
/** Components of vectors of length 1 are small: the largest seen is below this. */
const LARGEST = 0.25;

/** Vectors one after the other, each number in a byte, as base64. */
export const writeVectors = (vectors: readonly Float32Array[]): string => {
  const bytes = Int8Array.from(
    vectors.flatMap((vector) =>
      [...vector].map((value) => Math.round((Math.max(-LARGEST, Math.min(LARGEST, value)) / LARGEST) * STEP_COUNT)),
    ),
  );
  return btoa(Array.from(new Uint8Array(bytes.buffer), (byte) => String.fromCharCode(byte)).join(""));
};

export const readVectors = (text: string): readonly Float32Array[] => {
  const bytes = atob(text);
  return Array.from({ length: bytes.length / VECTOR_LENGTH }, (_, row) =>
    Float32Array.from(
      { length: VECTOR_LENGTH },
      (_value, place) => (((bytes.charCodeAt(row * VECTOR_LENGTH + place) << 24) >> 24) / STEP_COUNT) * LARGEST,
    ),
  );
};
