import { formatRatio } from "#components/lib/format.ts";

type ThresholdMeterProps = { readonly label: string; readonly value: number; readonly threshold: number };

/** A ratio as a bar, with the mark it had to reach. The numbers stand beside it: the bar is never the only carrier. */
export const ThresholdMeter = ({ label, value, threshold }: ThresholdMeterProps) => (
  <div className="flex items-center gap-3">
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={value}
      aria-valuetext={`${formatRatio(value)}, needed ${formatRatio(threshold)}`}
      className="relative h-2 flex-1 rounded-full bg-sunken"
    >
      <div data-mark className="h-full rounded-full bg-spotter-solid" style={{ width: percent(value) }} />
      <div data-mark className="absolute -inset-y-1 w-0.5 -translate-x-1/2 rounded-full bg-ink" style={{ left: percent(threshold) }} />
    </div>
    <span className="text-xs tabular-nums">
      <span className="font-semibold">{formatRatio(value)}</span>
      <span className="text-ink-3"> of {formatRatio(threshold)} needed</span>
    </span>
  </div>
);

const percent = (ratio: number): string => `${Math.min(1, Math.max(0, ratio)) * 100}%`;
