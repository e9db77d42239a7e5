"use client";

import { ListFilter, X } from "lucide-react";
import { useQueryStates } from "nuqs";
import { lazy } from "react";

import { FILTERS, type FilterName } from "#components/inbox/filter-words.ts";
import { inboxParams } from "#components/inbox/search-params.ts";
import { PopupButton } from "#components/ui/popup-button.tsx";

const FilterPopover = lazy(async () => ({ default: (await import("#components/inbox/filter-popover.tsx")).FilterPopover }));

const FILTER_KEY = { key: "f", label: "Filters" };

export const FilterButton = () => (
  <PopupButton
    popup={FilterPopover}
    opens="dialog"
    hotkey={FILTER_KEY}
    aria-label="Filters"
    data-tip="Filters · f"
    className="flex size-8 shrink-0 items-center justify-center rounded-control text-ink-2 transition-colors hover:bg-sunken hover:text-ink aria-expanded:bg-sunken pointer-coarse:size-10"
  >
    <ListFilter aria-hidden="true" className="size-4.5" />
  </PopupButton>
);

/** What narrows the list, each with a way to take it away. */
export const ActiveFilters = () => {
  const [params, setParams] = useQueryStates(inboxParams);
  const active = FILTERS.flatMap((filter) => {
    const value = params[filter.name];
    return value === null || value === "" ? [] : [{ ...filter, value }];
  });
  if (active.length === 0) {
    return null;
  }
  const drop = (name: FilterName) => void setParams({ [name]: null });
  return (
    <ul aria-label="Filters in use" className="flex flex-wrap gap-1 px-3 pt-1">
      {active.map(({ label, name, value, wordOf }) => (
        <li key={name}>
          <button
            type="button"
            aria-label={`Take away the filter ${label}: ${wordOf(value)}`}
            onClick={() => drop(name)}
            className="flex h-6 items-center gap-1 rounded-full bg-sunken pr-1.5 pl-2.5 text-xs text-ink transition-colors hover:bg-line pointer-coarse:h-9"
          >
            {wordOf(value)}
            <X aria-hidden="true" className="size-3 text-ink-2" />
          </button>
        </li>
      ))}
    </ul>
  );
};
