"use client";

import { OctagonPause } from "lucide-react";

import { useMay } from "#components/lib/club.tsx";
import { Chip } from "#components/ui/chip.tsx";
import type { Fact } from "#server/domain/knowledge.ts";

type FactStopProps = { readonly fact: Fact; readonly onStop: (fact: Fact) => void };

/** That a fact is stopped and why, or the way to stop it. */
export const FactStop = ({ fact, onStop }: FactStopProps) => {
  const mayStop = useMay("knowledge.stop");
  if (fact.stoppedAt !== null) {
    return (
      <p className="flex flex-wrap items-center gap-2 text-xs text-bad-ink">
        <Chip tone="bad" icon={<OctagonPause aria-hidden="true" />}>
          Stopped
        </Chip>
        {fact.stopReason}
      </p>
    );
  }
  return mayStop ? (
    <button
      type="button"
      onClick={() => onStop(fact)}
      className="inline-flex min-h-6 items-center gap-1.5 self-start rounded-control text-xs text-ink-2 underline underline-offset-2 hover:text-ink"
    >
      <OctagonPause aria-hidden="true" className="size-3.5" />
      Stop “{fact.label}”
    </button>
  ) : null;
};
