"use client";

import { Search } from "lucide-react";
import { useQueryStates } from "nuqs";

import { typedSearch } from "#components/lib/typed-search.ts";
import { DOOR_LABELS, SORT_LABELS, STATE_LABELS, TIER_LABELS } from "#components/past-due/debt-words.ts";
import { pastDueParams } from "#components/past-due/search-params.ts";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { DEBT_SORTS, DEBT_STATES, DOOR_STATES, type DebtState } from "#server/domain/past-due/debt-list.ts";
import { TIERS } from "#server/domain/past-due/facts.ts";

/** Long enough that a name is typed, short enough that nobody waits for it. */

export const PastDueFilters = ({ counts }: { readonly counts: Readonly<Record<DebtState, number>> | undefined }) => {
  const [{ door, search, sort, state, tier }, setParams] = useQueryStates(pastDueParams);
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <div role="search" className="relative w-full md:w-72">
        <Search aria-hidden="true" className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3 pointer-coarse:top-3" />
        <Input
          type="search"
          aria-label="Search people who owe"
          placeholder="Search name, phone or e-mail"
          value={search}
          {...typedSearch(setParams)}
          className="pl-8"
        />
      </div>
      <Choice
        label="What comes next"
        everything="Everything next"
        value={state}
        options={DEBT_STATES.map((value) => ({
          value,
          label: `${STATE_LABELS[value].label}${counts === undefined ? "" : ` (${counts[value]})`}`,
        }))}
        onChange={(next) => void setParams({ state: next })}
      />
      <Choice
        label="Tier"
        everything="All tiers"
        value={tier}
        options={TIERS.map((value) => ({ value, label: TIER_LABELS[value] }))}
        onChange={(next) => void setParams({ tier: next })}
      />
      <Choice
        label="Door"
        everything="All doors"
        value={door}
        options={DOOR_STATES.map((value) => ({ value, label: DOOR_LABELS[value].label }))}
        onChange={(next) => void setParams({ door: next })}
      />
      <Select
        aria-label="Sort by"
        className="w-auto max-md:flex-1 md:hidden"
        value={sort}
        onChange={({ target }) => {
          const next = DEBT_SORTS.find((one) => one === target.value) ?? "due";
          void setParams({ sort: next, up: next === "name" });
        }}
      >
        {DEBT_SORTS.map((one) => (
          <option key={one} value={one}>
            Sort: {SORT_LABELS[one]}
          </option>
        ))}
      </Select>
    </div>
  );
};

type ChoiceProps<Value extends string> = {
  readonly label: string;
  /** What is shown where nothing is chosen. */
  readonly everything: string;
  readonly value: Value | null;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value | null) => void;
};

const Choice = <Value extends string>({ everything, label, onChange, options, value }: ChoiceProps<Value>) => (
  <Select
    aria-label={label}
    className="w-auto max-md:flex-1"
    value={value ?? ""}
    onChange={({ target }) => onChange(options.find((option) => option.value === target.value)?.value ?? null)}
  >
    <option value="">{everything}</option>
    {options.map((option) => (
      <option key={option.value} value={option.value}>
        {option.label}
      </option>
    ))}
  </Select>
);
