"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useFormContext } from "react-hook-form";

import type { ArticleDetail } from "#components/knowledge/knowledge-types.ts";
import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import type { AskedQuestion } from "#server/domain/asked-questions.ts";
import type { ArticleContent } from "#server/domain/knowledge.ts";
import { hasEnoughQuestions, SUGGESTION_BOUNDS } from "#server/domain/suggested-questions.ts";

type SuggestQuestionsProps = {
  readonly article: Pick<ArticleDetail, "id">;
  /** Suggestions that are in the form and not saved. */
  readonly suggestedCount: number;
  readonly onSuggested: (questions: readonly AskedQuestion[]) => void;
  readonly onLeaveOutAll: () => void;
};

/**
 * Has questions written for the text as it stands in the form, once or until each sentence has enough. Nothing is kept before somebody saves
 * the article.
 */
export const SuggestQuestions = ({ article, suggestedCount, onSuggested, onLeaveOutAll }: SuggestQuestionsProps) => {
  const { ask, isStopping, stop, suggestion } = useSuggestion(article, onSuggested);
  const isMany = suggestion.isPending && suggestion.variables > 1;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button size="sm" isBusy={suggestion.isPending && !isMany} disabled={isMany} onClick={() => void ask(1)}>
        <SpotterGlyph />
        Suggest questions
      </Button>
      <Button
        size="sm"
        kind="quiet"
        isBusy={isMany}
        disabled={suggestion.isPending}
        onClick={() => void ask(SUGGESTION_BOUNDS.roundMaxCount)}
      >
        Suggest many
      </Button>
      {isMany ? (
        <Button size="sm" kind="quiet" disabled={isStopping} onClick={stop}>
          {isStopping ? "Stopping" : "Stop after this"}
        </Button>
      ) : null}
      {suggestedCount === 0 ? null : (
        <Button size="sm" kind="quiet" disabled={suggestion.isPending} onClick={onLeaveOutAll}>
          Leave all suggestions out
        </Button>
      )}
      <SuggestionStatus
        isPending={suggestion.isPending}
        isMany={isMany}
        found={suggestion.data}
        failure={suggestion.error === null ? null : describeFailure(suggestion.error).title}
        suggestedCount={suggestedCount}
      />
    </div>
  );
};

/** One round of questions, or as many as it takes; each of them is in the form at once. */
const useSuggestion = (article: SuggestQuestionsProps["article"], onSuggested: SuggestQuestionsProps["onSuggested"]) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const { getValues, trigger } = useFormContext<ArticleContent>();
  const isRunning = useRef(false);
  const isStopped = useRef(false);
  const [isStopping, setIsStopping] = useState(false);
  const isGone = useRef(false);
  const suggestOnce = async (): Promise<Found> => {
    const { asked, body, title } = getValues();
    const found = await client.knowledge.suggestQuestions.mutate({ clubId, articleId: article.id, title, body, asked });
    // Once it is saved, another form shows the article.
    if (found.kind === "suggested" && !isGone.current) {
      onSuggested(found.questions);
    }
    return found;
  };
  const suggestion = useMutation({
    mutationFn: (roundMaxCount: number) => inRounds(suggestOnce, { roundMaxCount, getValues, isStopped: () => isStopped.current }),
    onSettled: () => {
      isRunning.current = false;
    },
  });
  const stop = (): void => {
    isStopped.current = true;
    setIsStopping(true);
  };
  // The model is outside: whoever leaves the article wants nothing more of it.
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      isStopped.current = true;
    };
  }, []);
  const ask = async (roundMaxCount: number): Promise<void> => {
    if (isRunning.current) {
      return;
    }
    isRunning.current = true;
    isStopped.current = false;
    setIsStopping(false);
    if ((await trigger(["title", "body", "asked"])) && !isGone.current) {
      suggestion.mutate(roundMaxCount);
    } else {
      isRunning.current = false;
    }
  };
  return { suggestion, ask, stop, isStopping };
};

type Rounds = {
  readonly roundMaxCount: number;
  /** The form as it is now. */
  readonly getValues: () => ArticleContent;
  readonly isStopped: () => boolean;
};

/** One round after the other, until each sentence has enough, a round brings nothing or somebody stops it. */
const inRounds = async (suggestOnce: () => Promise<Found>, { getValues, isStopped, roundMaxCount }: Rounds): Promise<Found> => {
  if (roundMaxCount > 1 && hasEnoughQuestions(getValues())) {
    return ENOUGH;
  }
  let found = await suggestOnce();
  for (let round = 1, before = 0; round < roundMaxCount; round += 1) {
    const { length } = getValues().asked;
    // A round that brought nothing would be paid for again and again.
    if (isStopped() || found.kind !== "suggested" || hasEnoughQuestions(getValues()) || length === before) {
      break;
    }
    before = length;
    found = await suggestOnce();
  }
  return found;
};

type SuggestionStatusProps = Pick<SuggestQuestionsProps, "suggestedCount"> & {
  readonly isPending: boolean;
  readonly isMany: boolean;
  /** The last round. */
  readonly found: Found | undefined;
  readonly failure: string | null;
};

const SuggestionStatus = ({ failure, found, isMany, isPending, suggestedCount }: SuggestionStatusProps) => {
  const problem = failure ?? (found?.kind === "not_suggested" ? found.reason : null);
  return (
    <p role="status" className="min-w-0 basis-full text-xs text-ink-2 empty:hidden">
      {isPending ? (isMany ? manyWords(suggestedCount) : "Spotter is writing questions. This can take a minute.") : problem}
      {isPending || suggestedCount === 0
        ? null
        : `${problem === null ? "" : " "}${countWords(suggestedCount)} Leave out what is wrong, then save.`}
      {isPending || found?.kind !== "suggested" || suggestedCount === 0 ? null : restWords(found)}
    </p>
  );
};

type Found = Awaited<ReturnType<ReturnType<typeof useTRPCClient>["knowledge"]["suggestQuestions"]["mutate"]>>;

const ENOUGH: Found = { kind: "not_suggested", reason: "Each sentence has as many questions as it needs." };

const manyWords = (count: number): string =>
  `Spotter is writing questions, ${count} so far. This takes some minutes; each round costs one call of the model.`;

const countWords = (count: number): string => (count === 1 ? "1 question is suggested." : `${count} questions are suggested.`);

const restWords = ({ leftCount, remark }: { readonly leftCount: number; readonly remark: string }): string =>
  [
    leftCount === 0
      ? ""
      : ` ${leftCount} more ${leftCount === 1 ? "sentence has" : "sentences have"} no questions yet: suggest again for ${leftCount === 1 ? "it" : "them"}.`,
    remark === "" ? "" : ` Spotter adds: “${remark}”`,
  ].join("");
