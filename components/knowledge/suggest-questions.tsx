"use client";

import { useMutation } from "@tanstack/react-query";
import { useFormContext } from "react-hook-form";

import type { ArticleDetail } from "#components/knowledge/knowledge-types.ts";
import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import type { AskedQuestion } from "#server/domain/asked-questions.ts";
import type { ArticleContent } from "#server/domain/knowledge.ts";

type SuggestQuestionsProps = {
  readonly article: Pick<ArticleDetail, "id">;
  /** Suggestions that are in the form and not saved. */
  readonly suggestedCount: number;
  readonly onSuggested: (questions: readonly AskedQuestion[]) => void;
  readonly onLeaveOutAll: () => void;
};

/** Has questions written for the text as it stands in the form. Nothing is kept before somebody saves the article. */
export const SuggestQuestions = ({ article, suggestedCount, onSuggested, onLeaveOutAll }: SuggestQuestionsProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const { getValues, trigger } = useFormContext<ArticleContent>();
  const suggestion = useMutation({
    mutationFn: () => {
      const { asked, body, title } = getValues();
      return client.knowledge.suggestQuestions.mutate({ clubId, articleId: article.id, title, body, asked });
    },
    onSuccess: (found) => (found.kind === "suggested" ? onSuggested(found.questions) : undefined),
  });
  const ask = async (): Promise<void> => {
    if (await trigger(["title", "body", "asked"])) {
      suggestion.mutate();
    }
  };
  const { data } = suggestion;
  const failure =
    suggestion.error === null ? (data?.kind === "not_suggested" ? data.reason : null) : describeFailure(suggestion.error).title;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button size="sm" isBusy={suggestion.isPending} onClick={() => void ask()}>
        <SpotterGlyph />
        Suggest questions
      </Button>
      {suggestedCount === 0 ? null : (
        <Button size="sm" kind="quiet" onClick={onLeaveOutAll}>
          Leave all suggestions out
        </Button>
      )}
      <p role="status" className="min-w-0 basis-full text-xs text-ink-2 empty:hidden">
        {suggestion.isPending ? "Spotter is writing questions. This can take a minute." : failure}
        {suggestion.isPending || suggestedCount === 0 ? null : `${countWords(suggestedCount)} Leave out what is wrong, then save.`}
        {suggestion.isPending || data?.kind !== "suggested" || suggestedCount === 0 ? null : restWords(data)}
      </p>
    </div>
  );
};

const countWords = (count: number): string => (count === 1 ? "1 question is suggested." : `${count} questions are suggested.`);

const restWords = ({ leftCount, remark }: { readonly leftCount: number; readonly remark: string }): string =>
  [
    leftCount === 0
      ? ""
      : ` ${leftCount} more ${leftCount === 1 ? "sentence has" : "sentences have"} no questions yet: suggest again for ${leftCount === 1 ? "it" : "them"}.`,
    remark === "" ? "" : ` Spotter adds: “${remark}”`,
  ].join("");
