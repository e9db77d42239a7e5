import { capitalize } from "#components/lib/format.ts";
import { groupWord, outcomeWord, totalsOf, type Counts } from "#components/workflows/workflow-words.ts";
import { OPEN_OUTCOMES, OUTCOMES, reasonText, type OutcomeState } from "#server/domain/workflows/outcomes.ts";

const HEAD = "bg-surface px-3 py-2 text-right text-xs font-normal whitespace-nowrap text-ink-3 first:pl-4 first:text-left last:pr-4";
const CELL = "px-3 py-2 text-right tabular-nums first:pl-4 first:text-left last:pr-4";

type Figures = { readonly counts: Counts; readonly isDryRun: boolean };

/** Everybody the run looked at, those it has something for, and those it is through with. */
export const RunFunnel = ({ counts, isDryRun }: Figures) => {
  const { acted, eligible, failed, selected, waiting } = funnelOf(counts);
  const steps = [
    { label: "Looked at", count: selected, note: "everybody this workflow is about" },
    {
      label: isDryRun ? "Would get something" : "To get something",
      count: eligible,
      note: `${(selected - eligible).toLocaleString("en-US")} get nothing`,
    },
    ...(isDryRun
      ? []
      : [
          {
            label: "Done",
            count: acted,
            note: [countText(waiting, "to come"), countText(failed, "failed")].filter((text) => text !== "").join(", "),
          },
        ]),
  ];
  return (
    <dl className={`grid overflow-hidden rounded-card border border-line bg-surface ${isDryRun ? "sm:grid-cols-2" : "sm:grid-cols-3"}`}>
      {steps.map(({ count, label, note }) => (
        <div key={label} className="border-b border-line px-4 py-3 last:border-b-0 sm:border-r sm:border-b-0 sm:last:border-r-0">
          <dt className="text-xs text-ink-3">{label}</dt>
          <dd className="text-2xl font-semibold tabular-nums">{count.toLocaleString("en-US")}</dd>
          <dd className="min-h-4 text-xs text-ink-3 tabular-nums">{note}</dd>
        </div>
      ))}
    </dl>
  );
};

const countText = (count: number, what: string): string => (count === 0 ? "" : `${count.toLocaleString("en-US")} ${what}`);

export type Funnel = {
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
