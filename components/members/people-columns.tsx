"use client";

import { columnVisibilityFeature, createColumnHelper, rowSelectionFeature, rowSortingFeature, tableFeatures } from "@tanstack/react-table";
import Link from "next/link";

import { useClub } from "#components/lib/club.tsx";
import { formatAddress, formatCalendarDate } from "#components/lib/format.ts";
import { MEMBER_LABELS } from "#components/lib/labels.ts";
import { personPath } from "#components/lib/paths.ts";
import { COLUMN_LABELS } from "#components/members/people-words.ts";
import { Chip } from "#components/ui/chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { formatMoney } from "#server/domain/money.ts";
import type { PersonRow } from "#server/domain/people-view.ts";

/** The server orders and filters; the table keeps what is shown and what is ticked. */
export const peopleFeatures = tableFeatures({ columnVisibilityFeature, rowSelectionFeature, rowSortingFeature });

const column = createColumnHelper<typeof peopleFeatures, PersonRow>();

/** Ids are those of the address bar; where a column orders by another word, `SORT_OF` says so. */
export const PEOPLE_COLUMN_DEFS = column.columns([
  column.accessor("name", { id: "name", header: "Name", enableHiding: false, cell: ({ row }) => <NameCell person={row.original} /> }),
  column.accessor("phone", {
    id: "contact",
    header: COLUMN_LABELS.contact,
    enableSorting: false,
    cell: ({ row }) => <ContactCell person={row.original} />,
  }),
  column.accessor("status", { id: "status", header: COLUMN_LABELS.status, cell: ({ row }) => <StatusCell person={row.original} /> }),
  column.accessor("membershipType", {
    id: "plan",
    header: COLUMN_LABELS.plan,
    enableSorting: false,
    cell: ({ getValue }) => getValue() ?? "–",
  }),
  column.accessor("balanceMinor", {
    id: "balance",
    header: COLUMN_LABELS.balance,
    cell: ({ row }) => <BalanceCell person={row.original} />,
  }),
  column.accessor("lastVisitAt", {
    id: "last_visit",
    header: COLUMN_LABELS.last_visit,
    cell: ({ row }) => <VisitCell person={row.original} />,
  }),
  column.accessor("visitCount", { id: "visits", header: COLUMN_LABELS.visits, cell: ({ getValue }) => getValue() ?? "–" }),
  column.accessor("joinedOn", { id: "joined", header: COLUMN_LABELS.joined, cell: ({ row }) => <JoinedCell person={row.original} /> }),
  column.accessor("accessState", {
    id: "access",
    header: COLUMN_LABELS.access,
    enableSorting: false,
    cell: ({ row }) => <AccessCell person={row.original} />,
  }),
]);

type CellProps = { readonly person: PersonRow };

const NameCell = ({ person }: CellProps) => {
  const { slug } = useClub();
  return (
    <>
      <Link
        href={personPath(slug, person.contactId)}
        prefetch={false}
        data-person={person.id}
        className="block truncate font-semibold underline-offset-2 hover:underline"
      >
        {person.name}
      </Link>
      {person.membershipType === null ? null : <span className="block truncate text-xs text-ink-3">{person.membershipType}</span>}
    </>
  );
};

const ContactCell = ({ person: { email, phone } }: CellProps) => (
  <>
    {phone === null && email === null ? "–" : null}
    {phone === null ? null : <span className="block whitespace-nowrap tabular-nums">{formatAddress(phone)}</span>}
    {email === null ? null : <span className="block truncate text-xs text-ink-3">{email}</span>}
  </>
);

const StatusCell = ({ person: { status } }: CellProps) =>
  status === null ? "–" : <Chip tone={MEMBER_LABELS[status].tone}>{MEMBER_LABELS[status].label}</Chip>;

/** What nobody has told is no zero. */
const BalanceCell = ({ person: { balanceMinor, currency, trainingBalanceMinor } }: CellProps) =>
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

const VisitCell = ({ person: { lastVisitAt } }: CellProps) => (lastVisitAt === null ? "–" : <RelativeTime at={lastVisitAt} />);

const JoinedCell = ({ person: { joinedOn } }: CellProps) => (joinedOn === null ? "–" : formatCalendarDate(joinedOn));

const AccessCell = ({ person: { accessState } }: CellProps) => {
  if (accessState === null) {
    return "–";
  }
  return <Chip tone={accessState === "locked" ? "bad" : "good"}>{accessState === "locked" ? "Locked out" : "Open"}</Chip>;
};
