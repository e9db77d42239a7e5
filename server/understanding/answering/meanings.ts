/** More texts than this are forgotten and learnt anew: 80 MB. */
const MEANINGS_MAX_COUNT = 40_000;

const meanings = new Map<string, Float32Array>();

/** What the encoder makes of texts that many messages are compared with, kept by the process. */
export const meaningOf = (text: string): Float32Array | undefined => meanings.get(text);

export const learnMeanings = (learnt: Iterable<readonly [text: string, vector: Float32Array]>): void => {
  const all = [...learnt];
  if (meanings.size + all.length > MEANINGS_MAX_COUNT) {
    meanings.clear();
  }
  all.forEach(([text, vector]) => meanings.set(text, vector));
};

/** As after a start of the process. */
export const forgetMeanings = (): void => meanings.clear();
