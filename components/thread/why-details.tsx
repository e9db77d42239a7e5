"use client";

import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { capitalize, words } from "#components/lib/format.ts";
import { RISK_LABELS } from "#components/lib/labels.ts";
import { RunLink } from "#components/thread/run-link.tsx";
import { RateMessage } from "#components/thread/rate-message.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ThresholdMeter } from "#components/ui/threshold-meter.tsx";
import type { Id } from "#server/domain/ids.ts";
import type { Why } from "#server/domain/inbox-view.ts";
import { CATEGORY_LABELS } from "#server/domain/categories.ts";
import { formatCostMicros } from "#server/domain/money.ts";

type WhyDetailsProps = { readonly why: Why; readonly ratedMessageId: Id<"message"> | null };

/** Intent, how sure, on what grounds, with which facts, under which rules, at what cost. */
export const WhyDetails = ({ why, ratedMessageId }: WhyDetailsProps) => (
  <div className="mt-1 flex animate-arrive flex-col gap-3 rounded-card border border-line bg-raised p-3 text-sm">
    <ThresholdMeter label="Confidence" value={why.confidence} threshold={why.threshold} />
    <ol className="flex list-decimal flex-col gap-1 pl-4.5 marker:text-ink-3">
      {why.reasons.map(({ code, sentence }) => (
        <li key={code}>{capitalize(sentence)}</li>
      ))}
    </ol>
    {why.riskFlags.length === 0 ? null : (
      <p className="flex flex-wrap gap-1">
        {why.riskFlags.map((flag) => (
          <Chip key={flag} tone="warn" icon={<TriangleAlert aria-hidden="true" />}>
            {RISK_LABELS[flag]}
          </Chip>
        ))}
      </p>
    )}
    <dl className="grid grid-cols-[6.5rem_1fr] gap-x-3 gap-y-1.5 text-xs">
      <Fact label="Intent">
        {CATEGORY_LABELS[why.category]}
        {why.subIntent === "" ? null : `, ${words(why.subIntent)}`}
      </Fact>
      {why.evidence === "" ? null : <Fact label="Their words">“{why.evidence}”</Fact>}
      <Fact label="Facts used">{why.knowledge.length === 0 ? "None" : why.knowledge.map(({ title }) => title).join(", ")}</Fact>
      <Fact label="Rules">{why.policyVersion}</Fact>
      <Fact label="Model">{why.model ?? "No model was asked"}</Fact>
      {why.costMicros === null ? null : (
        <Fact label="Cost">
          <span className="tabular-nums">{formatCostMicros(why.costMicros)}</span>
        </Fact>
      )}
      <Fact label="Decided">
        <RelativeTime at={why.decidedAt} isInSentence />
      </Fact>
    </dl>
    <RunLink runId={why.runId} />
    {ratedMessageId === null ? null : <RateMessage messageId={ratedMessageId} />}
  </div>
);

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <>
    <dt className="text-ink-3">{label}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </>
);
