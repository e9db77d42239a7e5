"use client";

import { useId } from "react";

type Choice<Value extends string> = { readonly value: Value; readonly label: string; readonly about: string };

type ChoiceListProps<Value extends string> = {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly isDisabled: boolean;
  readonly onChange: (value: Value) => void;
};

/** One of a few that each need a sentence. */
export const ChoiceList = <Value extends string>({ choices, isDisabled, label, onChange, value }: ChoiceListProps<Value>) => {
  const name = useId();
  return (
    <fieldset disabled={isDisabled} className="flex flex-col gap-1">
      <legend className="mb-1.5 text-sm font-semibold">{label}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          htmlFor={`${name}-${choice.value}-input`}
          className="flex min-h-6 cursor-pointer items-start gap-2.5 text-sm has-disabled:cursor-default"
        >
          <input
            type="radio"
            id={`${name}-${choice.value}-input`}
            name={name}
            value={choice.value}
            aria-labelledby={`${name}-${choice.value}`}
            aria-describedby={`${name}-${choice.value}-about`}
            className="mt-0.5 size-4 shrink-0 accent-(--solid)"
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span className="min-w-0">
            <span id={`${name}-${choice.value}`} className="font-semibold">
              {choice.label}
            </span>
            <span id={`${name}-${choice.value}-about`} className="block max-w-[72ch] text-pretty text-ink-2">
              {choice.about}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
};
