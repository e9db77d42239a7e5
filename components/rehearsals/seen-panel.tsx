"use client";

import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { capitalize, words } from "#components/lib/format.ts";
import { outcomeWords } from "#components/rehearsals/outcome-words.ts";
import type { Seen } from "#components/rehearsals/rehearsal-types.ts";
import { Chip } from "#components/ui/chip.tsx";
import { ThresholdMeter } from "#components/ui/threshold-meter.tsx";
import { REASONS } from "#server/domain/reasons.ts";
import { formatCostMicros } from "#server/domain/money.ts";

const SOURCES: Readonly<Record<string, string>> = {
  instant: "The club's own words, without a model",
  local: "Read without a model",
  triage: "Settled before any reading",
};

/** What would happen, and on what grounds. */
export const SeenPanel = ({ seen }: { readonly seen: Seen }) => {
  const { label, tone } = outcomeWords(seen.outcome);
  return (
    <section aria-label="What would happen" className="flex flex-col gap-3 rounded-card border border-line bg-raised p-3 text-sm">
      <p>
        <Chip tone={tone}>{label}</Chip>
      </p>
      {seen.tools.length > 0 ? (
        <ul className="flex flex-col gap-1">
          {seen.tools.map(({ arguments: args, name }) => (
            <li key={`${name}${JSON.stringify(args)}`} className="break-words">
              It would ask for <span className="font-semibold">{words(name)}</span>{" "}
              <span className="text-xs text-ink-3">{JSON.stringify(args)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <ThresholdMeter label="Confidence" value={seen.confidence} threshold={seen.threshold} />
      )}
      <ol className="flex list-decimal flex-col gap-1 pl-4.5 marker:text-ink-3">
        {seen.reasons.map((code) => (
          <li key={code}>{capitalize(REASONS[code])}</li>
        ))}
      </ol>
      {seen.findings.map(({ code, span }) => (
        <p key={`${code}${span}`} className="flex items-start gap-1.5 text-warn-ink">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 break-words">
            {capitalize(words(code))}: “{span}”
          </span>
        </p>
      ))}
      <dl className="grid grid-cols-[6.5rem_1fr] gap-x-3 gap-y-1.5 text-xs">
        <Fact label="Intent">
          {capitalize(words(seen.category))}
          {seen.subIntent === "" ? null : `, ${words(seen.subIntent)}`}
        </Fact>
        {seen.riskFlags.length === 0 ? null : <Fact label="Risks">{seen.riskFlags.map(words).join(", ")}</Fact>}
        {seen.evidence === "" ? null : <Fact label="Their words">“{seen.evidence}”</Fact>}
        <Fact label="Facts used">{seen.knowledge.length === 0 ? "None" : seen.knowledge.map(({ title }) => title).join(", ")}</Fact>
        <Fact label="Thought by">{SOURCES[seen.source] ?? seen.source}</Fact>
        <Fact label="Rules">{seen.policyVersion}</Fact>
        <Fact label="Cost">{formatCostMicros(seen.costMicros)}</Fact>
      </dl>
    </section>
  );
};

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <>
    <dt className="text-ink-3">{label}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </>
);
