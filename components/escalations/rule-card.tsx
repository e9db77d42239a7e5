"use client";

import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";

import type { RuleDraft, RulesView, StepDraft } from "#components/escalations/rules-editor.tsx";
import { StepRow } from "#components/escalations/step-row.tsx";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { CALL_REASONS, CALL_WORDS } from "#server/domain/call-reasons.ts";
import { ESCALATION_HOURS, STEPS_MAX_COUNT, type EscalationHours } from "#server/domain/escalation-words.ts";

const HOURS_LABELS = {
  staffed: "While staffed",
  outside: "Outside staffed hours",
  any: "At any hour",
} as const satisfies Record<EscalationHours, string>;

type RuleCardProps = {
  readonly rule: RuleDraft;
  /** From 1: rules are asked in this order. */
  readonly number: number;
  readonly view: RulesView;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onChange: (rule: RuleDraft) => void;
  readonly onRemove: () => void;
  readonly onMove: (by: -1 | 1) => void;
};

export const RuleCard = ({ isFirst, isLast, number, onChange, onMove, onRemove, rule, view }: RuleCardProps) => (
  <li aria-label={`Rule ${number}`} className="rounded-card border border-line bg-surface">
    <div className="flex items-center justify-between gap-2 border-b border-line py-1.5 pr-2 pl-4">
      <h2 className="text-base font-semibold">Rule {number}</h2>
      <div className="flex">
        <IconButton label={`Ask rule ${number} earlier`} disabled={isFirst} onClick={() => onMove(-1)}>
          <ArrowUp />
        </IconButton>
        <IconButton label={`Ask rule ${number} later`} disabled={isLast} onClick={() => onMove(1)}>
          <ArrowDown />
        </IconButton>
        <IconButton label={`Remove rule ${number}`} onClick={onRemove}>
          <Trash2 />
        </IconButton>
      </div>
    </div>
    <div className="flex flex-col gap-5 p-4">
      <Reasons rule={rule} onChange={onChange} />
      <div className="flex flex-col items-start gap-1.5">
        <p className="text-sm font-semibold">When</p>
        <SegmentedControl
          label={`When rule ${number} holds`}
          options={ESCALATION_HOURS.map((value) => ({ value, label: HOURS_LABELS[value] }))}
          value={rule.hours}
          onChange={(hours) => onChange({ ...rule, hours })}
        />
      </div>
      <Steps rule={rule} view={view} onChange={onChange} />
    </div>
  </li>
);

const Reasons = ({ onChange, rule }: Pick<RuleCardProps, "rule" | "onChange">) => (
  <fieldset className="flex flex-col gap-1.5">
    <legend className="mb-1.5 text-sm font-semibold">What for</legend>
    <div className="flex flex-wrap gap-x-5 gap-y-1">
      {CALL_REASONS.map((reason) => (
        <label key={reason} title={CALL_WORDS[reason].about} className="flex min-h-7 items-center gap-1.5 text-sm pointer-coarse:min-h-10">
          <input
            type="checkbox"
            checked={rule.reasons.includes(reason)}
            onChange={({ target }) =>
              onChange({
                ...rule,
                reasons: CALL_REASONS.filter((one) => (one === reason ? target.checked : rule.reasons.includes(one))),
              })
            }
            className="size-4 accent-(--solid) pointer-coarse:size-6"
          />
          {CALL_WORDS[reason].label}
        </label>
      ))}
    </div>
  </fieldset>
);

/** Later than the last one, so that a new step is the next. */
const STEP_MINUTES = 15;
const nextStep = ({ steps }: RuleDraft): StepDraft => ({
  afterMinutes: (steps.at(-1)?.afterMinutes ?? 0) + STEP_MINUTES,
  to: { kind: "role", role: "owner", way: "in_app" },
});

const Steps = ({ onChange, rule, view }: Pick<RuleCardProps, "rule" | "onChange" | "view">) => {
  const put = (steps: readonly StepDraft[]) => onChange({ ...rule, steps: [...steps] });
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm font-semibold">Who is told, while nobody has it</p>
      <ol className="flex flex-col gap-3 md:gap-2">
        {rule.steps.map((step, index) => (
          <StepRow
            // oxlint-disable-next-line react/no-array-index-key -- a step holds nothing of its own: every field is given to it
            key={index}
            step={step}
            number={index + 1}
            view={view}
            onChange={(next) => put(rule.steps.with(index, next))}
            onRemove={rule.steps.length === 1 ? null : () => put(rule.steps.toSpliced(index, 1))}
          />
        ))}
      </ol>
      {rule.steps.length < STEPS_MAX_COUNT ? (
        <Button size="sm" kind="quiet" className="self-start" onClick={() => put([...rule.steps, nextStep(rule)])}>
          <Plus aria-hidden="true" className="size-4" />
          Add a step
        </Button>
      ) : null}
    </div>
  );
};
