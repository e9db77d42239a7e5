import { TriangleAlert } from "lucide-react";

import { formatFigure } from "#server/domain/metrics/figure-words.ts";
import type { Usage } from "#components/dashboard/report-types.ts";
import { cn } from "#components/lib/cn.ts";
import { Panel } from "#components/ui/page.tsx";
import { formatCostMicros } from "#server/domain/money.ts";

/** From so much of a budget on it is named as nearly spent. */
const NEAR_RATIO = 0.8;

/** What is left of the club's day, and what happens when nothing is. */
export const BudgetPanel = ({ usage }: { readonly usage: Usage }) => (
  <section aria-label="Budget" className="flex flex-col gap-2">
    <div>
      <h2 className="text-base font-semibold">Budget</h2>
      <p className="max-w-[72ch] text-sm text-ink-2">
        Of the last 24 hours. At the limit Spotter asks the model nothing more: it still answers what the club’s own words answer for
        certain, hands the rest to a person and tells the team with a card. An owner changes the limits in the agent’s rules.
      </p>
    </div>
    <Panel label="Budgets">
      <div className="grid gap-x-8 gap-y-4 p-4 md:grid-cols-2">
        <Meter label="Cost" budget={usage.dailyCost} format={formatCostMicros} />
        <Meter label="Tokens, without those from the cache" budget={usage.dailyTokens} format={(value) => formatFigure(value, TOKENS)} />
        <Bound label="At most for one answer" value={formatCostMicros(usage.runCostMicros)} />
        <Bound label="At most for one conversation in 24 hours" value={formatCostMicros(usage.conversationCostMicros)} />
      </div>
    </Panel>
  </section>
);

const TOKENS = { unit: "tokens", currency: "USD" } as const;

type MeterProps = { readonly label: string; readonly budget: Usage["dailyCost"]; readonly format: (value: number) => string };

const Meter = ({ budget: { isReached, limit, used }, format, label }: MeterProps) => {
  const ratio = limit === 0 ? 1 : Math.min(1, used / limit);
  const isNear = !isReached && ratio >= NEAR_RATIO;
  return (
    <div>
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <span className="flex-1">{label}</span>
        <span className="tabular-nums">
          <span className="font-semibold">{format(used)}</span> of {format(limit)}
        </span>
      </p>
      <div
        role="meter"
        aria-label={`${label} used`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(ratio * 100)}
        className="mt-1.5 h-2 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className={cn("h-full", isReached ? "bg-bad-solid" : isNear ? "bg-warn-solid" : "bg-solid")}
          style={{ width: `${ratio * 100}%` }}
        />
      </div>
      {isReached || isNear ? (
        <p className={cn("mt-1 flex items-center gap-1 text-xs", isReached ? "text-bad-ink" : "text-warn-ink")}>
          <TriangleAlert aria-hidden="true" className="size-3" />
          {isReached ? "The budget is spent" : "Nearly spent"}
        </p>
      ) : null}
    </div>
  );
};

const Bound = ({ label, value }: { readonly label: string; readonly value: string }) => (
  <p className="flex items-baseline gap-2 text-sm">
    <span className="flex-1 text-ink-2">{label}</span>
    <span className="tabular-nums">{value}</span>
  </p>
);
