"use client";

import { OctagonPause } from "lucide-react";

import type { ArticleDetail } from "#components/knowledge/knowledge-types.ts";
import { useKnowledgeChange } from "#components/knowledge/use-knowledge-change.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

/** What is silenced in this article, why, and the way back. */
export const StoppedNote = ({ article }: { readonly article: ArticleDetail }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const lift = useKnowledgeChange({
    change: (factId: string | null) =>
      client.knowledge.liftStop.mutate({ clubId, articleId: article.id, ...(factId === null ? {} : { factId }) }),
    done: "Spotter may say it again",
  });
  const stopped = article.facts.filter(({ stoppedAt }) => stoppedAt !== null);
  if (article.stop === null && stopped.length === 0) {
    return null;
  }
  return (
    <ul role="status" className="flex flex-col gap-3 rounded-card border border-line bg-bad-tint px-4 py-3 text-sm text-bad-ink">
      {article.stop === null ? null : (
        <StoppedLine onLift={article.isEditable ? () => lift.mutate(null) : null} isBusy={lift.isPending}>
          <span className="font-semibold">All of this article is stopped</span>
          {article.stop.by === null ? "" : ` by ${article.stop.by}`}, <RelativeTime at={article.stop.at} isInSentence />:{" "}
          {article.stop.reason}
        </StoppedLine>
      )}
      {stopped.map(({ id, label, value, stopReason }) => (
        <StoppedLine key={id} onLift={article.isEditable ? () => lift.mutate(id) : null} isBusy={lift.isPending}>
          <span className="font-semibold">
            “{label}: {value}” is stopped
          </span>
          : {stopReason}. Correct the value, and it is said again.
        </StoppedLine>
      ))}
    </ul>
  );
};

type StoppedLineProps = { readonly onLift: (() => void) | null; readonly isBusy: boolean; readonly children: React.ReactNode };

const StoppedLine = ({ onLift, isBusy, children }: StoppedLineProps) => (
  <li className="flex flex-wrap items-center gap-3">
    <OctagonPause aria-hidden="true" className="size-4 shrink-0" />
    <p className="min-w-0 flex-1 basis-60">{children}</p>
    {onLift === null ? null : (
      <Button size="sm" isBusy={isBusy} onClick={onLift}>
        It was right
      </Button>
    )}
  </li>
);
