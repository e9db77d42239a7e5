import { encode } from "#server/platform/sentence-encoder.ts";
import { ENCODED_LANGUAGE, type Features, featuresOf, type ReadText, readText } from "#server/understanding/features.ts";
import type { Example } from "./corpus.ts";

/** A labelled message with everything the weights see of it. */
export type Sample = Example & { readonly vector: Float32Array | null; readonly read: ReadText; readonly features: Features };

const BATCH_SIZE = 32;
const known = new Map<string, Float32Array>();

/** Encodes what was not encoded before in this process, and reads the rest. */
export const samplesOf = async (examples: readonly Example[]): Promise<readonly Sample[]> => {
  const reads = examples.map(({ text }) => readText(text));
  const missing = [
    ...new Set(examples.flatMap(({ text }, row) => (reads[row]?.language === ENCODED_LANGUAGE && !known.has(text) ? [text] : []))),
  ];
  for (let at = 0; at < missing.length; at += BATCH_SIZE) {
    const batch = missing.slice(at, at + BATCH_SIZE);
    const vectors = await encode(batch);
    batch.forEach((text, row) => known.set(text, vectors[row] ?? new Float32Array()));
  }
  return examples.map((example, row) => {
    const read = reads[row] ?? readText(example.text);
    const vector = read.language === ENCODED_LANGUAGE ? (known.get(example.text) ?? null) : null;
    return { ...example, vector, read, features: featuresOf({ text: example.text, clubAsked: example.clubAsked, vector }, read) };
  });
};
