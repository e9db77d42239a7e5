import { detectLanguage } from "../language.ts";
import { tokenize } from "../tokens.ts";
import { inEnglish } from "./in-english.ts";

/** One that two languages share tells neither. */
const SHARED = "no";

/** BCP 47 tag of the language a text of a club or of a member is most likely in. */
export const languageOf = (text: string): string =>
  detectLanguage(
    text,
    tokenize(text).flatMap(({ word }) => (word === SHARED ? [] : [word])),
  );

export const isEnglish = (text: string): boolean => languageOf(text) === "en";

/** Questions, sentences and what is known to be asked are compared in English; what nobody turned into it stays as it is. */
export const asCompared = (text: string, language = languageOf(text)): string => (language === "es" ? inEnglish(text) : text);
