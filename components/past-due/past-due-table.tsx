"use client";

import { ArrowDown, ArrowUp, Lock } from "lucide-react";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";

import { formatCalendarDate } from "#components/lib/format.ts";
import { DOOR_LABELS, HOLD_LABELS, SORT_LABELS, STATE_LABELS, TIER_LABELS } from "#components/past-due/debt-words.ts";
import { pastDueParams } from "#components/past-due/search-params.ts";
import { Chip } from "#components/ui/chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { formatMoney } from "#server/domain/money.ts";
import type { DebtRow, DebtSort } from "#server/domain/past-due/debt-list.ts";

const HEAD = "sticky top-0 bg-surface px-3 py-1 text-left text-xs font-normal whitespace-nowrap text-ink-3 first:pl-4 last:pr-4";
const CELL = "px-3 py-2.5 align-top first:pl-4 last:pr-4";

/** On a phone the columns fold under the name. */
export const PastDueTable = ({ rows }: { readonly rows: readonly DebtRow[] }) => (
  <table className="w-full border-collapse text-sm">
    <thead className="max-md:sr-only">
      <tr className="border-b border-line">
        <SortHead sort="name" />
        <SortHead sort="due" isNumber />
        <SortHead sort="days" />
        <Head>What comes next</Head>
        <SortHead sort="attempts" isNumber />
        <SortHead sort="contact" />
        <Head>Door</Head>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <DebtLine key={row.contactId} row={row} />
      ))}
    </tbody>
  </table>
);

const Head = ({ children }: { readonly children: ReactNode }) => (
  <th scope="col" className={HEAD}>
    {children}
  </th>
);

/** The first press sorts by the largest, the next one the other way round; names begin with A. */
const SortHead = ({ isNumber = false, sort }: { readonly sort: DebtSort; readonly isNumber?: boolean }) => {
  const [{ sort: current, up }, setParams] = useQueryStates(pastDueParams);
  const isCurrent = sort === current;
  const next = isCurrent ? !up : sort === "name";
  return (
    <th scope="col" aria-sort={isCurrent ? (up ? "ascending" : "descending") : "none"} className={isNumber ? `${HEAD} text-right` : HEAD}>
      <button
        type="button"
        onClick={() => void setParams({ sort, up: next })}
        className="inline-flex min-h-7 items-center gap-1 rounded-control hover:text-ink aria-pressed:text-ink"
        aria-pressed={isCurrent}
      >
        {SORT_LABELS[sort]}
        {isCurrent ? up ? <ArrowUp aria-hidden="true" className="size-3" /> : <ArrowDown aria-hidden="true" className="size-3" /> : null}
      </button>
    </th>
  );
};

const DebtLine = ({ row }: { readonly row: DebtRow }) => {
  const [, setParams] = useQueryStates(pastDueParams);
  return (
    <tr className="relative border-b border-line last:border-b-0 hover:bg-sunken/50 max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:gap-y-1.5 max-md:px-4 max-md:py-3 max-md:[&>td]:p-0!">
      <td className={`${CELL} max-md:min-w-0 max-md:flex-1`}>
        {/* The button reaches over the whole row, so that a press anywhere opens it and the keyboard finds it once. */}
        <button
          type="button"
          onClick={() => void setParams({ person: row.contactId })}
          className="text-left font-semibold after:absolute after:inset-0 hover:underline"
        >
          {row.name}
        </button>
      </td>
      <td className={`${CELL} text-right font-semibold whitespace-nowrap tabular-nums`}>{formatMoney(row.dueMinor, row.currency)}</td>
      <td className={`${CELL} whitespace-nowrap text-ink-2 tabular-nums max-md:w-full max-md:text-xs`}>
        {daysText(row.daysPastDue)}
        {row.oldestOn === null ? null : (
          <span className="text-xs text-ink-3 max-md:ml-1 md:block">since {formatCalendarDate(row.oldestOn)}</span>
        )}
      </td>
      <td className={CELL}>
        <Next row={row} />
      </td>
      <td className={`${CELL} text-right text-ink-2 tabular-nums max-md:text-xs`}>
        {row.attempts}
        <span className="md:hidden"> {row.attempts === 1 ? "attempt" : "attempts"}</span>
      </td>
      <td className={`${CELL} whitespace-nowrap text-ink-2 tabular-nums max-md:hidden`}>
        {row.lastContact === null ? (
          <span className="text-ink-3">None</span>
        ) : (
          <>
            <RelativeTime at={row.lastContact.at} />
            <span className="block text-xs text-ink-3">
              {row.lastContact.kind === "call" ? "call" : `${row.lastContact.kind} reminder`}
            </span>
          </>
        )}
      </td>
      <td className={CELL}>
        {row.door === "open" ? (
          <span className="text-xs text-ink-3 max-md:hidden">Open</span>
        ) : (
          <Chip tone={DOOR_LABELS[row.door].tone} icon={<Lock aria-hidden="true" />}>
            {DOOR_LABELS[row.door].label}
          </Chip>
        )}
      </td>
    </tr>
  );
};

const daysText = (days: number): string => (days === 0 ? "since today" : days === 1 ? "1 day" : `${days} days`);

const Next = ({ row }: { readonly row: DebtRow }) => {
  const { label, tone } = STATE_LABELS[row.state];
  const isComing = row.state === "reminded" || row.state === "waiting";
  return (
    <span className="flex flex-wrap items-center gap-1">
      {row.holds.length === 0 || row.state !== "paused" ? (
        <Chip tone={tone}>{isComing ? `${TIER_LABELS[row.tier]} reminder` : label}</Chip>
      ) : (
        row.holds.map(({ kind, until }) => (
          <Chip key={`${kind} ${until?.getTime() ?? ""}`} tone={tone}>
            {HOLD_LABELS[kind]}
          </Chip>
        ))
      )}
      {row.until === null || (row.state !== "paused" && row.state !== "waiting") ? null : (
        <span className="text-xs text-ink-3 tabular-nums">
          {row.state === "paused" ? "until" : "from"} <RelativeTime at={row.until} />
        </span>
      )}
    </span>
  );
};
