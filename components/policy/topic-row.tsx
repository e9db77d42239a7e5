"use client";

import { useId } from "react";
import { useFormContext } from "react-hook-form";

import { CurveSlider, Verdict } from "#components/policy/curve-slider.tsx";
import { useDraft, useSetting } from "#components/policy/draft-context.tsx";
import type { DraftForm } from "#components/policy/draft-context.tsx";
import { SettingState } from "#components/policy/setting-row.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { CATEGORY_LABELS } from "#server/domain/categories.ts";
import type { Category } from "#server/domain/intent.ts";
import { STAGE_HINTS, STAGE_LABELS } from "#server/domain/policy-words.ts";
import type { ThresholdCurve } from "#server/domain/threshold-curve.ts";
import { STAGES } from "#server/domain/vocabulary.ts";
import type { Stage } from "#server/domain/vocabulary.ts";

const HINTS = {
  question: "Hours, prices, rules, how something works.",
  scheduling: "Classes, bays, tours: booking, moving, asking.",
  payment_inquiry: "A member's own money. Spotter answers alone only who is known and owes nothing.",
  complaint: "Something is wrong or broken. A complaint always goes to a person, whatever stands here.",
  praise: "Thanks and kind words.",
  confirmation: "A reply that settles what you just asked.",
  opt_out: "Wishes to be left alone. An answer to one always waits for a person.",
  other: "Greetings, wrong numbers, job applications.",
} as const satisfies Record<Category, string>;

/** Topics that are a person's whatever is set have no threshold, and neither has what never goes out alone. */
export const hasThreshold = (category: Category): boolean => category !== "complaint" && category !== "opt_out";

type TopicRowProps = { readonly category: Category; readonly curve: ThresholdCurve | undefined; readonly isKnown: boolean };

export const TopicRow = ({ category, curve, isKnown }: TopicRowProps) => {
  const label = CATEGORY_LABELS[category];
  return (
    <div
      role="group"
      aria-label={label}
      className="grid gap-x-6 gap-y-2 border-b border-line px-4 py-3.5 md:grid-cols-[minmax(0,15rem)_minmax(0,1fr)]"
    >
      <div className="flex flex-col gap-1">
        <p className="text-sm font-semibold">{label}</p>
        <p className="text-xs text-ink-3">{HINTS[category]}</p>
        {category === "complaint" ? null : <StageState category={category} />}
      </div>
      {category === "complaint" ? (
        <p className="self-center text-sm text-ink-2">Always a person</p>
      ) : (
        <div className="flex min-w-0 flex-col items-start gap-1">
          <StageControl category={category} />
          {hasThreshold(category) ? <TopicThreshold category={category} curve={curve} isKnown={isKnown} /> : null}
        </div>
      )}
    </div>
  );
};

const StageState = ({ category }: { readonly category: Category }) => {
  const path = `stages.${category}`;
  return <SettingState path={path} setting={useSetting<Stage>(path)} />;
};

const StageControl = ({ category }: { readonly category: Category }) => {
  const stage = useSetting<Stage>(`stages.${category}`);
  const offered = category === "opt_out" ? STAGES.filter((one) => one !== "auto") : STAGES;
  // An opt-out on auto behaves as a suggestion.
  const shown = category === "opt_out" && stage.value === "auto" ? "suggest" : stage.value;
  return (
    <>
      <fieldset disabled={stage.isDisabled} className="max-w-full overflow-x-auto disabled:opacity-60">
        <SegmentedControl
          label={`${CATEGORY_LABELS[category]}: stage`}
          options={offered.map((value) => ({ value, label: STAGE_LABELS[value] }))}
          value={shown}
          onChange={stage.set}
        />
      </fieldset>
      <p className="text-xs text-ink-3">{STAGE_HINTS[shown]}</p>
    </>
  );
};

const TopicThreshold = ({ category, curve, isKnown }: TopicRowProps) => {
  const own = useSetting<number | null>(`categoryThresholds.${category}`);
  const { base } = useDraft();
  const form = useFormContext<DraftForm>();
  const [auto, floor] = form.watch(["policy.thresholds.auto", "policy.thresholds.floor"]);
  const stage = form.watch(`policy.stages.${category}`);
  const threshold = own.value ?? auto;
  const isGeneralBelow = base.below.categoryThresholds[category] === null;
  const curves = curve === undefined ? [] : [curve];
  const id = useId();
  return (
    <div className="w-full max-w-140">
      <CurveSlider
        label={`${CATEGORY_LABELS[category]}: threshold`}
        value={threshold}
        curves={curves}
        isDisabled={own.isDisabled}
        describedBy={id}
        onChange={own.set}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Verdict id={id} curves={curves} threshold={Math.max(threshold, floor)} isAuto={stage === "auto"} isKnown={isKnown} subject="" />
        {own.value === null ? (
          <span className="text-xs text-ink-3">The general bound</span>
        ) : (
          <button
            type="button"
            disabled={own.isDisabled}
            onClick={isGeneralBelow && own.inherit !== null ? own.inherit : () => own.set(null)}
            className="rounded-control text-xs text-ink-2 underline underline-offset-2 enabled:hover:text-ink disabled:opacity-60"
          >
            Use the general bound<span className="sr-only"> for {CATEGORY_LABELS[category]}</span>
          </button>
        )}
      </div>
      {isGeneralBelow && base.layer === "club" && !own.isHeld ? null : (
        <SettingState path={`categoryThresholds.${category}`} setting={own} />
      )}
    </div>
  );
};
