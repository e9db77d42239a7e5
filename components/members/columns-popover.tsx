"use client";

import { useQueryStates } from "nuqs";

import { COLUMN_LABELS } from "#components/members/people-words.ts";
import { memberParams } from "#components/members/search-params.ts";
import { Popover } from "#components/ui/popover.tsx";
import type { PopupProps } from "#components/ui/popup-button.tsx";
import { PEOPLE_COLUMNS } from "#server/domain/people-filter.ts";

/** Which facts stand beside a name. */
export const ColumnsPopover = (popup: PopupProps) => {
  const [{ columns }, setParams] = useQueryStates(memberParams);
  return (
    <Popover {...popup} title="Columns">
      <fieldset className="flex flex-col gap-1 p-4">
        <legend className="sr-only">Columns that are shown</legend>
        {PEOPLE_COLUMNS.map((name) => (
          <label key={name} className="flex min-h-7 items-center gap-2 text-sm pointer-coarse:min-h-10">
            <input
              type="checkbox"
              className="size-4 accent-solid"
              checked={columns.includes(name)}
              onChange={() =>
                void setParams({ columns: PEOPLE_COLUMNS.filter((one) => (one === name ? !columns.includes(one) : columns.includes(one))) })
              }
            />
            {COLUMN_LABELS[name]}
          </label>
        ))}
      </fieldset>
    </Popover>
  );
};
