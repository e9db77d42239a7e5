"use client";

import { useClock } from "#components/lib/clock.tsx";
import { formatDate } from "#components/lib/format.ts";
import type { WorkflowDetails } from "#components/workflows/workflow-types.ts";
import { groupWord, templateName } from "#components/workflows/workflow-words.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";

/** Which texts need no further yes, for whom, and until when. */
export const StandingApprovals = ({ workflow: { approvals } }: { readonly workflow: Pick<WorkflowDetails, "approvals"> }) => {
  const clock = useClock();
  return approvals.length === 0 ? null : (
    <section aria-labelledby="approvals-title">
      <h2 id="approvals-title" className="text-lg font-semibold">
        Texts that were approved
      </h2>
      <p className="mt-0.5 mb-3 max-w-[72ch] text-sm text-ink-2">
        They go out without another yes. It ends after 30 days, when the text changes, or when its group grows by more than a fifth.
      </p>
      <ul className="overflow-hidden rounded-card border border-line bg-surface">
        {approvals.map(({ approvedAt, expiresAt, group, groupSize }) => {
          const [name = "", key = ""] = group.split(":");
          return (
            <li
              key={group}
              className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-b border-line px-4 py-2.5 text-sm last:border-b-0"
            >
              <span className="font-semibold">{templateName(key)}</span>
              <span className="text-ink-2 tabular-nums">
                {groupWord(name)}, {groupSize.toLocaleString("en-US")} people
              </span>
              <span className="ml-auto text-xs text-ink-3 max-sm:ml-0 max-sm:w-full">
                approved <RelativeTime at={approvedAt} isInSentence />, until {formatDate(expiresAt, clock)}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
