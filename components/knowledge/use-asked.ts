"use client";

import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";

import { type AskedQuestion, isAskedIn, withSuggested } from "#server/domain/asked-questions.ts";
import type { ArticleContent } from "#server/domain/knowledge.ts";
import { splitSentences } from "#server/domain/sentences.ts";

const keyOf = ({ sentences, text }: AskedQuestion): string => JSON.stringify([text, ...sentences]);

/** The questions of the article in the form: by sentence, and which of them nobody has saved or written yet. */
export const useAsked = (onTouch: (() => void) | undefined) => {
  const { control, formState, getValues, setValue } = useFormContext<ArticleContent>();
  const [body, asked] = useWatch({ control, name: ["body", "asked"] });
  const [suggestedKeys, setSuggestedKeys] = useState<ReadonlySet<string>>(new Set());
  // Counts what was moved to another place, whose lines are then shown anew.
  const [movedCount, setMovedCount] = useState(0);
  const isSuggested = (question: AskedQuestion): boolean => suggestedKeys.has(keyOf(question));
  const gone = asked.filter((question) => !isAskedIn(question, body));
  const write = (next: readonly AskedQuestion[]): void => {
    onTouch?.();
    setValue("asked", [...next], { shouldDirty: true, shouldValidate: formState.isSubmitted });
  };
  /** A question that several sentences answer together stands with the first of them; `null` = nothing answers it. */
  const standing = (sentence: string | null): readonly AskedQuestion[] =>
    asked.filter((question) => (question.sentences[0] ?? null) === sentence && isAskedIn(question, body));
  return {
    body,
    sentences: [...new Set(splitSentences(body))],
    gone,
    movedCount,
    suggestedCount: asked.filter(isSuggested).length,
    writtenAt: (sentence: string | null) => standing(sentence).filter((question) => !isSuggested(question)),
    suggestedAt: (sentence: string | null) => standing(sentence).filter(isSuggested),
    writeLines: (sentence: string | null, lines: readonly string[]): void => {
      const own = standing(sentence).filter((question) => !isSuggested(question));
      const typed = lines.map(
        (text) => own.find((question) => question.text === text) ?? { text, sentences: sentence === null ? [] : [sentence] },
      );
      // What somebody writes themselves is no suggestion any more.
      const typedKeys = new Set(typed.map(keyOf));
      setSuggestedKeys(new Set([...suggestedKeys].filter((key) => !typedKeys.has(key))));
      write([...asked.filter((question) => !own.includes(question) && !typedKeys.has(keyOf(question))), ...typed]);
    },
    leaveOut: (left: (question: AskedQuestion) => boolean): void =>
      write(asked.filter((question) => !(isSuggested(question) && left(question)))),
    moveGone: (sentence: string | null): void => {
      write(
        asked.map((question) => (gone.includes(question) ? { ...question, sentences: sentence === null ? [] : [sentence] } : question)),
      );
      setMovedCount(movedCount + 1);
    },
    removeGone: (): void => write(asked.filter((question) => !gone.includes(question))),
    /** Puts suggestions behind what stands there by now; those whose sentence was changed meanwhile are left out. */
    suggest: (questions: readonly AskedQuestion[]): void => {
      const now = getValues();
      const next = withSuggested(
        now.asked,
        questions.filter((question) => isAskedIn(question, now.body)),
      );
      // Several rounds may come in before this is rendered anew.
      setSuggestedKeys((before) => new Set([...before, ...next.slice(now.asked.length).map(keyOf)]));
      write(next);
    },
  };
};
