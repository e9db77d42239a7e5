"use client";

import { useId } from "react";
import type { ComponentProps, ReactNode } from "react";
import { useController } from "react-hook-form";

import { useClub } from "#components/lib/club.tsx";
import { capitalize } from "#components/lib/format.ts";
import { minorPerUnit } from "#components/lib/minor-per-unit.ts";
import { clockText, minuteOf } from "#components/policy/setting-controls.tsx";
import type { SettingLeaf } from "#components/workflows/setting-leaves.ts";
import type { SettingsForm } from "#components/workflows/settings-form.ts";
import { Input } from "#components/ui/input.tsx";
import { formatMoney } from "#server/domain/money.ts";

type SettingFieldProps = {
  readonly leaf: SettingLeaf;
  readonly isDisabled: boolean;
  /** For whom its value holds, where that is more than one club's matter. */
  readonly scope?: ReactNode;
};

/** One setting of a workflow: its name, what it does, its value with the unit, and what is wrong with it. */
export const SettingField = ({ isDisabled, leaf, scope }: SettingFieldProps) => {
  const id = useId();
  const { currency } = useClub();
  const { field, fieldState } = useController<SettingsForm>({ name: `settings.${leaf.path}` });
  const complaint = complaintOf(leaf, { value: field.value, message: fieldState.error?.message, currency });
  const shared = {
    id,
    disabled: isDisabled,
    "aria-describedby": `${id}-about ${id}-error`,
    "aria-invalid": complaint !== undefined,
    onBlur: field.onBlur,
    ref: field.ref,
  };
  return (
    <div className="grid gap-x-6 gap-y-2 border-b border-line px-4 py-3.5 last:border-b-0 md:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
      <div className="flex flex-col gap-0.5">
        <label htmlFor={id} className="text-sm font-semibold">
          {leaf.label}
          {leaf.unit === "switch" || leaf.unit === "time" ? null : (
            <span className="sr-only">, {leaf.unit === "money" ? currency : leaf.unit}</span>
          )}
        </label>
        <p id={`${id}-about`} className="text-xs text-pretty text-ink-3">
          {leaf.about}
        </p>
      </div>
      <div className="min-w-0">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <Control leaf={leaf} field={field} shared={shared} currency={currency} />
          {scope}
        </div>
        <p id={`${id}-error`} className="text-xs text-bad-ink empty:hidden [&:not(:empty)]:mt-1.5">
          {complaint}
        </p>
      </div>
    </div>
  );
};

type Shared = Omit<ComponentProps<"input">, "value" | "onChange" | "type">;

type ControlProps = {
  readonly leaf: SettingLeaf;
  readonly field: { readonly value: unknown; readonly onChange: (value: unknown) => void };
  readonly shared: Shared;
  readonly currency: string;
};

const Control = ({ currency, field, leaf, shared }: ControlProps) => {
  const scale = leaf.unit === "money" ? minorPerUnit(currency) : 1;
  if (leaf.unit === "switch") {
    return (
      <input
        {...shared}
        type="checkbox"
        checked={field.value === true}
        onChange={({ target }) => field.onChange(target.checked)}
        className="size-4 accent-(--solid) pointer-coarse:size-6"
      />
    );
  }
  if (leaf.unit === "time") {
    return (
      <Input
        {...shared}
        type="time"
        value={clockText(Number(field.value))}
        onChange={({ target }) => (target.value === "" ? undefined : field.onChange(minuteOf(target.value)))}
        className="w-32 tabular-nums"
      />
    );
  }
  return (
    <span className="flex items-center gap-2">
      <Input
        {...shared}
        type="number"
        inputMode="decimal"
        step={1 / scale}
        value={typeof field.value === "number" && !Number.isNaN(field.value) ? field.value / scale : ""}
        onChange={({ target }) => field.onChange(target.value === "" ? Number.NaN : Math.round(target.valueAsNumber * scale))}
        className="w-32 tabular-nums"
      />
      <span aria-hidden="true" className="text-sm text-ink-2">
        {leaf.unit === "money" ? currency : leaf.unit}
      </span>
    </span>
  );
};

type Value = { readonly value: unknown; readonly message: string | undefined; readonly currency: string };

/** Bounds are told in the unit that is shown; what several settings say together has its own sentence in the schema. */
const complaintOf = ({ bounds, unit }: SettingLeaf, { currency, message, value }: Value): string | undefined => {
  if (message === undefined) {
    return undefined;
  }
  const isOutside = bounds !== null && (typeof value !== "number" || !(value >= bounds.min && value <= bounds.max));
  if (!isOutside) {
    return capitalize(message);
  }
  const told = (bound: number): string => (unit === "money" ? formatMoney(`${bound}`, currency) : bound.toLocaleString("en-US"));
  return `Enter a number from ${told(bounds.min)} to ${told(bounds.max)}`;
};
