import { KNOWN_STEMS } from "./lexicon.ts";
import SPANISH from "./lexicon/spanish.json" with { type: "json" };
import { stem } from "./stems.ts";

/** Longest phrase of the table, in words. */
const PHRASE_MAX_WORDS = 5;

/** Texts are looked at up to here, as everywhere in understanding. */
const TEXT_MAX_CHARACTERS = 4_000;

/** By what an American would text in their place; under the empty one stand words that are dropped. Without accents, in small letters. */
const PHRASES: ReadonlyMap<string, string> = new Map(
  Object.entries(SPANISH).flatMap(([english, phrases]) => phrases.split(", ").map((phrase) => [phrase, english] as const)),
);

/** `before`: what stands between it and the word before. */
type Word = { readonly word: string; readonly before: string; readonly end: number };

/**
 * A Spanish text in rough English, phrase by phrase and the longest first, so that it can be compared with English ones. What the table does
 * not know stays as it is: names, figures and words that are the same in both languages. Nobody is ever shown it.
 */
export const inEnglish = (written: string): string => {
  const text = withDays(written.slice(0, TEXT_MAX_CHARACTERS));
  const words = wordsOf(text);
  let english = "";
  for (let place = 0; place < words.length;) {
    const count = Math.max(1, phraseLength(words, place));
    const phrase = joined(words.slice(place, place + count));
    english += `${words[place]?.before ?? ""}${PHRASES.get(phrase) ?? phrase}`;
    place += count;
  }
  return `${english}${text.slice(words.at(-1)?.end ?? 0)}`
    .replaceAll(/[¿¡]/g, "")
    .replaceAll(/ +(?=[?!.,;: ]|$)/g, "")
    .trim();
};

/** Words of a Spanish text that neither the table nor the club knows, by their stems: they may be the very thing that is asked. */
export const unreadIn = (text: string, known: ReadonlySet<string>): readonly string[] =>
  wordsOf(text.slice(0, TEXT_MAX_CHARACTERS))
    .map(({ word }) => word)
    .filter((word) => word.length > SHORT_MAX_LETTERS && !/\d/.test(word) && !SINGLE.has(word))
    .filter((word) => !known.has(stem(word)) && !KNOWN_STEMS.has(stem(word)));

/** Shorter ones are letters of text-speak. */
const SHORT_MAX_LETTERS = 2;

/** Words that stand in the table, by themselves or in a phrase. */
const SINGLE: ReadonlySet<string> = new Set([...PHRASES.keys()].flatMap((phrase) => phrase.split(" ")));

const MONTHS: Readonly<Record<string, string>> = {
  enero: "january",
  febrero: "february",
  marzo: "march",
  abril: "april",
  mayo: "may",
  junio: "june",
  julio: "july",
  agosto: "august",
  septiembre: "september",
  setiembre: "september",
  octubre: "october",
  noviembre: "november",
  diciembre: "december",
};
const DATE = new RegExp(String.raw`\b(\d{1,2})(?: de)? (${Object.keys(MONTHS).join("|")})\b`, "gi");
const DAY_OF_MONTH =
  /\b(el|del|este|d[ií]a|para el)((?: (?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo))?) (\d{1,2})(?! ?(?:[:%$\d]|am\b|pm\b|a\.m|p\.m|horas?\b|hrs?\b))\b/gi;

/** "5 de mayo" is a date, and "el 24" the twenty-fourth and no figure. */
const withDays = (text: string): string =>
  text
    .replaceAll(DATE, (_, day: string, month: string) => `${MONTHS[month.toLowerCase()] ?? month} ${day}`)
    .replaceAll(DAY_OF_MONTH, "$1$2 $3th");

const WORD = /[\p{L}\p{M}]+|\p{N}+(?:[.:,]\p{N}+)*(?:th\b)?/gu;

/** Words without their accents. */
const wordsOf = (text: string): readonly Word[] => {
  let end = 0;
  return [...text.matchAll(WORD)].map(({ 0: written, index }) => {
    const before = text.slice(end, index);
    end = index + written.length;
    return { word: written.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase(), before, end };
  });
};

const joined = (words: readonly Word[]): string => words.map(({ word }) => word).join(" ");

/** In words; 0 = no phrase begins here. Words of one phrase have nothing but blanks between them. */
const phraseLength = (words: readonly Word[], place: number): number => {
  for (let length = Math.min(PHRASE_MAX_WORDS, words.length - place); length > 0; length -= 1) {
    const part = words.slice(place, place + length);
    if (PHRASES.has(joined(part)) && part.every(({ before }, at) => at === 0 || /^ +$/.test(before))) {
      return length;
    }
  }
  return 0;
};
