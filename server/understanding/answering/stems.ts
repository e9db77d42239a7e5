import { tokenize } from "../tokens.ts";

/** The words of a text, lower case, in order; marks other than letters and figures are left out. */
export const plainWordsOf = (text: string): readonly string[] =>
  tokenize(text)
    .flatMap(({ word }) => word.split(" "))
    .filter((word) => /[\p{L}\p{N}]/u.test(word));

/** The words of a text without endings, in order. */
export const stemsOf = (text: string): readonly string[] => plainWordsOf(text).map(stem);

/** The same for all forms of a word that matter here: "closes", "closed" and "closing" are one. */
export const stem = (word: string): string => {
  if (word.length < 4 || /\d/.test(word)) {
    return word.replace(/(?<=[a-z]{2})s$/, "");
  }
  const singular = word.endsWith("ies") ? `${word.slice(0, -3)}y` : word.replace(/(?<=(ss|sh|ch|x|z))es$/, "").replace(/(?<![su])s$/, "");
  const bare = singular.replace(/(?<=[aeiouy].*[a-z])(ing|ed)$/, "");
  return (bare.length < 3 ? singular : bare === singular ? bare : bare.replace(/([bdgmnprt])\1$/, "$1")).replace(/(?<=.{3})e$/, "");
};
