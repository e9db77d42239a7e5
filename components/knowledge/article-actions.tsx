"use client";

import { useState } from "react";

import type { ArticleDetail } from "#components/knowledge/knowledge-types.ts";
import { StopDialog } from "#components/knowledge/stop-dialog.tsx";
import { useKnowledgeChange } from "#components/knowledge/use-knowledge-change.ts";
import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";

type ArticleActionsProps = { readonly article: ArticleDetail; readonly isTouched: boolean; readonly onGone: () => void };

/** What can be done with an article as it is stored; what is typed and not saved comes first. */
export const ArticleActions = ({ article, isTouched, onGone }: ArticleActionsProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const mayStop = useMay("knowledge.stop");
  const [isStopping, setIsStopping] = useState(false);
  const input = { clubId, articleId: article.id, version: article.version };
  const publish = useKnowledgeChange({
    change: () => client.knowledge.publish.mutate(input),
    done: "Published. Spotter says it from now on",
  });
  const archive = useKnowledgeChange({ change: () => client.knowledge.archive.mutate(input), done: "Archived" });
  const accept = useKnowledgeChange({
    change: () => client.knowledge.acceptProposal.mutate(input),
    done: "Published. Spotter says it from now on",
  });
  const reject = useKnowledgeChange({ change: () => client.knowledge.rejectProposal.mutate(input), done: "Turned down" });
  const isBusy = [publish, archive, accept, reject].some(({ isPending }) => isPending);
  return (
    <div className="flex flex-col gap-2">
      {article.isEditable && (article.status === "draft" || article.status === "archived") ? (
        <Button kind="primary" isBusy={isBusy} disabled={isTouched} onClick={() => publish.mutate(undefined)}>
          Publish
        </Button>
      ) : null}
      {article.isEditable && article.status === "proposed" ? (
        <>
          <Button kind="primary" isBusy={isBusy} disabled={isTouched} onClick={() => accept.mutate(undefined)}>
            Accept and publish
          </Button>
          <Button isBusy={isBusy} onClick={() => reject.mutate(undefined, { onSuccess: onGone })}>
            Turn down
          </Button>
        </>
      ) : null}
      {mayStop && article.status === "published" && article.stop === null ? (
        <Button onClick={() => setIsStopping(true)}>Stop all of it</Button>
      ) : null}
      {article.isEditable && (article.status === "draft" || article.status === "published") ? (
        <Button kind="quiet" isBusy={isBusy} onClick={() => archive.mutate(undefined, { onSuccess: onGone })}>
          Archive
        </Button>
      ) : null}
      {isTouched ? <p className="text-xs text-ink-3">Save what you changed first.</p> : null}
      {isStopping ? <StopDialog article={article} fact={null} onClose={() => setIsStopping(false)} /> : null}
    </div>
  );
};
