import { type Claim, readClaims } from "./claims.ts";
import { supportOf } from "./fact-lock.ts";

/** Whether a translation states the same figures as often: an amount, an hour or a number that differs is a wrong translation. */
export const keepsFigures = (original: string, translation: string): boolean =>
  figuresOf(original).join() === figuresOf(translation).join();

const figuresOf = (text: string): readonly string[] =>
  (text.normalize("NFKC").match(/\d+/g) ?? []).map((figure) => figure.replace(/^0+(?=\d)/, "")).toSorted();

/** Links, e-mail addresses and telephone numbers are addresses: none is added, changed or lost. */
export const keepsLinks = (original: string, translation: string): boolean =>
  claimsOf(original, ADDRESSES).join() === claimsOf(translation, ADDRESSES).join();

const ADDRESSES: ReadonlySet<Claim["kind"]> = new Set(["link", "phone"]);

const claimsOf = (text: string, kinds: ReadonlySet<Claim["kind"]>): readonly string[] =>
  readClaims(text)
    .flatMap(({ kind, values }) => (kinds.has(kind) ? values : []))
    .toSorted();

/** Languages whose days, hours and prices can be read and compared. */
const READ_LANGUAGES: ReadonlySet<string> = new Set(["en", "es"]);
const COMPARED: ReadonlySet<Claim["kind"]> = new Set(["money", "percent", "date", "time", "weekday"]);

/** Whether a translation names an hour, a day, a price or a share that the original does not: seven in the evening for seven in the morning. */
export const statesOtherwise = (original: string, translation: string, language: string): boolean => {
  const support = supportOf([original]);
  return (
    READ_LANGUAGES.has(language) &&
    readClaims(translation).some(({ kind, values }) => COMPARED.has(kind) && !values.some((value) => support.has(value)))
  );
};
