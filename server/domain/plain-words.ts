/**
 * The words of a text in the form phrases are matched against: lower case, without accents, apostrophes closed up
 * ("don't" = "dont"), every other mark a blank. `¿Pueden PARAR?` gives `pueden parar`.
 */
export const plainWords = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/['’‘`´]/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

/** Whether any of the patterns is found in words prepared by `plainWords`. */
export const matchesAny = (words: string, patterns: readonly RegExp[]): boolean => patterns.some((pattern) => pattern.test(words));

/** The words around which a pattern was found, for showing why; `null` when none was. */
export const firstMatch = (words: string, patterns: readonly RegExp[]): string | null => {
  for (const pattern of patterns) {
    const match = pattern.exec(words);
    if (match !== null) {
      return match[0].trim();
    }
  }
  return null;
};
