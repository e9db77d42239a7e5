"use client";

import { useId, useRef } from "react";

import { TextChecks } from "#components/workflows/text-checks.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { MERGE_FIELDS, type MergeField } from "#server/domain/workflows/merge-fields.ts";
import type { TextRules } from "#server/domain/workflows/text-faults.ts";

type TextEditorProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rules: TextRules;
  readonly isDisabled?: boolean;
};

/** Words with merge fields: a press puts a field where the cursor stands, and the checks follow each letter. */
export const TextEditor = ({ isDisabled = false, label, onChange, rules, value }: TextEditorProps) => {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const insert = (field: MergeField): void => {
    const { selectionEnd = value.length, selectionStart = value.length } = area.current ?? {};
    onChange(`${value.slice(0, selectionStart)}{{${field}}}${value.slice(selectionEnd)}`);
    area.current?.focus();
  };
  return (
    <div className="flex flex-col gap-2">
      <label htmlFor={id} className="text-sm font-semibold">
        {label}
      </label>
      <TextArea
        id={id}
        ref={area}
        rows={4}
        disabled={isDisabled}
        value={value}
        aria-describedby={`${id}-checks`}
        onChange={({ target }) => onChange(target.value)}
      />
      {isDisabled ? null : (
        <div role="group" aria-label={`Fields of “${label}”`} className="flex flex-wrap gap-1.5">
          {rules.fields.map((field) => (
            <button
              key={field}
              type="button"
              onClick={() => insert(field)}
              className="h-6 rounded-full border border-line px-2 text-xs text-ink-2 transition-colors hover:bg-sunken hover:text-ink pointer-coarse:h-9"
            >
              + {MERGE_FIELDS[field].label}
            </button>
          ))}
        </div>
      )}
      <TextChecks id={`${id}-checks`} body={value} rules={rules} />
    </div>
  );
};
