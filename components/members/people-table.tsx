"use client";

import type { ReactNode } from "react";

import { formatAddress, formatCalendarDate } from "#components/lib/format.ts";
import { MEMBER_LABELS } from "#components/lib/labels.ts";
import { Chip } from "#components/ui/chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { formatMoney } from "#server/domain/money.ts";
import type { PersonRow } from "#server/domain/people-view.ts";

const HEAD = "sticky top-0 bg-surface px-3 py-2.5 text-left text-xs font-normal whitespace-nowrap text-ink-3 first:pl-4 last:pr-4";
const CELL = "px-3 py-2.5 align-top first:pl-4 last:pr-4";

type PeopleTableProps = { readonly rows: readonly PersonRow[]; readonly isProspects: boolean };

/** On a phone the columns fold under the name. */
export const PeopleTable = ({ rows, isProspects }: PeopleTableProps) => (
  <table className="w-full border-collapse text-sm">
    <thead className="max-md:sr-only">
      <tr className="border-b border-line">
        <Head>Name</Head>
        <Head>Contact</Head>
        {isProspects ? null : (
          <>
            <Head>Status</Head>
            <Head isNumber>Balance</Head>
            <Head>Last visit</Head>
          </>
        )}
        <Head>{isProspects ? "Known since" : "Joined"}</Head>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <PersonLine key={row.id} row={row} isProspect={isProspects} />
      ))}
    </tbody>
  </table>
);

const Head = ({ children, isNumber = false }: { readonly children: ReactNode; readonly isNumber?: boolean }) => (
  <th scope="col" className={isNumber ? `${HEAD} text-right` : HEAD}>
    {children}
  </th>
);

const PersonLine = ({ row, isProspect }: { readonly row: PersonRow; readonly isProspect: boolean }) => (
  <tr className="border-b border-line last:border-b-0 max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:gap-y-1.5 max-md:px-4 max-md:py-3 max-md:[&>td]:p-0!">
    <td className={`${CELL} max-md:w-full`}>
      <p className="font-semibold">{row.name}</p>
      {row.membershipType === null ? null : <p className="text-xs text-ink-3">{row.membershipType}</p>}
    </td>
    <td className={`${CELL} text-ink-2 max-md:w-full max-md:text-xs`}>
      {row.phone === null && row.email === null ? "–" : null}
      {row.phone === null ? null : <p className="whitespace-nowrap tabular-nums">{formatAddress(row.phone)}</p>}
      {row.email === null ? null : <p className="text-xs break-all text-ink-3">{row.email}</p>}
    </td>
    {isProspect ? null : (
      <>
        <td className={CELL}>
          {row.status === null ? "–" : <Chip tone={MEMBER_LABELS[row.status].tone}>{MEMBER_LABELS[row.status].label}</Chip>}
        </td>
        <td className={`${CELL} text-right whitespace-nowrap tabular-nums max-md:text-xs`}>
          <Balance row={row} />
        </td>
        <td className={`${CELL} whitespace-nowrap text-ink-2 tabular-nums max-md:hidden`}>
          {row.lastVisitAt === null ? "–" : <RelativeTime at={row.lastVisitAt} />}
        </td>
      </>
    )}
    <td className={`${CELL} whitespace-nowrap text-ink-2 tabular-nums max-md:hidden`}>
      {row.joinedOn === null ? "–" : formatCalendarDate(row.joinedOn)}
    </td>
  </tr>
);

/** What nobody has told is no zero. */
const Balance = ({ row: { balanceMinor, trainingBalanceMinor, currency } }: { readonly row: PersonRow }) =>
  balanceMinor === null || currency === null ? (
    <span className="text-ink-3">Not told</span>
  ) : (
    <>
      <span className={BigInt(balanceMinor) > 1n ? "font-semibold text-bad-ink" : "text-ink-2"}>{formatMoney(balanceMinor, currency)}</span>
      {trainingBalanceMinor === null || BigInt(trainingBalanceMinor) <= 1n ? null : (
        <span className="block text-xs text-ink-3">{formatMoney(trainingBalanceMinor, currency)} training</span>
      )}
    </>
  );
