"use client";

import { Rocket } from "lucide-react";
import Link from "next/link";

import { useClock } from "#components/lib/clock.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { formatAgo } from "#components/lib/format.ts";
import { workflowPageOf } from "#components/lib/paths.ts";
import { rolloutOf, type Rollout } from "#components/workflows/rollout.ts";
import type { WorkflowRow } from "#components/workflows/workflow-types.ts";
import { buttonStyles } from "#components/ui/button.tsx";

/** The one next step on the way to all workflows being live. */
export const RolloutCard = ({ workflows }: { readonly workflows: readonly WorkflowRow[] }) => {
  const clock = useClock();
  const { slug } = useClub();
  const mayManage = useMay("workflow.manage");
  const rollout = rolloutOf(workflows, clock.now);
  if (rollout.kind === "all_live") {
    return null;
  }
  const { title, about, action, tab } = wordsOf(rollout, (at) => formatAgo(at, clock));
  const live = workflows.filter(({ isDryRun }) => !isDryRun).length;
  return (
    <section aria-label="Next step" className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-card border border-line bg-surface p-4">
      <span aria-hidden="true" className="flex size-9 shrink-0 items-center justify-center rounded-full bg-sunken text-ink-2 max-sm:hidden">
        <Rocket className="size-4.5" />
      </span>
      <div className="min-w-0 flex-1 basis-72">
        <h2 className="text-base font-semibold">{title}</h2>
        <p className="mt-0.5 max-w-[72ch] text-sm text-pretty text-ink-2">{about}</p>
        <p className="mt-1 text-xs text-ink-3 tabular-nums">
          {live} of {workflows.length} live. They go live one at a time.
        </p>
      </div>
      {mayManage || rollout.kind !== "review" ? (
        <Link
          href={workflowPageOf(slug, rollout.workflow, tab)}
          className={buttonStyles({ kind: rollout.kind === "watch" ? "secondary" : "primary" })}
        >
          {action}
        </Link>
      ) : null}
    </section>
  );
};

type Words = { readonly title: string; readonly about: string; readonly action: string; readonly tab: string };

const wordsOf = (rollout: Exclude<Rollout, { kind: "all_live" }>, ago: (at: Date) => string): Words => {
  const { name, previewedAt } = rollout.workflow;
  switch (rollout.kind) {
    case "review":
      return {
        title: `Look back at the first day of “${name}”`,
        about: "See what it did beside what its preview foresaw. Once you say it is all right, the next workflow may go live.",
        action: "Review",
        tab: "review",
      };
    case "watch":
      return {
        title: `“${name}” is being watched`,
        about: `It went live today. Its first day can be reviewed ${ago(rollout.until)}; until then no other workflow goes live.`,
        action: "See how it goes",
        tab: "review",
      };
    case "next":
      return previewedAt === null
        ? {
            title: `Next: preview “${name}”`,
            about: "You see exactly who would get which text, and who would not and why. Nothing leaves.",
            action: "Preview",
            tab: "preview",
          }
        : {
            title: `Next: let “${name}” go live`,
            about: "You have seen its preview. Its first live run still waits for your yes before anybody is written to.",
            action: "Open",
            tab: "preview",
          };
  }
};
