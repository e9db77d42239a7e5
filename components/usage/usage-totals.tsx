import { ChangeMark } from "#components/dashboard/change-mark.tsx";
import { changeOf, formatFigure } from "#server/domain/metrics/figure-words.ts";
import type { Usage } from "#components/dashboard/report-types.ts";
import type { Unit } from "#server/domain/metrics/definitions.ts";

type Totals = Usage["totals"];

const FIGURES = [
  { label: "Cost", unit: "cost", better: "down", of: ({ costMicros }: Totals) => costMicros },
  { label: "Per answered conversation", unit: "cost", better: "down", of: ({ costPerAnsweredMicros }: Totals) => costPerAnsweredMicros },
  { label: "Calls", unit: "count", better: "neither", of: ({ callCount }: Totals) => callCount },
  { label: "Calls that failed", unit: "count", better: "down", of: ({ failedCallCount }: Totals) => failedCallCount },
  { label: "Tokens read", unit: "tokens", better: "neither", of: (totals: Totals) => readOf(totals) },
  { label: "Tokens written", unit: "tokens", better: "neither", of: ({ outputTokens }: Totals) => outputTokens },
  { label: "Read from cache", unit: "ratio", better: "up", of: ({ cacheHitRatio }: Totals) => cacheHitRatio },
] as const satisfies readonly {
  readonly label: string;
  readonly unit: Unit;
  readonly better: "up" | "down" | "neither";
  readonly of: (totals: Totals) => number | null;
}[];

const readOf = ({ cacheReadTokens, cacheWriteTokens, inputTokens }: Totals): number => inputTokens + cacheReadTokens + cacheWriteTokens;

/** The period in numbers, against the one before. */
export const UsageTotals = ({ usage }: { readonly usage: Usage }) => (
  <dl
    aria-label="The period in numbers"
    className="grid grid-cols-2 gap-px overflow-hidden rounded-card border border-line bg-line lg:grid-cols-4"
  >
    {FIGURES.map(({ better, label, of, unit }) => {
      const now = { value: of(usage.totals), base: null };
      return (
        <div key={label} className="bg-surface p-4">
          <dt className="text-xs text-ink-2">{label}</dt>
          <dd className="text-xl font-semibold tabular-nums">{formatFigure(now.value, { unit, currency: "USD" })}</dd>
          <dd>
            <ChangeMark change={changeOf({ unit, better }, now, { value: of(usage.before), base: null })} />
          </dd>
        </div>
      );
    })}
    <div aria-hidden="true" className="bg-surface" />
  </dl>
);
