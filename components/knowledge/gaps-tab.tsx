"use client";

import { useQuery } from "@tanstack/react-query";
import { MessageCircleOff } from "lucide-react";
import Link from "next/link";
import { useState } from "react";

import { ArticleForm } from "#components/knowledge/article-form.tsx";
import type { Gap } from "#components/knowledge/knowledge-types.ts";
import { useKnowledgeChange } from "#components/knowledge/use-knowledge-change.ts";
import { useClub, useMay } from "#components/lib/club.tsx";
import { conversationPath } from "#components/lib/paths.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { ARTICLE_BOUNDS, type ArticleContent } from "#server/domain/knowledge.ts";

type OnOpen = { readonly onOpen: (articleId: string) => void };

/** What members asked and no article says, the most asked first. */
export const GapsTab = ({ onOpen }: OnOpen) => {
  const { id: clubId } = useClub();
  const gaps = useQuery(useTRPC().knowledge.gaps.queryOptions({ clubId }));
  return (
    <>
      {gaps.isPending ? <SkeletonRows count={4} label="Loading questions" /> : null}
      {gaps.isError && gaps.data === undefined ? <ErrorState error={gaps.error} onRetry={() => void gaps.refetch()} /> : null}
      {gaps.data?.length === 0 ? (
        <EmptyState icon={<MessageCircleOff />} title="No open questions">
          What members ask and no article says is collected here, so that you can write the answer once.
        </EmptyState>
      ) : null}
      <ul className="divide-y divide-line">
        {gaps.data?.map((gap) => (
          <GapLine key={gap.id} gap={gap} onOpen={onOpen} />
        ))}
      </ul>
    </>
  );
};

const GapLine = ({ gap, onOpen }: OnOpen & { readonly gap: Gap }) => {
  const { id: clubId, slug } = useClub();
  const client = useTRPCClient();
  const mayWrite = useMay("knowledge.write");
  const [isWriting, setIsWriting] = useState(false);
  const dismissal = useKnowledgeChange({ change: () => client.knowledge.dismissGap.mutate({ clubId, gapId: gap.id }), done: "Dismissed" });
  const answer = useKnowledgeChange({
    change: (content: ArticleContent) => client.knowledge.answerGap.mutate({ clubId, gapId: gap.id, content }),
    done: "Saved as a draft. Publish it when it is right",
  });
  return (
    <li>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <div className="min-w-0 flex-1 basis-64">
          <p className="text-base break-words">“{gap.question}”</p>
          <p className="text-xs text-ink-3">
            asked {gap.askedCount === 1 ? "once" : `${gap.askedCount} times`}, last <RelativeTime at={gap.lastAskedAt} isInSentence /> ·{" "}
            <Link href={conversationPath(slug, gap.conversationId)} className="underline underline-offset-2">
              the conversation
            </Link>
          </p>
        </div>
        {mayWrite ? (
          <span className="flex gap-2">
            <Button size="sm" onClick={() => setIsWriting(!isWriting)} aria-expanded={isWriting}>
              Write the answer
            </Button>
            <Button size="sm" kind="quiet" isBusy={dismissal.isPending} onClick={() => dismissal.mutate(undefined)}>
              Dismiss
            </Button>
          </span>
        ) : null}
      </div>
      {isWriting ? (
        <div className="border-t border-line bg-sunken/40">
          <ArticleForm
            initial={{
              title: gap.question.slice(0, ARTICLE_BOUNDS.titleMaxCharacters),
              body: "",
              facts: [],
              asked: [],
              translations: [],
              validFromOn: null,
              validUntilOn: null,
            }}
            stored={null}
            isBusy={answer.isPending}
            submitLabel="Save as a draft"
            onSubmit={(content) => answer.mutate(content, { onSuccess: ({ articleId }) => onOpen(articleId) })}
          />
        </div>
      ) : null}
    </li>
  );
};
