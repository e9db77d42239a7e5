"use client";

import { Check } from "lucide-react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { funnelOf } from "#components/workflows/run-figures.tsx";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import type { RunDetails } from "#components/workflows/workflow-types.ts";
import { groupWord, templateName, totalsOf } from "#components/workflows/workflow-words.ts";
import { Button } from "#components/ui/button.tsx";

type Question = RunDetails["questions"][number];

/** What a person must say yes to before this run acts, and what the yes means. */
export const ApproveCard = ({ run }: { readonly run: RunDetails }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const mayRun = useMay("workflow.run");
  const mayManage = useMay("workflow.manage");
  const approve = useWorkflowChange({
    change: () => client.workflows.approveRun.mutate({ clubId, runId: run.id }),
    done: "It begins now",
  });
  const isFirst = run.questions.some(({ kind }) => kind === "first_live_run");
  const mayDecide = isFirst ? mayManage : mayRun;
  const { eligible } = funnelOf(run.counts);
  const deferred = totalsOf(run.counts).deferred ?? 0;
  const people = eligible === 1 ? "1 person" : `${eligible.toLocaleString("en-US")} people`;
  return (
    <section aria-label="Your yes" className="flex flex-col gap-3 rounded-card border border-line-strong/60 bg-raised p-4">
      <div>
        <h2 className="text-lg font-semibold">{isFirst ? "The first live run waits for your yes" : "This run waits for a yes"}</h2>
        <p className="mt-0.5 max-w-[72ch] text-sm text-pretty text-ink-2">
          Nothing has gone out. With your yes {people} get what stands below
          {deferred === 0 ? "" : `, ${deferred.toLocaleString("en-US")} of them once their hour has come`}. Without one the run ends a day
          after it began.
        </p>
      </div>
      <ul className="flex flex-col gap-1 text-sm">
        {run.questions.map((question) => (
          <li key={question.kind === "text" ? question.group : question.kind}>{questionText(question)}</li>
        ))}
      </ul>
      {run.task === null ? (
        <p className="text-xs text-ink-3">
          A yes to a text lasts 30 days. It falls when the text changes or its group grows by more than a fifth.
        </p>
      ) : (
        <p className="text-xs text-ink-3">Your yes is to exactly this plan. What a person must decide one by one is asked again.</p>
      )}
      {mayDecide ? (
        <Button kind="primary" size="lg" className="self-start" isBusy={approve.isPending} onClick={() => approve.mutate(null)}>
          <Check aria-hidden="true" />
          Yes, act for {people}
        </Button>
      ) : (
        <p className="text-sm text-ink-2">{isFirst ? "An owner says yes to the first live run." : "A manager says yes."}</p>
      )}
    </section>
  );
};

const questionText = (question: Question): string => {
  if (question.kind === "first_live_run") {
    return "It has never acted for real in this club.";
  }
  if (question.kind === "plan") {
    return "Its plan holds what you want to be asked about.";
  }
  const [group = "", key = ""] = question.group.split(":");
  return `“${templateName(key)}” for ${groupWord(group).toLowerCase()}: ${FALL_WORDS[question.fall]}.`;
};

const FALL_WORDS = {
  new: "nobody has said yes to this text yet",
  expired: "the last yes is older than 30 days",
  text_changed: "the text has changed since the last yes",
  group_grew: "the group has grown by more than a fifth since the last yes",
} as const satisfies Record<Extract<Question, { kind: "text" }>["fall"], string>;
