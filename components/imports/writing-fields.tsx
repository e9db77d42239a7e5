"use client";

import { countryLabel, DATE_ORDER_LABELS } from "#components/imports/import-words.ts";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { DATE_ORDERS, PHONE_COUNTRIES, type MemberMapping } from "#server/domain/csv-import.ts";

type WritingFieldsProps = { readonly mapping: MemberMapping; readonly onChange: (mapping: MemberMapping) => void };

const DECIMALS = { point: "Point, 1,234.50", comma: "Comma, 1.234,50" } as const;
const KINDS = { member: "A member", prospect: "A prospect" } as const;

export const WritingFields = ({ mapping, onChange }: WritingFieldsProps) => (
  <div className="grid gap-4 p-4 md:grid-cols-2">
    <Choice
      label="Dates"
      options={DATE_ORDERS}
      nameOf={(order) => DATE_ORDER_LABELS[order]}
      value={mapping.dateOrder}
      onChange={(dateOrder) => onChange({ ...mapping, dateOrder })}
    />
    <Choice
      label="Amounts"
      options={["point", "comma"]}
      nameOf={(decimal) => DECIMALS[decimal]}
      value={mapping.decimal}
      onChange={(decimal) => onChange({ ...mapping, decimal })}
    />
    <Choice
      label="Phones without a country"
      options={PHONE_COUNTRIES}
      nameOf={countryLabel}
      value={mapping.country}
      onChange={(country) => onChange({ ...mapping, country })}
    />
    <Choice
      label="A row without a status is"
      options={["member", "prospect"]}
      nameOf={(kind) => KINDS[kind]}
      value={mapping.defaultKind}
      onChange={(defaultKind) => onChange({ ...mapping, defaultKind })}
    />
  </div>
);

type ChoiceProps<Value extends string> = {
  readonly label: string;
  readonly options: readonly Value[];
  readonly nameOf: (value: Value) => string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
};

const Choice = <Value extends string>({ label, options, nameOf, value, onChange }: ChoiceProps<Value>) => {
  const choose = (text: string): void => {
    const chosen = options.find((option) => option === text);
    if (chosen !== undefined) {
      onChange(chosen);
    }
  };
  return (
    <Field label={label}>
      {(control) => (
        <Select {...control} value={value} onChange={(event) => choose(event.target.value)}>
          {options.map((option) => (
            <option key={option} value={option}>
              {nameOf(option)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
};
