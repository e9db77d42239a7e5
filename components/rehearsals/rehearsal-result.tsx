"use client";

import { useQuery } from "@tanstack/react-query";
import { CheckCheck } from "lucide-react";
import Link from "next/link";

import { useClub } from "#components/lib/club.tsx";
import { capitalize } from "#components/lib/format.ts";
import { conversationPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { outcomeWords } from "#components/rehearsals/outcome-words.ts";
import type { RehearsalView, RehearsedItem } from "#components/rehearsals/rehearsal-types.ts";
import { Chip } from "#components/ui/chip.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { formatCostMicros } from "#server/domain/money.ts";

const POLL_MS = 1_500;

/** One rehearsal, followed while it runs: what it cost, and of each item what came of it. */
export const RehearsalResult = ({ rehearsalId }: { readonly rehearsalId: string }) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const rehearsal = useQuery(
    trpc.rehearsals.get.queryOptions(
      { clubId, rehearsalId: rehearsalId as `reh_${string}` },
      { refetchInterval: ({ state }) => (isRunning(state.data) ? POLL_MS : false) },
    ),
  );
  if (rehearsal.isPending) {
    return <SkeletonRows count={4} label="Reading the rehearsal" />;
  }
  if (rehearsal.isError) {
    return <ErrorState error={rehearsal.error} onRetry={() => void rehearsal.refetch()} />;
  }
  return <Result rehearsal={rehearsal.data} />;
};

const isRunning = (rehearsal: RehearsalView | undefined): boolean => rehearsal?.status === "queued" || rehearsal?.status === "running";

const Result = ({ rehearsal }: { readonly rehearsal: RehearsalView }) => {
  const shown = rehearsal.items.filter((item) => isWorthShowing(rehearsal, item));
  const cost = rehearsal.items.reduce((sum, { costMicros }) => sum + costMicros, 0);
  return (
    <div className="flex flex-col gap-3 border-t border-line p-4">
      <p role="status" className="text-sm">
        {isRunning(rehearsal) ? `Tried ${rehearsal.doneCount} of ${rehearsal.totalCount} so far. ` : `Tried ${rehearsal.doneCount}. `}
        <span className="font-semibold">{shown.length}</span>{" "}
        {rehearsal.kind === "tests" ? "did not come out as expected" : "would come out differently"}. Model calls cost{" "}
        {formatCostMicros(cost)}; nothing was sent.
      </p>
      {rehearsal.kind === "replay" ? <Counts items={rehearsal.items} /> : null}
      {rehearsal.failureDetail === null ? null : (
        <p role="alert" className="text-sm text-bad-ink">
          {rehearsal.failureDetail}
        </p>
      )}
      {shown.length === 0 && !isRunning(rehearsal) ? (
        <EmptyState icon={<CheckCheck />} title={rehearsal.doneCount === 0 ? "Nothing to try" : "All as before"}>
          {rehearsal.doneCount === 0
            ? "There was no message, or no kept test, to try."
            : "Nothing came out differently from what was expected."}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line rounded-card border border-line">
          {shown.map((item) => (
            <Item key={item.id} item={item} />
          ))}
        </ul>
      )}
    </div>
  );
};

const isWorthShowing = ({ kind }: RehearsalView, { after, before, missed }: RehearsedItem): boolean =>
  kind === "tests" ? missed.length > 0 : before !== after;

const Counts = ({ items }: { readonly items: readonly RehearsedItem[] }) => {
  const count = (key: "before" | "after", outcome: string): number => items.filter((item) => item[key] === outcome).length;
  return (
    <dl className="grid grid-cols-2 gap-2 text-sm sm:grid-cols-4">
      {(["respond", "suggest", "escalate", "ignore"] as const).map((outcome) => (
        <div key={outcome} className="rounded-card border border-line p-2">
          <dt className="text-xs text-ink-3">{outcomeWords(outcome).label}</dt>
          <dd className="tabular-nums">
            {count("before", outcome)} → <span className="font-semibold">{count("after", outcome)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
};

const Item = ({ item }: { readonly item: RehearsedItem }) => {
  const { slug } = useClub();
  const after = outcomeWords(item.after);
  return (
    <li className="flex flex-col gap-1.5 p-3 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        {item.conversationId === null ? (
          <span className="font-semibold">{item.name}</span>
        ) : (
          <Link href={conversationPath(slug, item.conversationId)} className="font-semibold underline underline-offset-2">
            {item.name}
          </Link>
        )}
        {item.before === null ? null : <span className="text-xs text-ink-3">was: {outcomeWords(item.before).label.toLowerCase()}</span>}
        <Chip tone={after.tone}>{after.label}</Chip>
      </p>
      {item.missed.map((missed) => (
        <p key={missed} className="text-bad-ink">
          {capitalize(missed)}.
        </p>
      ))}
      {item.replyBefore === null ? null : <p className="text-ink-3">Said: {item.replyBefore}</p>}
      {item.reply === null ? null : <p className="break-words">Would say: {item.reply}</p>}
    </li>
  );
};
