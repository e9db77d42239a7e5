"use client";

import { Check, Eye, X } from "lucide-react";
import Link from "next/link";

import { approvalWords } from "#components/ask/ask-words.ts";
import { useClub } from "#components/lib/club.tsx";
import { clubPath } from "#components/lib/paths.ts";
import type { RunDetails } from "#components/workflows/workflow-types.ts";
import { Chip } from "#components/ui/chip.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import { visible } from "#server/domain/visible.ts";
import { formatCostMicros } from "#server/domain/money.ts";

type Task = NonNullable<RunDetails["task"]>;
type Call = Task["calls"][number];

type TaskPanelProps = { readonly run: Pick<RunDetails, "tokens" | "costMicros" | "phase">; readonly task: Task };

/** How the plan of a task was thought out: Spotter's own words, what it looked up, and each deed it asked for. */
export const TaskPanel = ({ run, task }: TaskPanelProps) => (
  <section aria-labelledby="thought-title" className="flex flex-col gap-3">
    <h2 id="thought-title" className="text-lg font-semibold">
      What Spotter did
    </h2>
    <p className="max-w-[72ch] text-sm whitespace-pre-line text-ink-2">
      <span className="sr-only">The task: </span>“{visible(task.task.task)}”
    </p>
    {task.words === null ? null : (
      <p className="flex max-w-[80ch] items-start gap-2.5 rounded-card bg-spotter-tint px-4 py-3 text-sm text-pretty whitespace-pre-line text-spotter-ink">
        <SpotterGlyph className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0 break-words">{visible(task.words)}</span>
      </p>
    )}
    {task.heldSpans.length === 0 ? null : (
      <p className="text-sm text-ink-2">
        Spotter’s own words were held back: they state what no lookup brought (
        {task.heldSpans.map((span) => `“${visible(span)}”`).join(", ")}).
      </p>
    )}
    {task.calls.length === 0 ? (
      <p className="text-sm text-ink-3">{run.phase === "planning" ? "It is thinking the task through." : "It used no tool."}</p>
    ) : (
      <ol aria-label="What it used" className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
        {task.calls.map((call) => (
          <TaskCall key={call.id} call={call} />
        ))}
      </ol>
    )}
    <p className="text-xs text-ink-3 tabular-nums">
      {task.messageCount} of {task.task.budget.messages} messages, {run.tokens.toLocaleString("en-US")} of{" "}
      {task.task.budget.tokens.toLocaleString("en-US")} tokens, {formatCostMicros(run.costMicros)} of{" "}
      {formatCostMicros(task.task.budget.costMicros)}.
    </p>
  </section>
);

const TaskCall = ({ call }: { readonly call: Call }) => {
  const { slug } = useClub();
  const Icon = call.outcome === "requested" || call.outcome === "done" ? (call.status === null ? Eye : Check) : X;
  return (
    <li className="flex flex-col gap-2 px-4 py-2.5">
      <p className="flex items-start gap-2.5 text-sm">
        <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0 flex-1 break-words">{visible(call.sentence)}</span>
        <State call={call} />
      </p>
      {call.error === null ? null : <p className="pl-6.5 text-sm text-bad-ink">{visible(call.error)}</p>}
      {call.facts.length === 0 || call.status !== null ? null : (
        <p className="pl-6.5 text-xs break-words text-ink-2">{visible(call.facts.join(" · "))}</p>
      )}
      {call.rows.length === 0 ? null : <Rows call={call} />}
      {call.approvals.map((approval) => (
        <p key={approval.approvalId} className="flex flex-wrap items-center gap-x-3 gap-y-1 pl-6.5 text-sm">
          <span className="min-w-0 flex-1 break-words">{visible(approval.summary)}</span>
          <Chip tone={approval.status === "pending" ? "warn" : "neutral"}>{approvalWords(approval.status, approval.effectStatus)}</Chip>
          {approval.status === "pending" ? (
            <Link href={clubPath(slug, "approvals")} className="flex min-h-6 items-center text-xs underline underline-offset-2">
              Decide
            </Link>
          ) : null}
        </p>
      ))}
    </li>
  );
};

const State = ({ call }: { readonly call: Call }) => {
  switch (call.outcome) {
    case "requested":
      return <Chip tone="spotter">Next</Chip>;
    case "refused":
      return <Chip tone="warn">Refused</Chip>;
    case "failed":
      return <Chip tone="bad">Failed</Chip>;
    default:
      break;
  }
  if (call.count !== null) {
    return <Chip>{call.count.toLocaleString("en-US")} found</Chip>;
  }
  switch (call.status) {
    case "planned":
      return <Chip tone="good">Planned</Chip>;
    case "will_not_be_sent":
      return <Chip>Left out</Chip>;
    case "asked_the_team":
      return <Chip tone="warn">Asked the team</Chip>;
    default:
      return null;
  }
};

/** A sample, with names that stand nowhere in what the model sees. */
const Rows = ({ call }: { readonly call: Call }) => (
  <details className="pl-6.5">
    <summary className="inline-flex min-h-6 cursor-pointer items-center text-xs text-ink-2 underline underline-offset-2">
      Who they are<span className="sr-only">: {visible(call.sentence)}</span>
    </summary>
    <ul className="mt-1 divide-y divide-line rounded-control border border-line">
      {call.rows.map(({ facts, key, name }) => (
        <li key={key} className="flex flex-wrap justify-between gap-x-4 px-2.5 py-1.5 text-sm">
          <span className="font-medium">{visible(name)}</span>
          <span className="text-xs break-words text-ink-2">{visible(facts.join(" · "))}</span>
        </li>
      ))}
    </ul>
  </details>
);
