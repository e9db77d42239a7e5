"use client";

import { useController, useWatch } from "react-hook-form";

import type { CustomForm } from "#components/workflows/custom/custom-form.ts";
import { gateWords, RISK_WORDS } from "#components/workflows/custom/custom-words.ts";
import { Chip } from "#components/ui/chip.tsx";
import { CUSTOM_TOOL_NAMES, CUSTOM_TOOLS, type CustomToolName } from "#server/domain/workflows/custom-tools.ts";

/** The tools of the registry, each with its risk and who lets it happen; what is not ticked does not exist for the task. */
export const ToolList = ({ isDisabled }: { readonly isDisabled: boolean }) => {
  const { field, fieldState } = useController<CustomForm, "settings.tools">({ name: "settings.tools" });
  const level = useWatch<CustomForm, "settings.approval">({ name: "settings.approval" });
  const change = (name: CustomToolName, isAllowed: boolean): void =>
    field.onChange(CUSTOM_TOOL_NAMES.filter((one) => (one === name ? isAllowed : field.value.includes(one))));
  return (
    <fieldset disabled={isDisabled} className="flex flex-col">
      <legend className="sr-only">Tools it may use</legend>
      {fieldState.error === undefined ? null : <p className="px-4 pt-3 text-xs text-bad-ink">{fieldState.error.message}</p>}
      {CUSTOM_TOOL_NAMES.map((name) => {
        const { about, label, risk } = CUSTOM_TOOLS[name];
        return (
          <label
            key={name}
            className="flex cursor-pointer items-start gap-3 border-b border-line px-4 py-2.5 text-sm last:border-b-0 has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-disabled:cursor-default"
          >
            <input
              type="checkbox"
              className="mt-0.5 size-4 shrink-0 accent-(--solid)"
              checked={field.value.includes(name)}
              onBlur={field.onBlur}
              onChange={({ target }) => change(name, target.checked)}
            />
            <span className="min-w-0 flex-1">
              <span className="font-semibold">{label}</span>
              {about === "" ? null : <span className="text-ink-2">, {about}</span>}
            </span>
            <span className="flex shrink-0 flex-wrap items-center justify-end gap-x-2 gap-y-1 max-sm:w-32">
              <span className="text-xs text-ink-3">{gateWords(level, name)}</span>
              <Chip tone={RISK_WORDS[risk].tone}>{RISK_WORDS[risk].label}</Chip>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
};
