"use client";

import { Brain, Wrench } from "lucide-react";
import type { ReactNode } from "react";

import { PromptSent } from "#components/activity/prompt-sent.tsx";
import { capitalize, words } from "#components/lib/format.ts";
import type { Tone } from "#components/lib/labels.ts";
import { Panel } from "#components/ui/page.tsx";
import { Chip } from "#components/ui/chip.tsx";
import type { RunDetail, RunStep } from "#server/domain/run-view.ts";
import { visible } from "#server/domain/visible.ts";
import { formatCostMicros } from "#server/domain/money.ts";

const SECOND_MS = 1_000;

/** Each call of the model and of a tool, in its order, with how long it took. */
export const RunSteps = ({ steps }: Pick<RunDetail, "steps">) => (
  <Panel label="Steps">
    {steps.length === 0 ? (
      <p className="p-4 text-sm text-ink-2">Neither the model nor a tool was asked: fixed rules or the local reading were enough.</p>
    ) : (
      <ol>
        {steps.map((step) => (
          <li key={step.id} className="border-b border-line px-4 py-3 last:border-b-0">
            {step.kind === "model" ? <ModelCall step={step} /> : <ToolCall step={step} />}
          </li>
        ))}
      </ol>
    )}
  </Panel>
);

type HeadProps = { readonly icon: ReactNode; readonly title: string; readonly aside: string; readonly chip?: ReactNode };

const Head = ({ aside, chip, icon, title }: HeadProps) => (
  <p className="flex flex-wrap items-center gap-2 text-sm [&>svg]:size-4 [&>svg]:text-ink-3">
    {icon}
    <span className="font-semibold">{title}</span>
    {chip}
    <span className="ml-auto text-xs text-ink-3 tabular-nums">{aside}</span>
  </p>
);

const ModelCall = ({ step }: { readonly step: Extract<RunStep, { kind: "model" }> }) => (
  <>
    <Head
      icon={<Brain aria-hidden="true" />}
      title={`Model, ${words(step.purpose)}`}
      chip={step.errorKind === null ? null : <Chip tone="bad">{words(step.errorKind)}</Chip>}
      aside={`${(step.durationMs / SECOND_MS).toFixed(1)} s, ${formatCostMicros(step.costMicros)}`}
    />
    <p className="mt-1 text-xs text-ink-2 tabular-nums">
      {step.model}, prompt {step.promptVersion}
      {step.stopReason === null ? "" : `, ended with “${words(step.stopReason)}”`}. {step.inputTokens.toLocaleString("en-US")} tokens in,{" "}
      {step.outputTokens.toLocaleString("en-US")} out, {step.cacheReadTokens.toLocaleString("en-US")} read from the cache,{" "}
      {step.cacheWriteTokens.toLocaleString("en-US")} written to it.
    </p>
    {step.hasPrompt ? <PromptSent turnId={step.id} /> : null}
  </>
);

const TONES: ReadonlyMap<string, Tone> = new Map([
  ["done", "good"],
  ["refused", "warn"],
  ["failed", "bad"],
]);

const ToolCall = ({ step }: { readonly step: Extract<RunStep, { kind: "tool" }> }) => (
  <>
    <Head
      icon={<Wrench aria-hidden="true" />}
      title={`Tool, ${words(step.name)}`}
      chip={<Chip tone={TONES.get(step.outcome) ?? "neutral"}>{capitalize(step.outcome)}</Chip>}
      aside={step.durationMs === null ? "no answer" : `${(step.durationMs / SECOND_MS).toFixed(1)} s`}
    />
    <details className="mt-1">
      <summary className="flex min-h-6 cursor-pointer items-center text-xs text-ink-2">What was asked and answered</summary>
      <Json label="Asked with" text={step.arguments} />
      {step.result === null ? null : <Json label="Answered" text={step.result} />}
    </details>
  </>
);

const Json = ({ label, text }: { readonly label: string; readonly text: string }) => (
  <figure className="mt-2">
    <figcaption className="text-xs text-ink-3">{label}</figcaption>
    <pre
      tabIndex={0}
      aria-label={label}
      className="mt-1 max-h-80 overflow-auto rounded-control bg-sunken p-3 text-xs break-words whitespace-pre-wrap"
    >
      {visible(text)}
    </pre>
  </figure>
);
