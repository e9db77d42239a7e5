"use client";

import { useId } from "react";
import { useFormContext } from "react-hook-form";

import type { ArticleDetail } from "#components/knowledge/knowledge-types.ts";
import { TranslateArticle } from "#components/knowledge/translate-article.tsx";
import { useTranslations } from "#components/knowledge/use-translations.ts";
import { sentenceOf } from "#components/lib/sentence-of.ts";
import { Button } from "#components/ui/button.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import type { TranslatedLanguage } from "#server/domain/article-translations.ts";
import type { ArticleContent } from "#server/domain/knowledge.ts";
import { languageName } from "#server/domain/translation.ts";

type TranslationFieldsProps = {
  /** `null` = it is not stored yet. */
  readonly stored: Pick<ArticleDetail, "id" | "otherLanguages"> | null;
  readonly onTouch?: (() => void) | undefined;
};

/** Each sentence of the text in the other languages the club answers in. */
export const TranslationFields = ({ stored, onTouch }: TranslationFieldsProps) => {
  const { formState, getValues } = useFormContext<ArticleContent>();
  const problem = formState.errors.translations?.message ?? formState.errors.translations?.root?.message;
  if (stored === null) {
    return null;
  }
  // What was translated before the club took a language out of its settings can still be seen and taken out.
  const languages = [...new Set([...stored.otherLanguages, ...getValues("translations").map(({ language }) => language)])];
  return languages.length === 0 ? null : (
    <div className="flex flex-col gap-3">
      {languages.map((language) => (
        <Language key={language} language={language} stored={stored} onTouch={onTouch} />
      ))}
      {problem === undefined ? null : <p className="text-xs text-bad-ink">{sentenceOf(problem)}</p>}
    </div>
  );
};

type LanguageProps = {
  readonly language: TranslatedLanguage;
  readonly stored: Pick<ArticleDetail, "id" | "otherLanguages">;
  readonly onTouch: (() => void) | undefined;
};

const Language = ({ language, onTouch, stored }: LanguageProps) => {
  const { gone, removeGone, sentences, suggest, suggestedCount, translatedCount, writeAt } = useTranslations(language, onTouch);
  const name = languageName(language);
  const isAnswered = stored.otherLanguages.includes(language);
  return (
    <section aria-label={`In ${name}`} className="flex flex-col gap-2">
      <p className="text-sm font-semibold">
        In {name}{" "}
        <span className="font-normal text-ink-3">
          {translatedCount} of {sentences.length} {sentences.length === 1 ? "sentence" : "sentences"}
        </span>
      </p>
      <p className="text-xs text-ink-3">
        Whoever asks in {name} is told these words at once, as they stand here. A sentence that changes in the text has to be translated
        anew.
      </p>
      {sentences.length === 0 || !isAnswered ? null : (
        <TranslateArticle article={stored} language={language} suggestedCount={suggestedCount} onTranslated={suggest} />
      )}
      {gone.length === 0 ? null : <Gone language={language} translations={gone} onRemove={removeGone} />}
      <ul className="flex flex-col gap-2">
        {sentences.map((one) => (
          <Sentence key={one.sentence} {...one} language={language} onText={(text) => writeAt(one.sentence, text)} />
        ))}
      </ul>
    </section>
  );
};

type SentenceProps = ReturnType<typeof useTranslations>["sentences"][number] & {
  readonly language: string;
  readonly onText: (text: string) => void;
};

const Sentence = ({ error, isSuggested, language, onText, sentence, text }: SentenceProps) => {
  const id = useId();
  const about = [isSuggested ? `${id}-suggested` : "", error === undefined ? "" : `${id}-error`].filter((part) => part !== "").join(" ");
  return (
    <li className="flex flex-col gap-1.5 rounded-card border border-line p-3">
      <label htmlFor={id} className="text-sm break-words text-ink-2">
        <span className="sr-only">In {languageName(language)}: </span>
        {sentence}
      </label>
      <TextArea
        id={id}
        lang={language}
        value={text}
        aria-invalid={error !== undefined}
        aria-describedby={about === "" ? undefined : about}
        onChange={(event) => onText(event.target.value)}
      />
      {isSuggested ? (
        <p id={`${id}-suggested`} className="flex items-center gap-1.5 text-xs text-spotter-ink">
          <SpotterGlyph className="size-3.5" />
          Translated by Spotter, not saved yet
        </p>
      ) : null}
      {error === undefined ? null : (
        <p id={`${id}-error`} className="text-xs text-bad-ink">
          {sentenceOf(error)}
        </p>
      )}
    </li>
  );
};

type GoneProps = {
  readonly language: string;
  readonly translations: ReturnType<typeof useTranslations>["gone"];
  readonly onRemove: () => void;
};

/** Translations whose sentence was changed or taken out, with what they were of, to be used again by hand. */
const Gone = ({ language, onRemove, translations }: GoneProps) => (
  <div className="flex flex-col gap-2 rounded-card border border-line bg-warn-tint p-3 text-sm text-warn-ink">
    <p>
      {translations.length === 1 ? "The sentence behind this translation" : "The sentences behind these translations"} no longer{" "}
      {translations.length === 1 ? "stands" : "stand"} in the text. Spotter does not use {translations.length === 1 ? "it" : "them"}:
    </p>
    <ul aria-label="Translations of sentences that are gone" className="list-disc pl-5">
      {translations.map(({ error, sentence, text }) => (
        <li key={sentence} className="break-words">
          <span lang={language}>{text}</span> (was: {sentence})
          {error === undefined ? null : <span className="text-bad-ink"> {sentenceOf(error)}</span>}
        </li>
      ))}
    </ul>
    <Button size="sm" kind="quiet" onClick={onRemove} className="self-start">
      Remove {translations.length === 1 ? "it" : "them"}
    </Button>
  </div>
);
