/** More words than anybody types to find one message. */
const MAX_WORDS = 8;
/** What stands before the first word found, and the whole excerpt: one line of the list. */
const LEAD_CHARACTERS = 24;
const EXCERPT_CHARACTERS = 120;

/** The words of a search: letters and figures only, lower case, each once. The index cuts its texts in the same way. */
export const searchWords = (search: string): readonly string[] => [
  ...new Set((search.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MAX_WORDS)),
];

/** A line of a text around the first of the words that begins a word in it; its beginning where none does. */
export const excerptAround = (text: string, words: readonly string[]): string => {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  const lower = line.toLowerCase();
  // Lower case can be longer than the text, as with a dotted capital I; such a text is shown from its beginning.
  const places = lower.length === line.length ? words.map((word) => placeOf(lower, word)).filter((place) => place !== -1) : [];
  const start = Math.max(0, Math.min(...places, line.length) - LEAD_CHARACTERS);
  const from = places.length === 0 || start === 0 ? 0 : line.indexOf(" ", start) + 1;
  const cut = line.slice(from, from + EXCERPT_CHARACTERS);
  return `${from > 0 ? "…" : ""}${cut}${from + cut.length < line.length ? "…" : ""}`;
};

const placeOf = (lower: string, word: string): number => {
  for (let at = lower.indexOf(word); at !== -1; at = lower.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(lower.charAt(at - 1))) {
      return at;
    }
  }
  return -1;
};
