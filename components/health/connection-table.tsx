"use client";

import { CircleAlert, CircleCheck, CircleOff, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

import { useClub } from "#components/lib/club.tsx";
import { words } from "#components/lib/format.ts";
import { PROVIDER_LABELS, connectionLabel } from "#components/lib/labels.ts";
import type { Tone } from "#components/lib/labels.ts";
import { connectionPath } from "#components/lib/paths.ts";
import { Chip } from "#components/ui/chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ConnectionHealth } from "#server/domain/inbox-view.ts";

const ICONS = {
  good: <CircleCheck aria-hidden="true" />,
  warn: <TriangleAlert aria-hidden="true" />,
  bad: <CircleAlert aria-hidden="true" />,
  neutral: <CircleOff aria-hidden="true" />,
  spotter: null,
} as const satisfies Record<Tone, ReactNode>;

export const ConnectionTable = ({ connections }: { readonly connections: readonly ConnectionHealth[] }) => (
  <ul>
    {connections.map((connection) => (
      <ConnectionRow key={connection.id} connection={connection} />
    ))}
  </ul>
);

const ConnectionRow = ({ connection }: { readonly connection: ConnectionHealth }) => {
  const { slug } = useClub();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-3 last:border-b-0">
      <div className="min-w-0 flex-1 basis-full md:basis-56">
        <Link href={connectionPath(slug, connection.id)} className="text-sm font-semibold hover:underline">
          {connection.name}
        </Link>
        {connection.name === PROVIDER_LABELS[connection.provider] ? null : (
          <p className="truncate text-xs text-ink-3">{PROVIDER_LABELS[connection.provider]}</p>
        )}
        {connection.pauseReason === null ? null : <p className="truncate text-xs text-ink-3">Paused: {connection.pauseReason}</p>}
      </div>
      <p className="basis-full text-sm text-ink-2 tabular-nums md:basis-44">
        {connection.lastSuccessAt === null ? (
          "No success yet"
        ) : (
          <>
            Last success <RelativeTime at={connection.lastSuccessAt} isInSentence />
          </>
        )}
        {connection.lastErrorAt === null ? null : (
          <span className="block text-xs text-ink-3">
            Last error <RelativeTime at={connection.lastErrorAt} isInSentence />
            {connection.lastErrorKind === null ? null : `, ${words(connection.lastErrorKind)}`}
          </span>
        )}
      </p>
      <p className="flex gap-1.5 md:basis-52 md:justify-end">
        <StatusChips connection={connection} />
      </p>
    </li>
  );
};

const NOT_USED_YET = { label: "Not used yet", tone: "neutral" } as const;

type StatusChipsProps = { readonly connection: Pick<ConnectionHealth, "status" | "isStale" | "lastSuccessAt"> };

/** The state of a connection, and beside it whether its news is late. */
export const StatusChips = ({ connection }: StatusChipsProps) => {
  // Nothing is known to work before it has worked once.
  const { label, tone } =
    connection.status === "active" && connection.lastSuccessAt === null ? NOT_USED_YET : connectionLabel(connection.status);
  return (
    <>
      {connection.isStale ? (
        <Chip tone="warn" icon={<TriangleAlert aria-hidden="true" />}>
          Late
        </Chip>
      ) : null}
      <Chip tone={tone} icon={ICONS[tone]}>
        {label}
      </Chip>
    </>
  );
};
