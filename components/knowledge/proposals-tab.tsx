"use client";

import { useQuery } from "@tanstack/react-query";
import { Lightbulb } from "lucide-react";

import { SOURCE_LABELS, type ArticleItem } from "#components/knowledge/knowledge-types.ts";
import { useKnowledgeChange } from "#components/knowledge/use-knowledge-change.ts";
import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

type OnOpen = { readonly onOpen: (articleId: string) => void };

/** Articles that were made out of what staff wrote; none of them is said before a manager's yes. */
export const ProposalsTab = ({ onOpen }: OnOpen) => {
  const { id: clubId } = useClub();
  const proposals = useQuery(useTRPC().knowledge.list.queryOptions({ clubId, state: "proposed" }));
  return (
    <>
      {proposals.isPending ? <SkeletonRows count={3} label="Loading proposals" /> : null}
      {proposals.isError && proposals.data === undefined ? (
        <ErrorState error={proposals.error} onRetry={() => void proposals.refetch()} />
      ) : null}
      {proposals.data?.length === 0 ? (
        <EmptyState icon={<Lightbulb />} title="No proposals">
          When your team corrects a draft or answers what no article says, what it adds is proposed here. Nothing is said before your yes.
        </EmptyState>
      ) : null}
      <ul className="divide-y divide-line">
        {proposals.data?.map((proposal) => (
          <ProposalLine key={proposal.id} proposal={proposal} onOpen={onOpen} />
        ))}
      </ul>
    </>
  );
};

const ProposalLine = ({ proposal, onOpen }: OnOpen & { readonly proposal: ArticleItem }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const mayWrite = useMay("knowledge.write");
  const input = { clubId, articleId: proposal.id, version: proposal.version };
  const accept = useKnowledgeChange({
    change: () => client.knowledge.acceptProposal.mutate(input),
    done: "Published. Spotter says it from now on",
  });
  const reject = useKnowledgeChange({ change: () => client.knowledge.rejectProposal.mutate(input), done: "Turned down" });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <button
          type="button"
          onClick={() => onOpen(proposal.id)}
          className="text-left text-base font-semibold underline-offset-2 hover:underline"
        >
          {proposal.title}
        </button>
        <p className="text-sm break-words text-ink-2">{proposal.preview}</p>
        <p className="text-xs text-ink-3">
          {SOURCE_LABELS[proposal.source]} · <RelativeTime at={proposal.updatedAt} isInSentence />
        </p>
      </div>
      {mayWrite ? (
        <span className="flex gap-2">
          <Button size="sm" isBusy={accept.isPending} onClick={() => accept.mutate(undefined)} aria-label={`Accept ${proposal.title}`}>
            Accept
          </Button>
          <Button
            size="sm"
            kind="quiet"
            isBusy={reject.isPending}
            onClick={() => reject.mutate(undefined)}
            aria-label={`Turn down ${proposal.title}`}
          >
            Turn down
          </Button>
        </span>
      ) : null}
    </li>
  );
};
