import { capitalize } from "#components/lib/format.ts";
import type { RunDetails } from "#components/workflows/workflow-types.ts";
import { groupWord, outcomeWord, totalsOf, type Counts } from "#components/workflows/workflow-words.ts";
import { RESPONSE_DAYS } from "#server/domain/workflows/campaign-plan.ts";
import { OPEN_OUTCOMES, OUTCOMES, reasonText, type OutcomeState } from "#server/domain/workflows/outcomes.ts";

const HEAD = "bg-surface px-3 py-2 text-right text-xs font-normal whitespace-nowrap text-ink-3 first:pl-4 first:text-left last:pr-4";
const CELL = "px-3 py-2 text-right tabular-nums first:pl-4 first:text-left last:pr-4";

type Figures = { readonly counts: Counts; readonly isDryRun: boolean };

type Responses = NonNullable<RunDetails["responses"]>;

type Stage = { readonly label: string; readonly count: number; readonly note: string; readonly tip: string };

/** From everybody the run looked at to those who did what it was for: each stage as a share of the first. */
export const RunFunnel = ({ counts, isDryRun, responses }: Figures & { readonly responses: RunDetails["responses"] }) => {
  const stages = [
    ...plannedStages({ counts, isDryRun }),
    ...(responses === null || responses.writtenCount === 0 ? [] : responseStages(responses)),
  ];
  const [first] = stages;
  const whole = first?.count ?? 0;
  return (
    <dl className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      {stages.map(({ count, label, note, tip }) => (
        <div key={label} className="grid grid-cols-[7.5rem_minmax(0,1fr)] items-center gap-x-3 max-sm:grid-cols-1">
          <dt className="text-sm text-ink-2 underline decoration-dotted underline-offset-4" data-tip={tip}>
            {label}
          </dt>
          <dd className="flex items-center gap-3">
            <span aria-hidden="true" className="h-2 min-w-0 flex-1 rounded-full bg-sunken">
              <span
                data-mark
                className="block h-full rounded-full bg-ink-3"
                style={{ width: `${whole === 0 ? 0 : Math.min(100, (count / whole) * 100)}%` }}
              />
            </span>
            <span className="w-14 shrink-0 text-right text-base font-semibold tabular-nums">{count.toLocaleString("en-US")}</span>
          </dd>
          {note === "" ? null : <dd className="col-start-2 text-xs text-ink-3 tabular-nums max-sm:col-start-1">{note}</dd>}
        </div>
      ))}
    </dl>
  );
};

const plannedStages = ({ counts, isDryRun }: Figures): readonly Stage[] => {
  const { acted, eligible, failed, selected, waiting } = funnelOf(counts);
  const planned: readonly Stage[] = [
    { label: "Selected", count: selected, note: "", tip: "Everybody this workflow is about." },
    {
      label: "Eligible",
      count: eligible,
      note: `${(selected - eligible).toLocaleString("en-US")} get nothing`,
      tip: isDryRun ? "Who would get something by the rules of this moment." : "For whom something was to be done.",
    },
  ];
  const notes = [countText(waiting, "to come"), countText(failed, "failed")].filter((text) => text !== "");
  return isDryRun
    ? planned
    : [
        ...planned,
        {
          label: "Sent or done",
          count: acted,
          note: notes.join(", "),
          tip: "Messages the vendor has taken, and other deeds that were confirmed.",
        },
      ];
};

const responseStages = ({ answeredCount, conversion, convertedCount, writtenCount }: Responses): readonly Stage[] => [
  {
    label: "Answered",
    count: answeredCount,
    note: `${shareOf(answeredCount, writtenCount)} of whom it wrote to`,
    tip: `Wrote anything within ${RESPONSE_DAYS} days of the message.`,
  },
  {
    label: conversion === "paid" ? "Paid" : "Converted",
    count: convertedCount,
    note: `${shareOf(convertedCount, writtenCount)} of whom it wrote to`,
    tip:
      conversion === "paid"
        ? `A payment within ${RESPONSE_DAYS} days of the message.`
        : `Paid, booked or joined within ${RESPONSE_DAYS} days of the message.`,
  },
];

const shareOf = (part: number, whole: number): string => (whole === 0 ? "–" : `${Math.round((part / whole) * 100)}%`);

const countText = (count: number, what: string): string => (count === 0 ? "" : `${count.toLocaleString("en-US")} ${what}`);

type Funnel = {
  readonly selected: number;
  /** With whom something is, was or would be done. */
  readonly eligible: number;
  readonly acted: number;
  readonly waiting: number;
  readonly failed: number;
};

export const funnelOf = (counts: Counts): Funnel => {
  const totals = totalsOf(counts);
  const of = (...states: readonly OutcomeState[]): number => states.reduce((sum, state) => sum + (totals[state] ?? 0), 0);
  const selected = of(...OUTCOMES);
  return {
    selected,
    eligible: selected - of("skipped", "suppressed"),
    acted: of("sent", "done"),
    waiting: of(...OPEN_OUTCOMES),
    failed: of("failed"),
  };
};

/** How many of each group are in which state. */
export const GroupTable = ({ counts, isDryRun }: Figures) => {
  const totals = totalsOf(counts);
  const states = OUTCOMES.filter((state) => (totals[state] ?? 0) > 0);
  const groups = Object.keys(counts).toSorted(
    (left, right) => Number(left === "none") - Number(right === "none") || left.localeCompare(right),
  );
  return groups.length === 0 ? null : (
    <div
      tabIndex={0}
      role="group"
      aria-label="Counts by group"
      className="relative overflow-x-auto rounded-card border border-line bg-surface focus-visible:-outline-offset-2"
    >
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b border-line">
            <th scope="col" className={HEAD}>
              Group
            </th>
            {states.map((state) => (
              <th key={state} scope="col" className={HEAD}>
                {outcomeWord(state, isDryRun)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group} className="border-b border-line last:border-b-0">
              <th scope="row" className={`${CELL} font-normal whitespace-nowrap`}>
                {groupWord(group)}
              </th>
              {states.map((state) => (
                <td key={state} className={`${CELL} ${counts[group]?.[state] === undefined ? "text-ink-3" : ""}`}>
                  {(counts[group]?.[state] ?? 0).toLocaleString("en-US")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

type Reason = { readonly outcome: OutcomeState; readonly reason: string; readonly count: number };

/** Why people got nothing, or not yet: a list, not a footnote. */
export const ReasonList = ({ isDryRun, reasons }: { readonly reasons: readonly Reason[]; readonly isDryRun: boolean }) =>
  reasons.length === 0 ? null : (
    <ul aria-label="Reasons" className="overflow-hidden rounded-card border border-line bg-surface">
      {reasons.map(({ count, outcome, reason }) => (
        <li key={`${outcome} ${reason}`} className="flex items-baseline gap-3 border-b border-line px-4 py-2 text-sm last:border-b-0">
          <span className="w-14 shrink-0 text-right font-semibold tabular-nums">{count.toLocaleString("en-US")}</span>
          <span className="min-w-0 flex-1">
            {capitalize(reasonText(reason))} <span className="text-ink-3">({outcomeWord(outcome, isDryRun)})</span>
          </span>
        </li>
      ))}
    </ul>
  );
