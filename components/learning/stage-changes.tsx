"use client";

import { ArrowRight } from "lucide-react";

import { DecisionButtons } from "#components/learning/decision-buttons.tsx";
import type { Autonomy, StageChange } from "#components/learning/learning-types.ts";
import { Nothing, Section } from "#components/learning/section.tsx";
import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { CORRECTION_DAYS, EVIDENCE_DAYS } from "#server/domain/autonomy.ts";
import { STAGE_HINTS, STAGE_LABELS } from "#server/domain/policy-words.ts";

/** Stages that were earned and wait for an owner, and what became of those before. */
export const StageChanges = ({ autonomy: { bars, history, offers } }: { readonly autonomy: Autonomy }) => (
  <>
    <Section
      title="Earned stages"
      about={`A topic earns its next stage with ${bars.minDrafts} drafts within ${EVIDENCE_DAYS} days of which ${Math.round(bars.agreementRatio * 100)}% agree with what your team sent.`}
    >
      {offers.length === 0 ? <Nothing>Nothing is offered right now. What Spotter earns appears here with its evidence.</Nothing> : null}
      <ul className="divide-y divide-line">
        {offers.map((offer) => (
          <Offer key={offer.id} offer={offer} />
        ))}
      </ul>
    </Section>
    <Section
      title="Changes of stages"
      about={`${bars.demoteAfterCorrections} corrections of automatic answers within ${CORRECTION_DAYS} days take a topic back to suggestions, at once and by itself.`}
    >
      {history.length === 0 ? <Nothing>No stage was raised, kept or taken back within 60 days.</Nothing> : null}
      <ul className="divide-y divide-line">
        {history.map((change) => (
          <PastChange key={change.id} change={change} />
        ))}
      </ul>
    </Section>
  </>
);

const Steps = ({ change: { from, label, to } }: { readonly change: StageChange }) => (
  <p className="flex flex-wrap items-center gap-1.5 text-base font-semibold">
    {label}:<span className="font-normal text-ink-2">{STAGE_LABELS[from]}</span>
    <ArrowRight aria-label="to" className="size-3.5 text-ink-3" />
    <span>{STAGE_LABELS[to]}</span>
  </p>
);

const Offer = ({ offer }: { readonly offer: StageChange }) => {
  const { id: clubId } = useClub();
  const { learning } = useTRPCClient();
  const input = { clubId, changeId: offer.id };
  const { agreedCount, draftCount } = offer.evidence;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <Steps change={offer} />
        <p className="text-sm text-ink-2">
          <span className="tabular-nums">
            {agreedCount} of {draftCount}
          </span>{" "}
          drafts agreed. {STAGE_HINTS[offer.to]}
        </p>
        <p className="text-xs text-ink-3">
          Offered <RelativeTime at={offer.at} isInSentence />
        </p>
      </div>
      <DecisionButtons
        yes={{
          label: "Accept",
          name: `Accept ${STAGE_LABELS[offer.to]} for ${offer.label}`,
          change: () => learning.acceptOffer.mutate(input),
          done: `${offer.label} is now on ${STAGE_LABELS[offer.to]}`,
        }}
        no={{
          label: "Decline",
          name: `Decline ${STAGE_LABELS[offer.to]} for ${offer.label}`,
          change: () => learning.declineOffer.mutate(input),
          done: "Declined. It is not offered again for two weeks",
        }}
      />
    </li>
  );
};

const OUTCOMES = {
  offered: { label: "Offered", tone: "warn" },
  accepted: { label: "Accepted", tone: "good" },
  declined: { label: "Declined", tone: "neutral" },
  demoted: { label: "Taken back", tone: "bad" },
} as const satisfies Record<StageChange["status"], { label: string; tone: "warn" | "good" | "neutral" | "bad" }>;

const PastChange = ({ change }: { readonly change: StageChange }) => {
  const { label, tone } = OUTCOMES[change.status];
  const { agreedCount, correctionCount, draftCount } = change.evidence;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <Steps change={change} />
        <p className="text-sm text-ink-2">
          {change.status === "demoted"
            ? `${correctionCount} automatic answers were corrected within ${CORRECTION_DAYS} days.`
            : `${agreedCount} of ${draftCount} drafts agreed with what your team sent.`}
        </p>
        <p className="text-xs text-ink-3">
          <RelativeTime at={change.at} isInSentence />
        </p>
      </div>
      <Chip tone={tone}>{label}</Chip>
    </li>
  );
};
