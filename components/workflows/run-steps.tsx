"use client";

import { useClub } from "#components/lib/club.tsx";
import { formatMoment } from "#components/lib/format.ts";
import { stepDuration, stepName } from "#components/workflows/workflow-words.ts";
import type { RunDetails } from "#components/workflows/workflow-types.ts";

/** What happened when, each with the time it took from the step before. */
export const RunSteps = ({ run }: { readonly run: Pick<RunDetails, "steps"> }) => {
  const { timeZone } = useClub();
  return (
    <ol aria-label="Steps" className="overflow-hidden rounded-card border border-line bg-surface">
      {run.steps.map((step, index) => {
        const before = run.steps[index - 1];
        return (
          <li
            key={`${step.name} ${step.at.toISOString()}`}
            className="flex items-baseline gap-3 border-b border-line px-4 py-2 text-sm last:border-b-0"
          >
            <span className="min-w-0 flex-1">
              {stepName(step.name)}
              {step.detail === "" ? null : <span className="text-ink-3">, {step.detail.replaceAll("_", " ").replaceAll(":", ": ")}</span>}
            </span>
            <span className="text-xs whitespace-nowrap text-ink-3 tabular-nums" title={formatMoment(step.at, timeZone)}>
              {before === undefined ? formatMoment(step.at, timeZone) : `after ${stepDuration(step.at.getTime() - before.at.getTime())}`}
            </span>
          </li>
        );
      })}
    </ol>
  );
};
