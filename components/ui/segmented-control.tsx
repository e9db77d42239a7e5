"use client";

import { useId } from "react";
import type { ReactNode } from "react";

type Option<Value extends string> = { readonly value: Value; readonly label: string; readonly icon?: ReactNode };

type SegmentedControlProps<Value extends string> = {
  readonly label: string;
  readonly options: readonly Option<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
};

/** One of a few, all visible. Native radio buttons underneath, so arrow keys and forms work by themselves. */
export const SegmentedControl = <Value extends string>({ label, options, value, onChange }: SegmentedControlProps<Value>) => {
  const name = useId();
  return (
    <fieldset className="inline-flex rounded-control border border-line p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="flex h-7 cursor-pointer items-center gap-1.5 rounded-[4px] px-2.5 text-xs text-ink-2 transition-colors hover:text-ink has-checked:bg-sunken has-checked:font-semibold has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-ink pointer-coarse:h-9 [&_svg]:size-3.5"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="sr-only"
          />
          {option.icon}
          {option.label}
        </label>
      ))}
    </fieldset>
  );
};
