"use client";

import { useQuery } from "@tanstack/react-query";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { dayText } from "#server/domain/calendar-date.ts";

/** What happened since the brief before and what needs people, as it was at seven; nothing before a club's first one. */
export const BriefCard = () => {
  const { id: clubId } = useClub();
  const brief = useQuery(useTRPC().alerts.brief.queryOptions({ clubId }));
  return brief.data == null ? null : (
    <section aria-label="Morning brief" className="rounded-control border border-line bg-surface p-4">
      <h2 className="text-base font-semibold">Brief of {dayText(brief.data.onDate)}</h2>
      <p className="mt-1 text-sm text-ink-2">{brief.data.happened}</p>
      {brief.data.needsYou.length === 0 ? (
        <p className="mt-1 text-sm text-ink-2">Nothing waited for you.</p>
      ) : (
        <ul className="mt-1 list-disc pl-5 text-sm">
          {brief.data.needsYou.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
};
