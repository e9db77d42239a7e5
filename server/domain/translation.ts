import { guessLanguage } from "./language-guess.ts";

const NAMES = new Intl.DisplayNames("en-US", { type: "language" });

/** `es` is "Spanish". */
export const languageName = (tag: string): string => NAMES.of(tag) ?? tag;

/** The language to show a text in, for staff who read `staffLanguage`; null where it is theirs already or nobody can tell. */
export const foreignLanguage = (text: string, staffLanguage: string): string | null => {
  const language = guessLanguage(text);
  return language === null || language === staffLanguage ? null : language;
};
