"use client";

import { OctagonX } from "lucide-react";

import { useClub } from "#components/lib/club.tsx";

/** While the club is stopped a run stands still, whatever its state says. */
export const Stopped = () => {
  const { stoppedAt } = useClub();
  return stoppedAt === null ? null : (
    <p className="flex items-center gap-2 rounded-card bg-bad-tint px-4 py-3 text-sm text-bad-ink">
      <OctagonX aria-hidden="true" className="size-4 shrink-0" />
      The emergency stop holds this run: nobody is written to until somebody lets Spotter go on.
    </p>
  );
};
