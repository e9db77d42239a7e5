import { guessLanguage } from "./language-guess.ts";

const NAMES = new Intl.DisplayNames("en-US", { type: "language" });

/** `es` is "Spanish". */
export const languageName = (tag: string): string => NAMES.of(tag) ?? tag;

/** The language to show a text in, for staff who read `staffLanguage`; null where it is theirs already or nobody can tell. */
export const foreignLanguage = (text: string, staffLanguage: string): string | null => {
  const language = guessLanguage(text);
  return language === null || language === staffLanguage ? null : language;
};

/** Whether a translation states the same figures as often: an amount, an hour or a number that differs is a wrong translation. */
export const keepsFigures = (original: string, translation: string): boolean =>
  figuresOf(original).join() === figuresOf(translation).join();

const figuresOf = (text: string): readonly string[] =>
  (text.normalize("NFKC").match(/\d+/g) ?? []).map((figure) => figure.replace(/^0+(?=\d)/, "")).toSorted();

/** Links are addresses: none is added, changed or lost. */
export const keepsLinks = (original: string, translation: string): boolean => linksOf(original).join() === linksOf(translation).join();

const linksOf = (text: string): readonly string[] => (text.match(/\bhttps?:\/\/\S+|\bwww\.\S+/gi) ?? []).toSorted();
