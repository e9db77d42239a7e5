"use client";

import { useController } from "react-hook-form";

import type { CustomForm } from "#components/workflows/custom/custom-form.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { COST_MAX_MICROS, COST_MIN_MICROS, MESSAGES_MAX, TOKENS_MAX, TOKENS_MIN } from "#server/domain/workflows/custom-task.ts";

const MICROS = 1_000_000;

type Bound = {
  readonly name: "settings.budget.messages" | "settings.budget.tokens" | "settings.budget.costMicros";
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** How many of the stored units one shown unit is. */
  readonly scale: number;
  readonly step: number;
};

const BOUNDS: readonly Bound[] = [
  { name: "settings.budget.messages", label: "Messages, at most", min: 0, max: MESSAGES_MAX, scale: 1, step: 1 },
  { name: "settings.budget.tokens", label: "Tokens of the model, at most", min: TOKENS_MIN, max: TOKENS_MAX, scale: 1, step: 1_000 },
  {
    name: "settings.budget.costMicros",
    label: "Cost of the model in US dollars, at most",
    min: COST_MIN_MICROS,
    max: COST_MAX_MICROS,
    scale: MICROS,
    step: 0.05,
  },
];

export const BudgetFields = ({ isDisabled }: { readonly isDisabled: boolean }) => (
  <fieldset disabled={isDisabled} className="flex flex-wrap gap-x-6 gap-y-4 px-4 py-4">
    {BOUNDS.map((bound) => (
      <BudgetField key={bound.name} bound={bound} />
    ))}
  </fieldset>
);

const BudgetField = ({ bound: { label, max, min, name, scale, step } }: { readonly bound: Bound }) => {
  const { field, fieldState } = useController<CustomForm, Bound["name"]>({ name });
  const shown = (value: number): number => Math.round((value / scale) * 100) / 100;
  const range = `${shown(min).toLocaleString("en-US")} to ${shown(max).toLocaleString("en-US")}`;
  return (
    <Field label={label} hint={range} error={fieldState.error === undefined ? undefined : `Enter a number from ${range}`}>
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="decimal"
          min={shown(min)}
          max={shown(max)}
          step={step}
          className="w-40 tabular-nums"
          value={Number.isNaN(field.value) ? "" : shown(field.value)}
          onBlur={field.onBlur}
          onChange={({ target }) => field.onChange(Math.round(target.valueAsNumber * scale))}
        />
      )}
    </Field>
  );
};
