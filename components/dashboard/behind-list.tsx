"use client";

import Link from "next/link";

import type { BehindRow } from "#components/dashboard/report-types.ts";
import { useClub } from "#components/lib/club.tsx";
import { conversationPath } from "#components/lib/paths.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";

type BehindListProps = { readonly rows: readonly BehindRow[]; readonly formatDetail: (value: number) => string };

/** Each leads into its conversation. What belongs to none, such as an opt-out by a link, says so. */
export const BehindList = ({ formatDetail, rows }: BehindListProps) => (
  <ul>
    {rows.map((row) => (
      <li key={row.place} className="border-b border-line last:border-b-0">
        <Row row={row} detail={row.detail === null ? null : formatDetail(row.detail)} />
      </li>
    ))}
  </ul>
);

const Row = ({ detail, row }: { readonly row: BehindRow; readonly detail: string | null }) => {
  const { slug } = useClub();
  const content = (
    <>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm font-semibold">{row.contactName ?? "Not part of a conversation"}</span>
        <span className="block truncate text-xs text-ink-3">{row.preview}</span>
      </span>
      {detail === null ? null : <span className="text-sm tabular-nums">{detail}</span>}
      <span className="w-20 shrink-0 text-right text-xs text-ink-3 tabular-nums">
        <RelativeTime at={row.at} />
      </span>
    </>
  );
  return row.conversationId === null ? (
    <div className="flex min-h-13 items-center gap-3 px-4 py-2">{content}</div>
  ) : (
    <Link
      href={conversationPath(slug, row.conversationId)}
      className="flex min-h-13 items-center gap-3 px-4 py-2 transition-colors hover:bg-sunken focus-visible:-outline-offset-2"
    >
      {content}
    </Link>
  );
};
