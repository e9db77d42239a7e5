"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useFormContext } from "react-hook-form";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { CurveSlider, Verdict } from "#components/policy/curve-slider.tsx";
import { useSetting } from "#components/policy/draft-context.tsx";
import type { DraftForm } from "#components/policy/draft-context.tsx";
import { Section } from "#components/policy/section.tsx";
import { SwitchSetting } from "#components/policy/setting-controls.tsx";
import { SettingState } from "#components/policy/setting-row.tsx";
import { hasThreshold, TopicRow } from "#components/policy/topic-row.tsx";
import { ThresholdSlider } from "#components/ui/threshold-slider.tsx";
import { CATEGORIES } from "#server/domain/categories.ts";
import { POLICY_BOUNDS } from "#server/domain/policy-defaults.ts";
import type { ThresholdCurve } from "#server/domain/threshold-curve.ts";

/** Per topic: how much Spotter does alone, and how sure it has to be. */
export const TopicsSection = () => {
  const { id: clubId } = useClub();
  const histogram = useQuery(useTRPC().policies.histogram.queryOptions({ clubId }));
  const curves = histogram.data?.curves ?? [];
  return (
    <Section
      id="topics"
      title="Topics"
      about="What Spotter may answer alone, and how sure it has to be. The bars are last week's messages by how sure Spotter was; coloured ones are answered alone."
    >
      <GeneralThreshold curves={curves} isKnown={histogram.isSuccess} />
      {CATEGORIES.map((category) => (
        <TopicRow
          key={category}
          category={category}
          curve={curves.find((one) => one.category === category)}
          isKnown={histogram.isSuccess}
        />
      ))}
      {histogram.isError ? (
        <p role="alert" className="border-t border-line px-4 py-2 text-xs text-bad-ink">
          Last week’s messages could not be read, so the sliders show none. What you set still counts.
        </p>
      ) : null}
      <SwitchSetting
        path="instantAnswers"
        on="Answer from an article without the model"
        hint="Plain questions that an article answers word for word."
      />
    </Section>
  );
};

const GeneralThreshold = ({ curves, isKnown }: { readonly curves: readonly ThresholdCurve[]; readonly isKnown: boolean }) => {
  const auto = useSetting<number>("thresholds.auto");
  const floor = useSetting<number>("thresholds.floor");
  const own = useFormContext<DraftForm>().watch("policy.categoryThresholds");
  const stages = useFormContext<DraftForm>().watch("policy.stages");
  const covered = curves.filter(({ category }) => hasThreshold(category) && own[category] === null && stages[category] === "auto");
  const id = useId();
  return (
    <div className="grid gap-x-6 gap-y-2 border-b border-line bg-canvas/50 px-4 py-3.5 md:grid-cols-[minmax(0,15rem)_minmax(0,1fr)]">
      <div className="flex flex-col gap-1">
        <p className="text-sm font-semibold">All topics</p>
        <p className="text-xs text-ink-3">Holds where a topic has no bound of its own. Equal counts as sure enough.</p>
        <SettingState path="thresholds.auto" setting={auto} />
      </div>
      <div className="flex min-w-0 flex-col gap-1">
        <CurveSlider
          label="General threshold"
          value={auto.value}
          curves={covered}
          isDisabled={auto.isDisabled}
          describedBy={id}
          onChange={auto.set}
        />
        <Verdict
          id={id}
          curves={covered}
          threshold={Math.max(auto.value, floor.value)}
          isAuto
          isKnown={isKnown}
          subject="on these topics"
        />
        <Floor />
      </div>
    </div>
  );
};

const Floor = () => {
  const floor = useSetting<number>("thresholds.floor");
  return (
    <details className="mt-1 text-sm">
      <summary className="cursor-pointer text-xs text-ink-2">
        Below {floor.value.toFixed(2)} a person answers and nothing is drafted
      </summary>
      <div className="mt-1 flex flex-col gap-1 border-l border-line pl-3">
        <ThresholdSlider
          label="Floor"
          value={floor.value}
          min={POLICY_BOUNDS.floor.min}
          max={POLICY_BOUNDS.floor.max}
          disabled={floor.isDisabled}
          isFlat
          onChange={floor.set}
        />
        <SettingState path="thresholds.floor" setting={floor} />
      </div>
    </details>
  );
};
