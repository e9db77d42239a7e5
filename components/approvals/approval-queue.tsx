"use client";

import { useQuery } from "@tanstack/react-query";
import { ClipboardCheck } from "lucide-react";
import { useRef, useState } from "react";

import { ApprovalItem } from "#components/approvals/approval-item.tsx";
import { BatchBar } from "#components/approvals/batch-bar.tsx";
import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { useHotkeys } from "#components/lib/use-hotkeys.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { ApprovalCard } from "#server/domain/inbox-view.ts";

/** Everything that waits for a yes or a no, the most urgent first. Keys move and tick; a yes is always pressed on its button. */
export const ApprovalQueue = () => {
  const { id: clubId } = useClub();
  const approvals = useQuery(useTRPC().approvals.list.queryOptions({ clubId }));
  const urgentFirst = approvals.data?.toSorted((left, right) => left.expiresAt.getTime() - right.expiresAt.getTime()) ?? [];
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLUListElement>(null);
  const toggle = (id: string) =>
    setTicked(ticked.has(id) ? new Set([...ticked].filter((other) => other !== id)) : new Set([...ticked, id]));
  useHotkeys({
    j: () => focusCard(list.current, 1),
    k: () => focusCard(list.current, -1),
    x: () => {
      const card = urgentFirst.find(({ id }) => id === focusedCard());
      if (card?.isBatchable === true) {
        toggle(card.id);
      }
    },
  });
  const drafts = urgentFirst.filter(({ isBatchable }) => isBatchable);
  return (
    <>
      {approvals.isPending ? <SkeletonRows count={3} label="Loading approvals" /> : null}
      {approvals.isError && approvals.data === undefined ? (
        <ErrorState error={approvals.error} onRetry={() => void approvals.refetch()} />
      ) : null}
      {approvals.data?.length === 0 ? (
        <EmptyState icon={<ClipboardCheck />} title="Nothing waits for you">
          Drafts Spotter is not sure enough about, and actions that need a person, appear here.
        </EmptyState>
      ) : null}
      {drafts.length < 2 ? null : <BatchBar drafts={drafts} ticked={ticked} onTick={(ids) => setTicked(new Set(ids))} />}
      <ul ref={list} className="flex flex-col gap-4">
        {urgentFirst.map((approval) => (
          <ApprovalItem
            key={approval.id}
            approval={approval}
            tick={approval.isBatchable && drafts.length > 1 ? { isOn: ticked.has(approval.id), onChange: () => toggle(approval.id) } : null}
          />
        ))}
      </ul>
    </>
  );
};

const CARD = "data-approval";

const focusedCard = (): ApprovalCard["id"] | null | undefined =>
  document.activeElement?.closest(`[${CARD}]`)?.getAttribute(CARD) as ApprovalCard["id"] | null | undefined;

const focusCard = (list: HTMLElement | null, step: number): void => {
  const cards = [...(list?.querySelectorAll<HTMLElement>(`[${CARD}]`) ?? [])];
  const current = cards.findIndex((card) => card.contains(document.activeElement));
  cards[Math.min(cards.length - 1, Math.max(0, current + step))]?.focus();
};
