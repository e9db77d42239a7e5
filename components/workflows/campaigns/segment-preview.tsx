"use client";

import { Users } from "lucide-react";

import { capitalize } from "#components/lib/format.ts";
import type { SegmentPreview } from "#components/workflows/workflow-types.ts";

const told = (count: number): string => count.toLocaleString("en-US");

/** How many a segment holds, who of them would get it now, and who is left out and why. */
export const SegmentCounts = ({ isStale, preview }: { readonly preview: SegmentPreview; readonly isStale: boolean }) => {
  const { count, getsCount, leftOut, lookedAtCount, waitsCount } = preview;
  const isPart = lookedAtCount < count;
  return (
    <div className={isStale ? "opacity-60" : ""}>
      <p role="status" className="flex items-center gap-2 text-sm">
        <Users aria-hidden="true" className="size-4 text-ink-3" />
        <span>
          <span className="font-semibold tabular-nums">{told(count)}</span> {count === 1 ? "person belongs" : "people belong"} to it.{" "}
          {count === 0 ? "" : isPart ? `Of the first ${told(lookedAtCount)}, ` : ""}
          {count === 0 ? null : (
            <>
              <span className="font-semibold tabular-nums">{told(getsCount)}</span> would get it
              {waitsCount === 0 ? "" : `, ${told(waitsCount)} of them at a later hour`}.
            </>
          )}
        </span>
      </p>
      {leftOut.length === 0 ? null : (
        <div className="mt-3">
          <p className="mb-1 text-xs text-ink-3">Left out</p>
          <ul aria-label="Left out" className="flex flex-col gap-1 text-sm">
            {leftOut.map(({ count: number, names, reason, text }) => (
              <li key={reason} className="flex items-baseline gap-3">
                <span className="w-10 shrink-0 text-right font-semibold tabular-nums">{told(number)}</span>
                <span className="min-w-0">
                  {capitalize(text)}
                  <span className="text-ink-3">
                    {" "}
                    ({names.join(", ")}
                    {number > names.length ? " …" : ""})
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
};
