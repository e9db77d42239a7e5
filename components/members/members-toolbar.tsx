"use client";

import { Bookmark, Columns3, Filter, Search, X } from "lucide-react";
import { useQueryStates } from "nuqs";
import { lazy, useRef } from "react";

import { useClub } from "#components/lib/club.tsx";
import { MEMBER_LABELS } from "#components/lib/labels.ts";
import { typedSearch } from "#components/lib/typed-search.ts";
import { useHotkeys } from "#components/lib/use-hotkeys.ts";
import { ORDER_LABELS } from "#components/members/people-words.ts";
import { memberParams } from "#components/members/search-params.ts";
import { buttonStyles } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { PopupButton } from "#components/ui/popup-button.tsx";
import { Select } from "#components/ui/select.tsx";
import { formatMoney } from "#server/domain/money.ts";
import { PEOPLE_SORTS, SORT_DIRECTIONS } from "#server/domain/people-filter.ts";

/** Long enough that a name is typed, short enough that nobody waits for it. */

const FilterPopover = lazy(async () => ({ default: (await import("#components/members/filter-popover.tsx")).FilterPopover }));
const ColumnsPopover = lazy(async () => ({ default: (await import("#components/members/columns-popover.tsx")).ColumnsPopover }));
const SavedFiltersPopover = lazy(async () => ({
  default: (await import("#components/members/saved-filters-popover.tsx")).SavedFiltersPopover,
}));

/** Search, filter, saved filters, columns. */
export const MembersToolbar = () => (
  <div className="flex flex-wrap items-center gap-2 px-4 pb-3">
    <SearchField />
    <PopupButton popup={FilterPopover} opens="dialog" className={buttonStyles({ kind: "secondary" })}>
      <Filter aria-hidden="true" />
      Filter
    </PopupButton>
    <PopupButton popup={SavedFiltersPopover} opens="dialog" className={buttonStyles({ kind: "secondary" })}>
      <Bookmark aria-hidden="true" />
      Saved
    </PopupButton>
    <SortChoice />
    <PopupButton popup={ColumnsPopover} opens="dialog" className={`${buttonStyles({ kind: "secondary" })} max-md:hidden`}>
      <Columns3 aria-hidden="true" />
      Columns
    </PopupButton>
  </div>
);

/** A phone has no heads of columns to press. */
const SortChoice = () => {
  const [{ direction, sort }, setParams] = useQueryStates(memberParams);
  return (
    <Select
      aria-label="Order"
      className="w-auto md:hidden"
      value={`${sort} ${direction}`}
      onChange={({ target }) => {
        const order = ORDERS.find(({ value }) => value === target.value);
        void setParams(order === undefined ? null : { sort: order.sort, direction: order.direction });
      }}
    >
      {ORDERS.map(({ label, value }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </Select>
  );
};

const ORDERS = PEOPLE_SORTS.flatMap((sort) =>
  SORT_DIRECTIONS.map((direction) => ({
    sort,
    direction,
    value: `${sort} ${direction}`,
    label: ORDER_LABELS[sort][direction],
  })),
);

const SearchField = () => {
  const [{ search }, setParams] = useQueryStates(memberParams);
  const field = useRef<HTMLInputElement>(null);
  useHotkeys({ "/": () => field.current?.focus() });
  return (
    <div role="search" className="relative w-84 max-w-full max-md:w-full">
      <Search aria-hidden="true" className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3 pointer-coarse:top-3" />
      <Input
        ref={field}
        type="search"
        aria-label="Search people"
        placeholder="Search name, phone or e-mail"
        value={search}
        {...typedSearch(setParams)}
        className="pl-8"
      />
    </div>
  );
};

/** What narrows the group right now, each with a way to take it away. */
export const ActiveFilters = () => {
  const { currency } = useClub();
  const [{ away, owes, segment, status }, setParams] = useQueryStates(memberParams);
  const isNarrowed = segment !== "prospects" && (status.length > 0 || away !== null || owes !== null);
  return isNarrowed ? (
    <ul aria-label="Filters in force" className="flex flex-wrap gap-1.5 border-b border-line px-4 py-2">
      {status.map((value) => (
        <Condition
          key={value}
          words={MEMBER_LABELS[value].label}
          onRemove={() => void setParams({ status: status.filter((other) => other !== value) })}
        />
      ))}
      {away === null ? null : <Condition words={`Not in for ${away} days`} onRemove={() => void setParams({ away: null })} />}
      {owes === null ? null : (
        <Condition words={`Owes ${formatMoney(`${owes}`, currency)}`} onRemove={() => void setParams({ owes: null })} />
      )}
    </ul>
  ) : null;
};

const Condition = ({ onRemove, words }: { readonly words: string; readonly onRemove: () => void }) => (
  <li>
    <button
      type="button"
      onClick={onRemove}
      aria-label={`Remove the filter ${words}`}
      className="inline-flex h-7 items-center gap-1 rounded-full bg-sunken px-2.5 text-xs text-ink-2 hover:text-ink pointer-coarse:h-9"
    >
      {words}
      <X aria-hidden="true" className="size-3" />
    </button>
  </li>
);
