import { type Example, plain } from "./corpus.ts";

/** From this share of common words on, two longer messages are one wording. */
const COMMON_SHARE = 0.75;
/** Shorter messages count as one wording only when they are the same. */
const COMPARED_MIN_WORDS = 4;

/** Training messages that also stand in the held-back part, word for word or nearly, would make its figures flatter us. */
export const withoutResembling = (training: readonly Example[], heldBack: readonly Example[]): readonly Example[] => {
  const same = new Set(heldBack.map(({ text }) => plain(text)));
  const wordings = heldBack.map(({ text }) => new Set(plain(text).split(" "))).filter(({ size }) => size >= COMPARED_MIN_WORDS);
  return training.filter(({ text }) => {
    const words = new Set(plain(text).split(" "));
    return (
      !same.has(plain(text)) && (words.size < COMPARED_MIN_WORDS || !wordings.some((other) => commonShare(words, other) >= COMMON_SHARE))
    );
  });
};

const commonShare = (left: ReadonlySet<string>, right: ReadonlySet<string>): number => {
  const common = left.intersection(right).size;
  return common / (left.size + right.size - common);
};
