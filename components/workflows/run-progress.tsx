"use client";

import { funnelOf } from "#components/workflows/run-figures.tsx";
import type { RunDetails } from "#components/workflows/workflow-types.ts";
import { runLabel } from "#components/workflows/workflow-words.ts";

/** A screen reader hears of each tenth, not of each message. */
const SPOKEN_STEPS = 10;

/** How far a run has come; its counts move by themselves while it goes on. */
export const RunProgress = ({ run }: { readonly run: Pick<RunDetails, "counts" | "phase" | "status" | "subjectCount"> }) => {
  const { eligible, waiting } = funnelOf(run.counts);
  const through = Math.max(0, eligible - waiting);
  const { label } = runLabel(run);
  const isActing = run.phase === "acting" && eligible > 0;
  const tenths = Math.floor((through * SPOKEN_STEPS) / Math.max(1, eligible));
  return (
    <div className="flex flex-col gap-1.5">
      {isActing ? (
        <>
          <progress aria-label="Progress" value={through} max={eligible} className="sr-only" />
          <div aria-hidden="true" className="h-2 overflow-hidden rounded-full bg-sunken">
            <div
              data-mark
              className="h-full rounded-full bg-spotter-solid transition-[width]"
              style={{ width: `${(through / eligible) * 100}%` }}
            />
          </div>
          <p className="text-sm text-ink-2 tabular-nums">
            {through.toLocaleString("en-US")} of {eligible.toLocaleString("en-US")} done
          </p>
        </>
      ) : (
        <p className="text-sm text-ink-2 tabular-nums">
          {run.subjectCount === 0 ? "Looking who this is about" : `${run.subjectCount.toLocaleString("en-US")} people looked at so far`}
        </p>
      )}
      <p role="status" className="sr-only">
        {isActing ? `${label}, ${tenths * SPOKEN_STEPS} percent done` : label}
      </p>
    </div>
  );
};
