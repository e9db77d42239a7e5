/**
 * One spelling of a place to compare by: `Bay #03`, `bay 3` and, where bays are meant, `3` are the same.
 * `null` for a place without a letter or figure.
 */
export const placeKey = (place: string): string | null => {
  const words = place
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .replaceAll(/(\p{L})(\p{N})/gu, "$1 $2")
    .replaceAll(/(?<!\p{N})0+(?=\p{N})/gu, "")
    .trim();
  return words === "" ? null : words.replace(/^(?=\p{N}+$)/u, "bay ");
};
