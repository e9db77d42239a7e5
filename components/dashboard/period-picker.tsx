"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useState } from "react";

import { periodOf, periodParams } from "#components/dashboard/search-params.ts";
import { useClock } from "#components/lib/clock.tsx";
import { useClub } from "#components/lib/club.tsx";
import { formatDate } from "#components/lib/format.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Select } from "#components/ui/select.tsx";
import { writePeriod } from "#server/domain/metrics/period-text.ts";
import type { Period } from "#server/domain/metrics/period.ts";

export const usePeriod = () => {
  const [text, setText] = useQueryStates(periodParams);
  return { period: periodOf(text), setPeriod: (period: Period) => void setText(writePeriod(period)) };
};

const KINDS = [
  { value: "7", label: "7 days" },
  { value: "28", label: "28 days" },
  { value: "90", label: "90 days" },
  { value: "dates", label: "Dates" },
  { value: "version", label: "Rule change" },
] as const;
type Choice = (typeof KINDS)[number]["value"];

const DAYS = { "7": 7, "28": 28, "90": 90 } as const;

type PeriodPickerProps = { readonly hasVersions?: boolean };

/** Which stretch of time the page is about: some days, two dates, or the time before and after a version of the rules. */
export const PeriodPicker = ({ hasVersions = true }: PeriodPickerProps) => {
  const { period, setPeriod } = usePeriod();
  const [open, setOpen] = useState<"dates" | "version" | null>(null);
  const chosen: Choice = open ?? (period.kind === "days" ? (String(period.days) as keyof typeof DAYS) : period.kind);
  const choose = (choice: Choice) => {
    if (choice === "dates" || choice === "version") {
      setOpen(choice);
      return;
    }
    setOpen(null);
    setPeriod({ kind: "days", days: DAYS[choice] });
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SegmentedControl
        label="Period"
        options={KINDS.filter(({ value }) => hasVersions || value !== "version")}
        value={chosen}
        onChange={choose}
      />
      {chosen === "dates" ? <DateFields period={period} onChoose={setPeriod} /> : null}
      {chosen === "version" ? <VersionField period={period} onChoose={setPeriod} /> : null}
    </div>
  );
};

type FieldProps = { readonly period: Period; readonly onChoose: (period: Period) => void };

const DateFields = ({ onChoose, period }: FieldProps) => {
  const [from, setFrom] = useState(period.kind === "dates" ? period.from : "");
  const [to, setTo] = useState(period.kind === "dates" ? period.to : "");
  const isWhole = from !== "" && to !== "" && from <= to;
  return (
    <form
      className="flex flex-wrap items-center gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        onChoose({ kind: "dates", from, to });
      }}
    >
      <Input type="date" aria-label="First day" value={from} max={to} onChange={(event) => setFrom(event.target.value)} className="w-36" />
      <span className="text-sm text-ink-3">to</span>
      <Input type="date" aria-label="Last day" value={to} min={from} onChange={(event) => setTo(event.target.value)} className="w-36" />
      <Button type="submit" disabled={!isWhole}>
        Show
      </Button>
    </form>
  );
};

const VersionField = ({ onChoose, period }: FieldProps) => {
  const { id: clubId } = useClub();
  const clock = useClock();
  const trpc = useTRPC();
  const club = useQuery(trpc.policies.versions.queryOptions({ clubId, layer: "club" }));
  const franchise = useQuery(trpc.policies.versions.queryOptions({ clubId, layer: "franchise" }));
  const versions = [
    ...(club.data?.items.map((one) => ({ ...one, layer: "club" as const })) ?? []),
    ...(franchise.data?.items.map((one) => ({ ...one, layer: "franchise" as const })) ?? []),
  ].toSorted((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime());
  if (club.isPending || franchise.isPending) {
    return <p className="text-sm text-ink-3">Loading versions</p>;
  }
  if (versions.length === 0) {
    return <p className="text-sm text-ink-3">No version of the rules has been published yet.</p>;
  }
  return (
    <Select
      aria-label="Version of the rules"
      className="max-w-72"
      value={period.kind === "version" ? `${period.layer}.${period.version}` : ""}
      onChange={(event) => {
        const one = versions.find(({ layer, version }) => `${layer}.${version}` === event.target.value);
        if (one !== undefined) {
          onChoose({ kind: "version", layer: one.layer, version: one.version });
        }
      }}
    >
      <option value="" disabled>
        Before and after version …
      </option>
      {versions.map(({ layer, note, publishedAt, version }) => (
        <option key={`${layer}.${version}`} value={`${layer}.${version}`}>
          {`${layer === "club" ? "Club" : "Franchise"} ${version}, ${formatDate(publishedAt, clock)}${note === null ? "" : `: ${note}`}`}
        </option>
      ))}
    </Select>
  );
};
