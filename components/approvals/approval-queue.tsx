"use client";

import { useQuery } from "@tanstack/react-query";
import { ClipboardCheck } from "lucide-react";

import { ApprovalItem } from "#components/approvals/approval-item.tsx";
import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** Everything that waits for a yes or a no, the most urgent first. */
export const ApprovalQueue = () => {
  const { id: clubId } = useClub();
  const approvals = useQuery(useTRPC().approvals.list.queryOptions({ clubId }));
  const urgentFirst = approvals.data?.toSorted((left, right) => left.expiresAt.getTime() - right.expiresAt.getTime()) ?? [];
  return (
    <Page title="Approvals" about="What Spotter wants to do and may not do alone. Nothing here has gone out; what expires is not sent.">
      {approvals.isPending ? <SkeletonRows count={3} label="Loading approvals" /> : null}
      {approvals.isError && approvals.data === undefined ? (
        <ErrorState error={approvals.error} onRetry={() => void approvals.refetch()} />
      ) : null}
      {approvals.data?.length === 0 ? (
        <EmptyState icon={<ClipboardCheck />} title="Nothing waits for you">
          Drafts Spotter is not sure enough about, and actions that need a person, appear here.
        </EmptyState>
      ) : null}
      <ul className="flex max-w-200 flex-col gap-4">
        {urgentFirst.map((approval) => (
          <ApprovalItem key={approval.id} approval={approval} />
        ))}
      </ul>
    </Page>
  );
};
