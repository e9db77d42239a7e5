"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";

import { RunSteps } from "#components/activity/run-steps.tsx";
import { useClub } from "#components/lib/club.tsx";
import { capitalize, words } from "#components/lib/format.ts";
import { ledgerLabel } from "#components/lib/labels.ts";
import { clubPath, conversationPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { ThresholdMeter } from "#components/ui/threshold-meter.tsx";
import type { Id } from "#server/domain/ids.ts";
import { CATEGORY_LABELS } from "#server/domain/categories.ts";
import { PROMPT_KEPT_DAYS } from "#server/domain/prompt-blocks.ts";
import type { RunDetail } from "#server/domain/run-view.ts";
import { formatCostMicros } from "#server/domain/money.ts";

const SECOND_MS = 1_000;

/** One attempt of Spotter on one message: what it asked, what it was told, what was decided and why, and what that cost. */
export const RunScreen = ({ runId }: { readonly runId: Id<"agentRun"> }) => {
  const { id: clubId, slug } = useClub();
  const run = useQuery(useTRPC().aiActions.run.queryOptions({ clubId, runId }));
  return (
    <Page
      title="Run"
      about={`One attempt of Spotter on one message, as it was stored. Names, numbers and amounts of people are masked; prompts are kept for ${PROMPT_KEPT_DAYS} days.`}
      aside={
        <Link href={clubPath(slug, "activity")} className="flex min-h-6 items-center text-sm underline underline-offset-2">
          All activity
        </Link>
      }
    >
      {run.isPending ? <SkeletonRows count={6} label="Loading the run" /> : null}
      {run.isError && run.data === undefined ? <ErrorState error={run.error} onRetry={() => void run.refetch()} /> : null}
      {run.data === undefined ? null : (
        <div className="flex flex-col gap-6">
          <Summary run={run.data} />
          <Decision run={run.data} />
          <Block title="Steps">
            <RunSteps steps={run.data.steps} />
          </Block>
          <Ledger actions={run.data.actions} />
        </div>
      )}
    </Page>
  );
};

const Block = ({ children, title }: { readonly title: string; readonly children: ReactNode }) => (
  <section aria-label={title}>
    <h2 className="mb-2 text-base font-semibold">{title}</h2>
    {children}
  </section>
);

const Summary = ({ run }: { readonly run: RunDetail }) => {
  const { slug } = useClub();
  const { total } = run;
  const tookMs = run.finishedAt === null ? null : run.finishedAt.getTime() - run.startedAt.getTime();
  return (
    <Panel label="Summary">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 p-4 text-sm md:grid-cols-4">
        <Figure label="State">{capitalize(words(run.status))}</Figure>
        <Figure label="Outcome">{run.endCode === null ? "None yet" : ledgerLabel(run.endCode).label}</Figure>
        <Figure label="Began">
          <RelativeTime at={run.startedAt} isInSentence />
        </Figure>
        <Figure label="Took">{tookMs === null ? "Not over" : `${(tookMs / SECOND_MS).toFixed(1)} s`}</Figure>
        <Figure label="Cost">{formatCostMicros(total.costMicros)}</Figure>
        <Figure label="Tokens in, out">
          {total.inputTokens.toLocaleString("en-US")}, {total.outputTokens.toLocaleString("en-US")}
        </Figure>
        <Figure label="Read from the cache">{total.cacheReadTokens.toLocaleString("en-US")} tokens</Figure>
        <Figure label="Message">
          <Link href={conversationPath(slug, run.conversationId)} className="underline underline-offset-2">
            Open the conversation
          </Link>
        </Figure>
      </dl>
    </Panel>
  );
};

const Figure = ({ children, label }: { readonly label: string; readonly children: ReactNode }) => (
  <div>
    <dt className="text-xs text-ink-3">{label}</dt>
    <dd className="tabular-nums">{children}</dd>
  </div>
);

const SOURCES: ReadonlyMap<string | null, string> = new Map([
  ["thought", "A thought of the model, or of the local reading where that was sure"],
  ["triage", "Fixed rules, before any model"],
  ["failed", "The model could not be used"],
]);

const Decision = ({ run: { automation, findings, local, source, why } }: { readonly run: RunDetail }) => (
  <Block title="Decision">
    <Panel label="Decision">
      <div className="flex flex-col gap-4 p-4 text-sm">
        {why === null ? (
          <p className="text-ink-2">This run has decided nothing: another one took over, or it failed before.</p>
        ) : (
          <>
            <ThresholdMeter label="Confidence" value={why.confidence} threshold={why.threshold} />
            <ol aria-label="Reasons, in order" className="flex list-decimal flex-col gap-1 pl-4.5 marker:text-ink-3">
              {why.reasons.map(({ code, sentence }) => (
                <li key={code}>{capitalize(sentence)}</li>
              ))}
            </ol>
            <dl className="grid grid-cols-2 gap-x-6 gap-y-3 md:grid-cols-3">
              <Figure label="Intent">
                {CATEGORY_LABELS[why.category]}
                {why.subIntent === "" ? null : `, ${words(why.subIntent)}`}
              </Figure>
              <Figure label="Decided from">{SOURCES.get(source) ?? "Not kept"}</Figure>
              <Figure label="Rules">{why.policyVersion}</Figure>
              <Figure label="Facts used">{why.knowledge.length === 0 ? "None" : why.knowledge.map(({ title }) => title).join(", ")}</Figure>
              {local === null ? null : (
                <Figure label="The local reading">
                  {words(local.category)}, {words(local.subIntent)}, {local.confidence.toFixed(2)}
                </Figure>
              )}
              {automation === null ? null : (
                <Figure label="Automation">
                  {capitalize(words(automation.name))}, {words(automation.step)}, {automation.stage}
                </Figure>
              )}
            </dl>
          </>
        )}
        {findings.length === 0 ? null : (
          <div>
            <h3 className="mb-1 text-xs text-ink-3">What the guards found</h3>
            <ul className="flex flex-col gap-1">
              {findings.map(({ code, span }) => (
                <li key={`${code} ${span}`} className="flex flex-wrap items-center gap-2">
                  <Chip tone="warn">{words(code)}</Chip>
                  {span === "" ? null : <span className="break-words text-ink-2">“{span}”</span>}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Panel>
  </Block>
);

const Ledger = ({ actions }: Pick<RunDetail, "actions">) =>
  actions.length === 0 ? null : (
    <Block title="In the ledger">
      <Panel label="In the ledger">
        <ul>
          {actions.map(({ createdAt, id, outcome, sequence, summary }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 text-sm last:border-b-0">
              <span className="text-xs text-ink-3 tabular-nums">No. {sequence}</span>
              <span className="min-w-0 flex-1 basis-60">{summary}</span>
              <Chip tone={ledgerLabel(outcome).tone}>{ledgerLabel(outcome).label}</Chip>
              <RelativeTime at={createdAt} className="text-xs text-ink-3" />
            </li>
          ))}
        </ul>
      </Panel>
    </Block>
  );
