/** A pattern over the line of words (see `lineOf`) and how strongly it speaks for what it stands under. */
export type Cue = { readonly weight: number; readonly pattern: RegExp };

/**
 * Patterns are written in the words of members. ` .. ` stands for up to five words in between (one to five at the end), `*` for any
 * ending of a word (so it is no quantifier here, write `{0,3}`), `^` and `$` for the beginning and the end of the message; the rest is a regular expression.
 */
export const cue = (weight: number, ...phrases: readonly string[]): Cue => ({
  weight,
  pattern: new RegExp(phrases.map(toSource).join("|")),
});

const toSource = (phrase: string): string => {
  const body = phrase
    .replace(/^\^/, "")
    .replace(/(?<!\\)\$$/, "")
    .replace(/ \.\. $/, "(?: [^ ]+){1,5}")
    .replaceAll(" .. ", "(?: [^ ]+){0,5} ")
    .replaceAll("*", "[a-z]*");
  const start = phrase.startsWith("^") ? "(?<=^ )" : "(?<= )";
  const end = /(?<!\\)\$$/.test(phrase) ? "(?=(?: [!?$])* $)" : "(?= )";
  return `${start}(?:${body})${end}`;
};
