"use client";

import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";

import { type SentenceTranslation, translationIn, translationsIn } from "#server/domain/article-translations.ts";
import type { ArticleContent } from "#server/domain/knowledge.ts";
import { splitSentences } from "#server/domain/sentences.ts";

const keyOf = ({ language, sentence, text }: SentenceTranslation): string => JSON.stringify([language, sentence, text]);

/** The sentences of the article in the form in one other language, and which of them nobody has saved or written yet. */
export const useTranslations = (language: string, onTouch: (() => void) | undefined) => {
  const { control, formState, getValues, setValue } = useFormContext<ArticleContent>();
  const [body, translations] = useWatch({ control, name: ["body", "translations"] });
  const [suggestedKeys, setSuggestedKeys] = useState<ReadonlySet<string>>(new Set());
  const own = translations.filter((one) => one.language === language);
  const standing = translationsIn(own, body);
  const gone = own.filter((one) => !standing.includes(one));
  const write = (next: readonly SentenceTranslation[]): void => {
    onTouch?.();
    setValue("translations", [...next], { shouldDirty: true, shouldValidate: formState.isSubmitted });
  };
  return {
    sentences: [...new Set(splitSentences(body))].map((sentence) => ({
      sentence,
      text: translationIn(own, { language, sentence }) ?? "",
      isSuggested: standing.some((one) => one.sentence === sentence && suggestedKeys.has(keyOf(one))),
      error: errorAt(
        formState.errors.translations,
        translations.findIndex((one) => one.language === language && one.sentence === sentence),
      ),
    })),
    gone,
    translatedCount: standing.length,
    suggestedCount: standing.filter((one) => suggestedKeys.has(keyOf(one))).length,
    /** An empty text is no translation. */
    writeAt: (sentence: string, text: string): void => {
      const others = translations.filter((one) => one.language !== language || one.sentence !== sentence);
      write(text.trim() === "" ? others : [...others, { language, sentence, text }]);
    },
    removeGone: (): void => write(translations.filter((one) => !gone.includes(one))),
    /** Those whose sentence was changed or translated by somebody meanwhile are left out. */
    suggest: (found: readonly SentenceTranslation[]): void => {
      const now = getValues();
      const fresh = translationsIn(found, now.body).filter((one) => translationIn(now.translations, one) === undefined);
      setSuggestedKeys((before) => new Set([...before, ...fresh.map(keyOf)]));
      write([...now.translations, ...fresh]);
    },
  };
};

type Errors = ReturnType<typeof useFormContext<ArticleContent>>["formState"]["errors"]["translations"];

const errorAt = (errors: Errors, place: number): string | undefined => (place < 0 ? undefined : errors?.[place]?.text?.message);
