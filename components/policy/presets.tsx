"use client";

import { useState } from "react";
import { useFormContext } from "react-hook-form";

import { ChangeList } from "#components/policy/change-list.tsx";
import { useDraft } from "#components/policy/draft-context.tsx";
import type { DraftForm } from "#components/policy/draft-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { diffPolicies } from "#server/domain/policy-diff.ts";
import { AUTONOMY_LEVELS, withPreset } from "#server/domain/policy-presets.ts";
import type { AutonomyLevel } from "#server/domain/policy-presets.ts";
import type { Policy } from "#server/domain/policy.ts";

const LEVELS = {
  low: { label: "Low", hint: "Spotter drafts, people send everything." },
  medium: { label: "Medium", hint: "Questions, thanks and confirmations go out alone; people send the rest." },
  high: { label: "High", hint: "Spotter answers alone whatever it may answer at all." },
} as const satisfies Record<AutonomyLevel, { readonly label: string; readonly hint: string }>;

/** One choice over all stages, shown before it is taken. */
export const Presets = () => {
  const { base, settings, mayEdit, onTouch } = useDraft();
  const form = useFormContext<DraftForm>();
  const policy = form.watch("policy");
  const [tried, setTried] = useState<AutonomyLevel | null>(null);
  const held = base.layer === "club" ? settings.locked : [];
  const presetOf = (level: AutonomyLevel): Policy => withPreset(policy, level, held);
  const current = AUTONOMY_LEVELS.find((level) => diffPolicies(policy, presetOf(level)).length === 0) ?? null;
  const take = (level: AutonomyLevel): void => {
    onTouch();
    const next = presetOf(level);
    form.setValue("policy.stages", next.stages, { shouldValidate: true });
    form.setValue("policy.automations", next.automations, { shouldValidate: true });
    const inherited = form.getValues("inherited");
    form.setValue(
      "inherited",
      inherited.filter((path) => !path.startsWith("stages.") && !path.startsWith("automations.")),
    );
    setTried(null);
  };
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <span className="text-sm font-semibold">Autonomy</span>
      <fieldset disabled={!mayEdit} className="disabled:opacity-60">
        <SegmentedControl
          label="Autonomy over all topics"
          options={AUTONOMY_LEVELS.map((value) => ({ value, label: LEVELS[value].label }))}
          value={current}
          onChange={setTried}
        />
      </fieldset>
      <span className="text-sm text-ink-2">{current === null ? "Your own mixture of stages" : LEVELS[current].hint}</span>
      {tried === null ? null : (
        <Dialog isOpen onOpenChange={() => setTried(null)} title={`${LEVELS[tried].label} autonomy`} description={LEVELS[tried].hint}>
          <ChangeList differences={diffPolicies(policy, presetOf(tried))} nothing="Every stage is as this preset has it." />
          <p className="text-xs text-ink-3">
            Thresholds stay. What the franchise holds stays, and so does an automation that is off. Nothing holds before you publish.
          </p>
          <div className="flex justify-between gap-3">
            <Button size="lg" onClick={() => setTried(null)}>
              Back
            </Button>
            <Button kind="primary" size="lg" onClick={() => take(tried)}>
              Take these stages
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
};
