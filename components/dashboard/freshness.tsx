"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";

import { StatusChips } from "#components/health/connection-table.tsx";
import { useClub } from "#components/lib/club.tsx";
import { connectionPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

/** How fresh the news of each connection is. */
export const Freshness = () => {
  const { id: clubId, slug } = useClub();
  const health = useQuery(useTRPC().connections.health.queryOptions({ clubId }));
  if (health.data === undefined) {
    return null;
  }
  return (
    <div className="border-t border-line px-4 py-3">
      <h3 className="mb-2 text-xs text-ink-3">Last news of each connection</h3>
      {health.data.length === 0 ? <p className="text-sm text-ink-2">No vendor is connected yet.</p> : null}
      <ul className="flex flex-col gap-2">
        {health.data.map((connection) => (
          <li key={connection.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
            <Link href={connectionPath(slug, connection.id)} className="min-w-0 flex-1 truncate hover:underline">
              {connection.name}
            </Link>
            <span className="text-ink-2 tabular-nums">
              {connection.lastSuccessAt === null ? "never" : <RelativeTime at={connection.lastSuccessAt} isInSentence />}
            </span>
            <StatusChips connection={connection} />
          </li>
        ))}
      </ul>
    </div>
  );
};
