"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";

import { approvalParams } from "#components/approvals/search-params.ts";
import { useClub } from "#components/lib/club.tsx";
import { ledgerLabel } from "#components/lib/labels.ts";
import { conversationPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { DayFilter, FilterField } from "#components/ui/filter-field.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Select } from "#components/ui/select.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { CalendarDate } from "#server/domain/calendar-date-schema.ts";
import { idSchema } from "#server/domain/ids.ts";
import { DECIDED_STATUSES, type DecidedApproval } from "#server/domain/inbox-view.ts";
import { visible } from "#server/domain/visible.ts";

/** What was decided, by whom and when; also what nobody decided in its time. */
export const DecidedList = () => {
  const { id: clubId } = useClub();
  const [params] = useQueryStates(approvalParams);
  const userId = idSchema("user").safeParse(params.by);
  const decided = useInfiniteQuery(
    useTRPC().approvals.decided.infiniteQueryOptions(
      { clubId, status: params.status, userId: userId.success ? userId.data : null, from: dayOf(params.from), until: dayOf(params.until) },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  const rows = decided.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Filters />
      {decided.isPending ? <SkeletonRows count={4} label="Loading decisions" /> : null}
      {decided.isError && decided.data === undefined ? <ErrorState error={decided.error} onRetry={() => void decided.refetch()} /> : null}
      {decided.isSuccess && rows.length === 0 ? (
        <EmptyState icon={<History />} title="Nothing was decided">
          With the first yes or no, what was decided stands here with who decided it.
        </EmptyState>
      ) : null}
      {rows.length === 0 ? null : (
        <ul aria-label="Decided approvals" className="overflow-hidden rounded-card border border-line bg-surface">
          {rows.map((row) => (
            <Decided key={row.id} decided={row} />
          ))}
        </ul>
      )}
      {decided.hasNextPage ? (
        <Button className="mt-4" isBusy={decided.isFetchingNextPage} onClick={() => void decided.fetchNextPage()}>
          Load more
        </Button>
      ) : null}
    </>
  );
};

const dayOf = (text: string | null): string | null => (CalendarDate.safeParse(text).success ? text : null);

const Filters = () => {
  const { id: clubId } = useClub();
  const [{ by, from, status, until }, setParams] = useQueryStates(approvalParams);
  const team = useQuery(useTRPC().team.get.queryOptions({ clubId }));
  return (
    <div className="mb-4 flex flex-wrap items-end gap-2">
      <FilterField label="Outcome">
        <Select
          className="w-36"
          value={status ?? ""}
          onChange={({ target }) => void setParams({ status: DECIDED_STATUSES.find((one) => one === target.value) ?? null })}
        >
          <option value="">Anything</option>
          {DECIDED_STATUSES.map((one) => (
            <option key={one} value={one}>
              {ledgerLabel(one).label}
            </option>
          ))}
        </Select>
      </FilterField>
      <FilterField label="By">
        <Select
          className="w-44"
          value={by ?? ""}
          onChange={({ target }) => void setParams({ by: target.value === "" ? null : target.value })}
        >
          <option value="">Anybody</option>
          {team.data?.people.map(({ name, userId }) => (
            <option key={userId} value={userId}>
              {name}
            </option>
          ))}
        </Select>
      </FilterField>
      <DayFilter label="From" value={from} onChange={(day) => void setParams({ from: day })} />
      <DayFilter label="Until" value={until} onChange={(day) => void setParams({ until: day })} />
    </div>
  );
};

const Decided = ({
  decided: { alsoBy, by, contactName, conversationId, decidedAt, note, status, summary },
}: {
  readonly decided: DecidedApproval;
}) => {
  const { slug } = useClub();
  const { label, tone } = ledgerLabel(status);
  return (
    <li className="flex flex-col gap-1 border-b border-line px-4 py-3 text-sm last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Chip tone={tone}>{label}</Chip>
        <span className="text-xs text-ink-2">
          {status === "expired"
            ? "Nobody decided"
            : status === "superseded"
              ? "Overtaken"
              : `by ${[by ?? "somebody who has left", ...alsoBy].join(", ")}`}
          , <RelativeTime at={decidedAt} isInSentence />
        </span>
        {conversationId === null ? null : (
          <Link
            href={conversationPath(slug, conversationId)}
            prefetch={false}
            className="ml-auto flex min-h-6 items-center text-xs underline underline-offset-2"
          >
            {contactName ?? "Conversation"}
          </Link>
        )}
      </div>
      <p className="line-clamp-3 max-w-[72ch] break-words">{visible(summary)}</p>
      {note === null || note === "" ? null : <p className="text-xs text-ink-2">“{visible(note)}”</p>}
    </li>
  );
};
