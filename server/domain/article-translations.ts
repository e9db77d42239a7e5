import { z } from "zod";

import { splitSentences } from "./sentences.ts";
import { keepsFigures, keepsLinks, statesOtherwise } from "./translation-checks.ts";

/** BCP 47 tags of what Spotter answers in by itself; the model answers in others. */
export const TRANSLATED_LANGUAGES = ["en", "es"] as const;
export type TranslatedLanguage = (typeof TRANSLATED_LANGUAGES)[number];

/** Chosen by us: an article of a dozen sentences in as many languages as a club may answer in. */
export const TRANSLATION_BOUNDS = { maxCount: 300, textMaxCharacters: 1_000, sentenceMaxCharacters: 8_000 } as const;

/**
 * One sentence of an article in another language, as somebody approved it. It belongs to the words of the sentence: once those change
 * nothing is said by it any more, so that a new price is never told with the old one in another language.
 */
export const SentenceTranslation = z
  .object({
    language: z.enum(TRANSLATED_LANGUAGES),
    /** As it stands in the body. */
    sentence: z.string().min(1).max(TRANSLATION_BOUNDS.sentenceMaxCharacters),
    text: z
      .string()
      .trim()
      .min(1, "write the translation")
      .max(TRANSLATION_BOUNDS.textMaxCharacters, `a translated sentence may have ${TRANSLATION_BOUNDS.textMaxCharacters} characters`),
  })
  .refine(({ sentence, text }) => keepsFigures(sentence, text), { error: "its numbers are not those of the sentence", path: ["text"] })
  .refine(({ sentence, text }) => keepsLinks(sentence, text), {
    error: "its links and telephone numbers are not those of the sentence",
    path: ["text"],
  })
  .refine(({ language, sentence, text }) => !statesOtherwise(sentence, text, language), {
    error: "it names an hour, a day or a price that the sentence does not",
    path: ["text"],
  });
export type SentenceTranslation = z.infer<typeof SentenceTranslation>;

/** The translations of a row. What cannot be read is left out, so that one bad entry does not silence the article. */
export const translationsOf = (stored: unknown): readonly SentenceTranslation[] =>
  z
    .array(z.unknown())
    .catch([])
    .parse(stored)
    .flatMap((entry) => SentenceTranslation.safeParse(entry).data ?? []);

/** Those whose sentence stands in a text, word for word. */
export const standingIn = (translations: readonly SentenceTranslation[], body: string): readonly SentenceTranslation[] => {
  const standing = new Set(splitSentences(body));
  return translations.filter(({ sentence }) => standing.has(sentence));
};

/** What a sentence is in a language; undefined = nobody has approved that. */
export const translationIn = (
  translations: readonly SentenceTranslation[],
  { language, sentence }: { readonly language: string; readonly sentence: string },
): string | undefined => translations.find((one) => one.language === language && one.sentence === sentence)?.text;

/** Sentences that are translated twice into one language. */
export const doubledIn = (translations: readonly SentenceTranslation[]): readonly string[] => {
  const seen = new Set<string>();
  return translations.flatMap(({ language, sentence }) => {
    const key = `${language} ${sentence}`;
    const isDouble = seen.has(key);
    seen.add(key);
    return isDouble ? [sentence] : [];
  });
};
