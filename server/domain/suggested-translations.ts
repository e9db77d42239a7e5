import { SentenceTranslation, type TranslatedLanguage, translationIn } from "./article-translations.ts";
import { guessLanguage } from "./language-guess.ts";
import { splitSentences } from "./sentences.ts";
import type { NumberedSentence } from "./suggested-questions.ts";
import { stripInvisible } from "./text.ts";

/** Chosen by us: what one answer of a model holds, and a person reads through at once. */
export const TRANSLATION_ROUND_MAX_COUNT = 20;

type Text = { readonly body: string; readonly language: string; readonly translations: readonly SentenceTranslation[] };

/** The sentences of a text that are not in a language yet, each with its place in the text from 1 on, and how many are left for another round. */
export const sentencesToTranslate = ({
  body,
  language,
  translations,
}: Text): { readonly sentences: readonly NumberedSentence[]; readonly leftCount: number } => {
  const open = [...new Set(splitSentences(body))]
    .map((text, place) => ({ number: place + 1, text }))
    .filter(({ text }) => translationIn(translations, { language, sentence: text }) === undefined);
  return { sentences: open.slice(0, TRANSLATION_ROUND_MAX_COUNT), leftCount: Math.max(0, open.length - TRANSLATION_ROUND_MAX_COUNT) };
};

/** What somebody proposes who is not trusted: a sentence by its number with what it is in the other language. */
export type ProposedTranslations = readonly { readonly number: number; readonly text: string }[];

type Given = { readonly language: TranslatedLanguage; readonly sentences: readonly NumberedSentence[] };

/**
 * What of a proposal may be shown: one translation of each sentence that was asked for, in the language, that an article may be saved with.
 */
export const usableTranslations = (proposed: ProposedTranslations, { language, sentences }: Given): readonly SentenceTranslation[] =>
  sentences.flatMap(({ number, text: sentence }) => {
    const [found, ...others] = proposed.filter((one) => one.number === number);
    const text = stripInvisible(found?.text ?? "")
      .replaceAll(/\s+/gu, " ")
      .trim();
    const translation = SentenceTranslation.safeParse({ language, sentence, text });
    const isUsable = others.length === 0 && text !== sentence && (guessLanguage(text) ?? language) === language;
    return isUsable && translation.success ? [translation.data] : [];
  });
