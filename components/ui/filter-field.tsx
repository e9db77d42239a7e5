import type { ReactNode } from "react";

import { Input } from "#components/ui/input.tsx";

/** A small label over one of the filters of a list. */
export const FilterField = ({ children, label }: { readonly label: string; readonly children: ReactNode }) => (
  <label className="flex flex-col gap-1 text-xs text-ink-3">
    {label}
    {children}
  </label>
);

type DayFilterProps = { readonly label: string; readonly value: string | null; readonly onChange: (day: string | null) => void };

/** `2026-11-26`, or null for any day. */
export const DayFilter = ({ label, onChange, value }: DayFilterProps) => (
  <FilterField label={label}>
    <Input
      type="date"
      className="w-36"
      value={value ?? ""}
      onChange={({ target }) => onChange(target.value === "" ? null : target.value)}
    />
  </FilterField>
);
