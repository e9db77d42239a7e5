"use client";

import { ThresholdSlider } from "#components/ui/threshold-slider.tsx";
import { POLICY_BOUNDS } from "#server/domain/policy-defaults.ts";
import { answeredAlone } from "#server/domain/threshold-curve.ts";
import type { ThresholdCurve } from "#server/domain/threshold-curve.ts";

type SlideProps = {
  readonly label: string;
  readonly value: number;
  readonly curves: readonly ThresholdCurve[];
  readonly isDisabled: boolean;
  readonly describedBy: string;
  readonly onChange: (value: number) => void;
};

/** A threshold with last week's confidences behind it. */
export const CurveSlider = ({ label, value, curves, isDisabled, describedBy, onChange }: SlideProps) => {
  const bars = Map.groupBy(
    curves.flatMap(({ buckets }) => buckets),
    ({ percent }) => percent,
  );
  return (
    <div className="flex w-full max-w-140 items-end gap-3">
      <ThresholdSlider
        label={label}
        value={value}
        min={POLICY_BOUNDS.auto.min}
        max={POLICY_BOUNDS.auto.max}
        disabled={isDisabled}
        bars={[...bars].map(([percent, buckets]) => ({
          percent,
          count: buckets.reduce((sum, { count }) => sum + count, 0),
          openCount: buckets.reduce((sum, { answerable }) => sum + answerable, 0),
        }))}
        describedBy={describedBy}
        onChange={onChange}
      />
      <span aria-hidden="true" className="w-9 shrink-0 pb-0.5 text-right text-base font-semibold tabular-nums">
        {value.toFixed(2)}
      </span>
    </div>
  );
};

type VerdictProps = {
  readonly id: string;
  readonly curves: readonly ThresholdCurve[];
  readonly threshold: number;
  readonly isAuto: boolean;
  readonly isKnown: boolean;
  readonly subject: string;
};

/** What last week would have looked like, changing while somebody drags. */
export const Verdict = ({ id, curves, threshold, isAuto, isKnown, subject }: VerdictProps) => {
  const { answered, total, overruled } = answeredAlone(curves, threshold);
  const where = subject === "" ? "" : ` ${subject}`;
  const words = `${isAuto ? "Would" : "On auto it would"} have answered ${answered} of ${total} alone${where}${
    answered === 0 ? "" : `; ${overruled} of those ${overruled === 1 ? "was" : "were"} later corrected`
  }`;
  return (
    <output id={id} className="text-sm text-ink-2 tabular-nums">
      {!isKnown ? "" : total === 0 ? `No messages${where} in the last 7 days` : words}
    </output>
  );
};
