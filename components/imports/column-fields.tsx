"use client";

import type { ImportView } from "#components/imports/use-import.ts";
import { Select } from "#components/ui/select.tsx";

type ColumnFieldsProps<Field extends string> = {
  readonly view: ImportView;
  readonly fields: readonly Field[];
  readonly labels: Readonly<Record<Field, string>>;
  readonly columns: Partial<Record<Field, number>>;
  readonly onChange: (columns: Partial<Record<Field, number>>) => void;
};

/** One line per column of the file: its name, a few of its cells, and what it is. */
export const ColumnFields = <Field extends string>({ view, fields, labels, columns, onChange }: ColumnFieldsProps<Field>) => {
  const fieldOf = (index: number): Field | undefined => fields.find((field) => columns[field] === index);
  const choose = (index: number, text: string): void => {
    const next = { ...columns };
    // A column is one thing, and a thing stands in one column.
    const before = fieldOf(index);
    if (before !== undefined) {
      delete next[before];
    }
    const chosen = fields.find((field) => field === text);
    onChange(chosen === undefined ? next : { ...next, [chosen]: index });
  };
  return (
    <ul className="divide-y divide-line">
      {view.columns.map(({ index, header, samples }) => (
        <li key={index} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2.5">
          <div className="min-w-0 flex-1 basis-64">
            <p className="truncate text-sm font-semibold">{header}</p>
            <p className="truncate text-xs text-ink-3">{samples.length === 0 ? "Empty" : samples.join(" · ")}</p>
          </div>
          <div className="basis-56 max-md:basis-full">
            <Select aria-label={`What “${header}” is`} value={fieldOf(index) ?? ""} onChange={(event) => choose(index, event.target.value)}>
              <option value="">Leave out</option>
              {fields.map((field) => (
                <option key={field} value={field}>
                  {labels[field]}
                </option>
              ))}
            </Select>
          </div>
        </li>
      ))}
    </ul>
  );
};
