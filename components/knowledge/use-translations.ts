"use client";

import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";

import {
  type SentenceTranslation,
  standingIn,
  TRANSLATION_BOUNDS,
  type TranslatedLanguage,
  translationIn,
} from "#server/domain/article-translations.ts";
import type { ArticleContent } from "#server/domain/knowledge.ts";
import { splitSentences } from "#server/domain/sentences.ts";

const keyOf = ({ language, sentence, text }: SentenceTranslation): string => JSON.stringify([language, sentence, text]);

/** The sentences of the article in the form in one other language, and which of them nobody has saved or written yet. */
export const useTranslations = (language: TranslatedLanguage, onTouch: (() => void) | undefined) => {
  const { control, formState, getValues, setValue } = useFormContext<ArticleContent>();
  const [body, translations] = useWatch({ control, name: ["body", "translations"] });
  const [suggestedKeys, setSuggestedKeys] = useState<ReadonlySet<string>>(new Set());
  const { translations: errors } = formState.errors;
  const own = translations.filter((one) => one.language === language);
  const standing = standingIn(own, body);
  const errorOf = (sentence: string): string | undefined => {
    const place = translations.findIndex((one) => one.language === language && one.sentence === sentence);
    return place < 0 ? undefined : errors?.[place]?.text?.message;
  };
  // What stands in the form now, which may be newer than what is shown.
  const write = (next: (now: ArticleContent) => readonly SentenceTranslation[]): void => {
    onTouch?.();
    setValue("translations", [...next(getValues())], { shouldDirty: true, shouldValidate: formState.isSubmitted || errors !== undefined });
  };
  return {
    sentences: [...new Set(splitSentences(body))].map((sentence) => ({
      sentence,
      text: translationIn(own, { language, sentence }) ?? "",
      isSuggested: standing.some((one) => one.sentence === sentence && suggestedKeys.has(keyOf(one))),
      error: errorOf(sentence),
    })),
    gone: own.filter((one) => !standing.includes(one)).map((one) => ({ ...one, error: errorOf(one.sentence) })),
    translatedCount: standing.length,
    suggestedCount: standing.filter((one) => suggestedKeys.has(keyOf(one))).length,
    /** An empty text is no translation. Others stay where they are, and so do their errors. */
    writeAt: (sentence: string, text: string): void =>
      write((now) => {
        const isWritten = (one: SentenceTranslation): boolean => one.language === language && one.sentence === sentence;
        const written = { language, sentence, text };
        return text.trim() === ""
          ? now.translations.filter((one) => !isWritten(one))
          : now.translations.some(isWritten)
            ? now.translations.map((one) => (isWritten(one) ? written : one))
            : [...now.translations, written];
      }),
    removeGone: (): void =>
      write((now) => {
        const kept = standingIn(now.translations, now.body);
        return now.translations.filter((one) => one.language !== language || kept.includes(one));
      }),
    /** Those whose sentence was changed or translated by somebody meanwhile are left out, and what an article may not carry. */
    suggest: (found: readonly SentenceTranslation[]): void => {
      const now = getValues();
      const fresh = standingIn(found, now.body)
        .filter((one) => translationIn(now.translations, one) === undefined)
        .slice(0, Math.max(0, TRANSLATION_BOUNDS.maxCount - now.translations.length));
      setSuggestedKeys((before) => new Set([...before, ...fresh.map(keyOf)]));
      write(() => [...now.translations, ...fresh]);
    },
  };
};
