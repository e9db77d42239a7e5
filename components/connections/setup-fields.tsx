"use client";

import type { ComponentProps } from "react";
import type { FieldErrors, UseFormRegister } from "react-hook-form";

import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { refusalOfValue, tidyValue } from "#server/domain/setup-values.ts";
import type { FieldRule } from "#server/domain/setup-values.ts";

/** Values by the vendor's own field names, and what the club calls the connection. */
export type ConnectionForm = { name: string; values: Record<string, string> };

export type FormField = FieldRule & {
  /** Where to find it, in the vendor's own words. */
  readonly where: string;
  readonly placeholder?: string | undefined;
  readonly initial?: string | undefined;
  /** A secret that is there already: left empty it stays. */
  readonly isKept?: boolean;
};

type SetupFieldsProps = {
  readonly fields: readonly FormField[];
  readonly register: UseFormRegister<ConnectionForm>;
  readonly errors: FieldErrors<ConnectionForm>;
};

/** The fields a vendor asks for. Each says where its value is to be fetched. */
export const SetupFields = ({ fields, register, errors }: SetupFieldsProps) => (
  <>
    {fields.map((field) => (
      <Field
        key={field.name}
        label={field.isRequired || field.isKept === true ? field.label : `${field.label} (optional)`}
        hint={field.where}
        error={errors.values?.[field.name]?.message}
      >
        {(control) => (
          <Control
            field={field}
            {...control}
            {...register(`values.${field.name}`, {
              validate: (value = "") => refusalOfValue(field, tidyValue(field.kind, value)) ?? true,
            })}
          />
        )}
      </Field>
    ))}
  </>
);

type ControlProps = Omit<ComponentProps<"input"> & ComponentProps<"select">, "ref"> & {
  readonly field: FormField;
  readonly ref?: (element: HTMLInputElement | HTMLSelectElement | null) => void;
};

const SWITCH = [
  { value: "off", label: "Off" },
  { value: "on", label: "On" },
] as const;

const Control = ({ field, ...control }: ControlProps) => {
  if (field.kind === "choice" || field.kind === "switch") {
    const choices = field.kind === "switch" ? SWITCH : (field.choices ?? []);
    return (
      <Select {...control} className="h-10">
        {field.initial === undefined && field.kind === "choice" ? <option value="">Choose</option> : null}
        {choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
    );
  }
  return (
    <Input
      {...control}
      type={field.kind === "secret" ? "password" : "text"}
      inputMode={INPUT_MODES[field.kind]}
      autoComplete="off"
      spellCheck={false}
      placeholder={field.isKept === true ? "Set. Leave empty to keep it." : field.placeholder}
      className="h-10"
    />
  );
};

const INPUT_MODES = { text: "text", secret: "text", address: "url", number: "decimal" } as const;
