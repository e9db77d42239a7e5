"use client";

import { Download, Search } from "lucide-react";
import { useQueryStates } from "nuqs";

import { activityFilterOf, activityParams, isNarrowed } from "#components/activity/search-params.ts";
import { useClub, useMay } from "#components/lib/club.tsx";
import { capitalize, words } from "#components/lib/format.ts";
import { ledgerLabel } from "#components/lib/labels.ts";
import { typedSearch } from "#components/lib/typed-search.ts";
import { useDownload } from "#components/lib/use-download.ts";
import { Button } from "#components/ui/button.tsx";
import { DayFilter, FilterField } from "#components/ui/filter-field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { ACTIVITY_ACTORS, ACTIVITY_AREAS, ACTIVITY_OUTCOMES } from "#server/domain/activity-filter.ts";

const ACTOR_LABELS = { agent: "Spotter", workflow: "A workflow", staff: "Staff", webhook: "A vendor", system: "The machinery" } as const;

/** Search and filter; every choice is in the address bar at once, and the file is of what is shown. */
export const ActivityToolbar = () => {
  const [params, setParams] = useQueryStates(activityParams);
  return (
    <div className="mb-4 flex flex-wrap items-end gap-2">
      <div role="search" className="relative w-72 max-md:w-full">
        <Search aria-hidden="true" className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3 pointer-coarse:top-3" />
        <Input
          type="search"
          aria-label="Search the ledger"
          placeholder="Search what happened, or with whom"
          value={params.search}
          {...typedSearch(setParams)}
          className="pl-8"
        />
      </div>
      <Choice
        label="By"
        options={ACTIVITY_ACTORS}
        wordsOf={(actor) => ACTOR_LABELS[actor]}
        value={params.actor}
        onChange={(actor) => void setParams({ actor })}
      />
      <Choice
        label="About"
        options={ACTIVITY_AREAS}
        wordsOf={(area) => capitalize(words(area))}
        value={params.area}
        onChange={(area) => void setParams({ area })}
      />
      <Choice
        label="Outcome"
        options={ACTIVITY_OUTCOMES}
        wordsOf={(outcome) => ledgerLabel(outcome).label}
        value={params.outcome}
        onChange={(outcome) => void setParams({ outcome })}
      />
      <DayFilter label="From" value={params.from} onChange={(from) => void setParams({ from })} />
      <DayFilter label="Until" value={params.until} onChange={(until) => void setParams({ until })} />
      {isNarrowed(activityFilterOf(params)) ? (
        <Button kind="quiet" onClick={() => void setParams(null)}>
          Clear
        </Button>
      ) : null}
      <ExportButtons />
    </div>
  );
};

const ExportButtons = () => {
  const { slug } = useClub();
  const mayExport = useMay("action.export");
  const [params] = useQueryStates(activityParams);
  const file = useDownload(`/api/exports/${slug}/ledger`);
  const filter = activityFilterOf(params);
  return mayExport ? (
    <div className="ml-auto flex gap-2">
      {(["csv", "jsonl"] as const).map((format) => (
        <Button key={format} isBusy={file.isPending} onClick={() => file.mutate({ filter, format })}>
          <Download aria-hidden="true" />
          {format.toUpperCase()}
        </Button>
      ))}
    </div>
  ) : null;
};

type ChoiceProps<Value extends string> = {
  readonly label: string;
  readonly options: readonly Value[];
  readonly wordsOf: (value: Value) => string;
  readonly value: Value | null;
  readonly onChange: (value: Value | null) => void;
};

const Choice = <Value extends string>({ label, onChange, options, value, wordsOf }: ChoiceProps<Value>) => (
  <FilterField label={label}>
    <Select className="w-36" value={value ?? ""} onChange={({ target }) => onChange(options.find((one) => one === target.value) ?? null)}>
      <option value="">Anything</option>
      {options.map((one) => (
        <option key={one} value={one}>
          {wordsOf(one)}
        </option>
      ))}
    </Select>
  </FilterField>
);
