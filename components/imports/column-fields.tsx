"use client";

import type { ImportView } from "#components/imports/use-import.ts";
import { FIELD_LABELS } from "#components/imports/import-words.ts";
import { Select } from "#components/ui/select.tsx";
import { IMPORT_FIELDS, type ImportField, type MemberMapping } from "#server/domain/csv-import.ts";

type ColumnFieldsProps = {
  readonly view: ImportView;
  readonly mapping: MemberMapping;
  readonly onChange: (mapping: MemberMapping) => void;
};

/** One line per column of the file: its name, a few of its cells, and what it is. */
export const ColumnFields = ({ view, mapping, onChange }: ColumnFieldsProps) => {
  const fieldOf = (index: number): ImportField | "" => IMPORT_FIELDS.find((field) => mapping.columns[field] === index) ?? "";
  const choose = (index: number, field: string): void => {
    // A column is one thing, and a thing stands in one column.
    const rest = Object.entries(mapping.columns).filter(([name, column]) => column !== index && name !== field);
    onChange({ ...mapping, columns: Object.fromEntries(field === "" ? rest : [...rest, [field, index]]) });
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
            <Select aria-label={`What “${header}” is`} value={fieldOf(index)} onChange={(event) => choose(index, event.target.value)}>
              <option value="">Leave out</option>
              {IMPORT_FIELDS.map((field) => (
                <option key={field} value={field}>
                  {FIELD_LABELS[field]}
                </option>
              ))}
            </Select>
          </div>
        </li>
      ))}
    </ul>
  );
};
