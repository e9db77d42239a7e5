"use client";

import { OctagonAlert } from "lucide-react";
import Link from "next/link";

import { useClub } from "#components/lib/club.tsx";
import { clubPath, conversationPath } from "#components/lib/paths.ts";
import type { AlertCard } from "#server/domain/inbox-view.ts";

/** The oldest critical alert, across the whole screen until it is done. */
export const CriticalStrip = ({ alerts }: { readonly alerts: readonly AlertCard[] }) => {
  const { slug } = useClub();
  const critical = alerts.filter((alert) => alert.severity === "critical");
  const [first] = critical.toSorted((left, right) => left.openedAt.getTime() - right.openedAt.getTime());
  if (first === undefined) {
    return null;
  }
  const href = first.conversationId === null ? clubPath(slug, "health") : conversationPath(slug, first.conversationId);
  return (
    <div role="alert" className="flex items-center gap-2 border-b border-line bg-bad-tint px-4 py-1.5 text-sm text-bad-ink">
      <OctagonAlert aria-hidden="true" className="size-4 shrink-0" />
      <p className="min-w-0 flex-1 truncate">
        <span className="font-semibold">{first.title}</span> {first.detail}
      </p>
      {critical.length > 1 ? <span className="shrink-0 max-sm:hidden">and {critical.length - 1} more</span> : null}
      <Link href={href} className="inline-flex min-h-6 shrink-0 items-center font-semibold underline underline-offset-2">
        Open
      </Link>
    </div>
  );
};
