"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useFormContext } from "react-hook-form";

import type { ArticleDetail } from "#components/knowledge/knowledge-types.ts";
import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import type { SentenceTranslation, TranslatedLanguage } from "#server/domain/article-translations.ts";
import type { ArticleContent } from "#server/domain/knowledge.ts";
import { languageName } from "#server/domain/translation.ts";

type TranslateArticleProps = {
  readonly article: Pick<ArticleDetail, "id">;
  readonly language: TranslatedLanguage;
  /** Translations that are in the form and not saved. */
  readonly suggestedCount: number;
  readonly onTranslated: (translations: readonly SentenceTranslation[]) => void;
};

/** Has the sentences translated that are not yet, as they stand in the form. Nothing is kept before somebody saves the article. */
export const TranslateArticle = ({ article, language, suggestedCount, onTranslated }: TranslateArticleProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const { getValues, trigger } = useFormContext<ArticleContent>();
  const isRunning = useRef(false);
  const isGone = useRef(false);
  // The model is outside: whoever leaves the article wants nothing more of it.
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);
  const translating = useMutation({
    mutationFn: () => {
      const { body, title, translations } = getValues();
      return client.knowledge.translate.mutate({ clubId, articleId: article.id, language, title, body, translations });
    },
    onSuccess: (found) => {
      // Once it is saved, another form shows the article.
      if (found.kind === "translated" && !isGone.current) {
        onTranslated(found.translations);
      }
    },
    onSettled: () => {
      isRunning.current = false;
    },
  });
  const ask = async (): Promise<void> => {
    // A second press before the first one is seen would be paid for.
    if (isRunning.current) {
      return;
    }
    isRunning.current = true;
    if ((await trigger(["title", "body", "translations"])) && !isGone.current) {
      translating.mutate();
    } else {
      isRunning.current = false;
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button size="sm" isBusy={translating.isPending} onClick={() => void ask()}>
        <SpotterGlyph />
        Translate into {languageName(language)}
      </Button>
      <p role="status" className="min-w-0 basis-full text-xs text-ink-2 empty:hidden">
        {translating.isPending
          ? "Spotter is translating. This can take a minute."
          : wordsOf({
              found: translating.data,
              failure: translating.error === null ? null : describeFailure(translating.error).title,
              suggestedCount,
            })}
      </p>
    </div>
  );
};

type Found = Awaited<ReturnType<ReturnType<typeof useTRPCClient>["knowledge"]["translate"]["mutate"]>>;
type Told = { readonly found: Found | undefined; readonly failure: string | null; readonly suggestedCount: number };

const wordsOf = ({ failure, found, suggestedCount }: Told): string =>
  [
    failure ?? (found?.kind === "not_translated" ? found.reason : ""),
    suggestedCount === 0
      ? ""
      : `${suggestedCount === 1 ? "1 sentence is" : `${suggestedCount} sentences are`} translated. Read ${suggestedCount === 1 ? "it" : "them"}, mend what is wrong, then save.`,
    found?.kind === "translated" && found.refusedCount > 0
      ? `${found.refusedCount === 1 ? "1 sentence" : `${found.refusedCount} sentences`} got no translation that may be used: write ${found.refusedCount === 1 ? "it" : "them"} yourself.`
      : "",
    found?.kind === "translated" && found.leftCount > 0
      ? `${found.leftCount} more ${found.leftCount === 1 ? "is" : "are"} left: translate again for ${found.leftCount === 1 ? "it" : "them"}.`
      : "",
    found?.kind === "translated" && found.remark !== "" ? `Spotter adds: “${found.remark}”` : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
