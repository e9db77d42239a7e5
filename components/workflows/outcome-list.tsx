"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";

import { useClub } from "#components/lib/club.tsx";
import { capitalize, formatMoment } from "#components/lib/format.ts";
import { conversationPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { outcomeParams } from "#components/workflows/search-params.ts";
import type { OutcomeRow, RunDetails } from "#components/workflows/workflow-types.ts";
import { groupWord, OUTCOME_TONES, outcomeWord, totalsOf } from "#components/workflows/workflow-words.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Panel } from "#components/ui/page.tsx";
import { Select } from "#components/ui/select.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { formatMoney } from "#server/domain/money.ts";
import { OUTCOMES, type OutcomeState } from "#server/domain/workflows/outcomes.ts";

type OutcomeListProps = { readonly run: Pick<RunDetails, "id" | "counts" | "isDryRun"> };

/** Each person of a run: what became of them, why, and the very words. */
export const OutcomeList = ({ run }: OutcomeListProps) => {
  const { id: clubId } = useClub();
  const [{ group, outcome }] = useQueryStates(outcomeParams);
  const people = useInfiniteQuery(
    useTRPC().workflows.outcomes.infiniteQueryOptions(
      { clubId, runId: run.id, ...(outcome === null ? {} : { outcome }), ...(group === null ? {} : { group }) },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const rows = people.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="people-title">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <h2 id="people-title" className="text-lg font-semibold">
          Person by person
        </h2>
        <Filters run={run} />
      </div>
      <Panel label="People">
        {people.isPending ? <SkeletonRows count={5} label="Loading people" /> : null}
        {people.isError && people.data === undefined ? <ErrorState error={people.error} onRetry={() => void people.refetch()} /> : null}
        {people.isSuccess && rows.length === 0 ? (
          <p className="px-4 py-5 text-sm text-ink-3">
            {outcome === null && group === null ? "Nobody is planned yet." : "Nobody is in this state."}
          </p>
        ) : null}
        <ul>
          {rows.map((row) => (
            <Person key={row.id} row={row} isDryRun={run.isDryRun} />
          ))}
        </ul>
      </Panel>
      {people.hasNextPage ? (
        <div className="mt-4 flex justify-center">
          <Button isBusy={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
            Load more
          </Button>
        </div>
      ) : null}
    </section>
  );
};

/** Both live in the address bar, so that a list can be handed on. */
const Filters = ({ run }: OutcomeListProps) => {
  const [{ group, outcome }, setParams] = useQueryStates(outcomeParams);
  return (
    <div className="flex flex-wrap gap-2">
      <Select
        aria-label="State"
        className="w-48"
        value={outcome ?? ""}
        onChange={({ target }) => void setParams({ outcome: OUTCOMES.find((state) => state === target.value) ?? null })}
      >
        <option value="">All states</option>
        {statesOf(run).map(({ count, state }) => (
          <option key={state} value={state}>
            {outcomeWord(state, run.isDryRun)} ({count.toLocaleString("en-US")})
          </option>
        ))}
      </Select>
      <Select
        aria-label="Group"
        className="w-40"
        value={group ?? ""}
        onChange={({ target }) => void setParams({ group: target.value === "" ? null : target.value })}
      >
        <option value="">All groups</option>
        {Object.keys(run.counts)
          .filter((one) => one !== "none")
          .map((one) => (
            <option key={one} value={one}>
              {groupWord(one)}
            </option>
          ))}
      </Select>
    </div>
  );
};

const statesOf = ({ counts }: Pick<RunDetails, "counts">): readonly { readonly state: OutcomeState; readonly count: number }[] => {
  const totals = totalsOf(counts);
  return OUTCOMES.flatMap((state) => {
    const count = totals[state] ?? 0;
    return count === 0 ? [] : [{ state, count }];
  });
};

const Person = ({ isDryRun, row }: { readonly row: OutcomeRow; readonly isDryRun: boolean }) => {
  const { currency, slug, timeZone } = useClub();
  return (
    <li className="flex gap-3 border-b border-line px-4 py-3 last:border-b-0">
      <Avatar name={row.name} className="max-sm:hidden" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="text-sm font-semibold">{row.name}</span>
          <Chip tone={OUTCOME_TONES[row.outcome]}>{outcomeWord(row.outcome, isDryRun)}</Chip>
          {row.group === null ? null : <span className="text-xs text-ink-3">{groupWord(row.group)}</span>}
          {row.tier === null || row.tier === row.group ? null : <span className="text-xs text-ink-3">{groupWord(row.tier)}</span>}
          {row.amountMinor === null ? null : (
            <span className="text-xs font-semibold tabular-nums">{formatMoney(row.amountMinor, currency)}</span>
          )}
        </p>
        <p className="text-sm text-ink-2">
          {capitalize(row.reasonText)}
          {row.deferredUntil === null || row.outcome !== "deferred" ? "" : `, until ${formatMoment(row.deferredUntil, timeZone)}`}
        </p>
        {row.text === null ? null : (
          <details className="group mt-1">
            <summary className="inline-flex min-h-6 cursor-pointer items-center text-xs text-ink-2 underline underline-offset-2">
              {row.outcome === "sent" ? "The text" : "The text it would be"}
              <span className="sr-only"> for {row.name}</span>
            </summary>
            <p className="mt-1 max-w-[72ch] rounded-card bg-spotter-tint px-3 py-2 text-sm whitespace-pre-line text-spotter-ink">
              {row.text}
            </p>
          </details>
        )}
      </div>
      {row.conversationId === null ? null : (
        <Link
          href={conversationPath(slug, row.conversationId)}
          aria-label={`Conversation with ${row.name}`}
          className="flex min-h-6 shrink-0 items-start text-xs underline underline-offset-2"
        >
          Conversation
        </Link>
      )}
    </li>
  );
};
