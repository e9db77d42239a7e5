"use client";

import { useId } from "react";

import type { Setting } from "#components/policy/draft-context.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Select } from "#components/ui/select.tsx";
import { ThresholdSlider } from "#components/ui/threshold-slider.tsx";
import { AUTOMATION_CATALOGUE } from "#server/domain/automations.ts";
import type { AutomationName, AutomationSetting } from "#server/domain/automations.ts";
import { POLICY_BOUNDS } from "#server/domain/policy-defaults.ts";
import { CONFIRMATION_LABELS, STAGE_HINTS, STAGE_LABELS } from "#server/domain/policy-words.ts";
import { STAGES } from "#server/domain/vocabulary.ts";

const MAX_REPLIES = { min: 0, max: 10 };

type AutomationSwitchesProps = {
  readonly name: AutomationName;
  readonly setting: Setting<AutomationSetting>;
  readonly mayTurnOn: boolean;
};

/** The switches of one automation. What has no effect on it is not shown. */
export const AutomationSwitches = ({ name, setting, mayTurnOn }: AutomationSwitchesProps) => {
  const { label, action }: { readonly label: string; readonly action: string | null } = AUTOMATION_CATALOGUE[name];
  const { value, set, isDisabled } = setting;
  const change = (part: Partial<AutomationSetting>): void => set({ ...value, ...part });
  const isOff = value.stage === "off";
  return (
    <>
      <div>
        <fieldset disabled={isDisabled || !mayTurnOn} className="max-w-full overflow-x-auto disabled:opacity-60">
          <SegmentedControl
            label={`${label}: stage`}
            options={STAGES.map((stage) => ({ value: stage, label: STAGE_LABELS[stage] }))}
            value={value.stage}
            onChange={(stage) => change({ stage })}
          />
        </fieldset>
        <p className="mt-1 text-xs text-ink-3">{isOff ? "The rule of the topic holds." : STAGE_HINTS[value.stage]}</p>
      </div>
      {isOff ? null : (
        <fieldset disabled={isDisabled} className="flex flex-col gap-3">
          <legend className="sr-only">{label}: rules</legend>
          <Threshold label={label} value={value.threshold} isDisabled={isDisabled} onChange={(threshold) => change({ threshold })} />
          <div className="grid gap-3 sm:grid-cols-2">
            <Field
              label="Replies per conversation"
              hint="Until a person writes or 24 hours pass."
              error={setting.error === undefined ? undefined : "Enter a whole number from 0 to 10"}
            >
              {(control) => (
                <Input
                  {...control}
                  type="number"
                  {...MAX_REPLIES}
                  value={Number.isNaN(value.maxRepliesPerConversation) ? "" : value.maxRepliesPerConversation}
                  onChange={({ target }) => change({ maxRepliesPerConversation: target.valueAsNumber })}
                  className="w-24 tabular-nums"
                />
              )}
            </Field>
            {action === null || name === "door_unlock" ? null : <Confirmation value={value} onChange={change} />}
          </div>
          {name === "door_unlock" ? <p className="text-sm text-ink-2">A person of your team approves every unlock.</p> : null}
          {action === null || name === "door_unlock" ? null : <ActsAlone value={value} onChange={change} />}
        </fieldset>
      )}
    </>
  );
};

type PartProps = { readonly value: AutomationSetting; readonly onChange: (part: Partial<AutomationSetting>) => void };

const Confirmation = ({ value, onChange }: PartProps) => (
  <Field label="Who says yes before it acts">
    {(control) => (
      <Select
        {...control}
        value={value.confirmation}
        onChange={({ target }) =>
          onChange({ confirmation: target.value === "staff" || target.value === "contact" ? target.value : "none" })
        }
      >
        {Object.entries(CONFIRMATION_LABELS).map(([confirmation, words]) => (
          <option key={confirmation} value={confirmation}>
            {words}
          </option>
        ))}
      </Select>
    )}
  </Field>
);

const ActsAlone = ({ value, onChange }: PartProps) => (
  <label className="flex items-center gap-2 text-sm">
    <input
      type="checkbox"
      checked={value.executesAlone}
      onChange={({ target }) => onChange({ executesAlone: target.checked })}
      className="size-4 accent-(--solid) pointer-coarse:size-6"
    />
    Acts without a person of the club
    <span className="text-xs text-ink-3">Counts on the stage “Auto”.</span>
  </label>
);

type ThresholdProps = {
  readonly label: string;
  readonly value: number;
  readonly isDisabled: boolean;
  readonly onChange: (value: number) => void;
};

const Threshold = ({ label, value, isDisabled, onChange }: ThresholdProps) => {
  const id = useId();
  return (
    <div className="max-w-140">
      <p id={id} className="text-sm font-semibold">
        Acts from a confidence of <span className="tabular-nums">{value.toFixed(2)}</span>
      </p>
      <ThresholdSlider
        label={`${label}: threshold`}
        value={value}
        min={POLICY_BOUNDS.auto.min}
        max={POLICY_BOUNDS.auto.max}
        disabled={isDisabled}
        describedBy={id}
        isFlat
        onChange={onChange}
      />
    </div>
  );
};
