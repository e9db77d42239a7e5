"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";

import { DAY_LABELS, type SpecialDay } from "#components/knowledge/knowledge-types.ts";
import { useKnowledgeChange } from "#components/knowledge/use-knowledge-change.ts";
import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Input } from "#components/ui/input.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { dayText } from "#server/domain/calendar-date.ts";
import { spansText } from "#server/domain/hours-text.ts";

type Decision = Parameters<ReturnType<typeof useTRPCClient>["notices"]["decideSpecialDay"]["mutate"]>[0]["decision"];

/** Holidays that come near. Spotter asks, and says nothing of a day until somebody has told it. */
export const SpecialDays = () => {
  const { id: clubId } = useClub();
  const days = useQuery(useTRPC().notices.specialDays.queryOptions({ clubId }));
  return (
    <section aria-labelledby="days-title" className="flex flex-col gap-4 p-4">
      <div>
        <h2 id="days-title" className="text-base font-semibold">
          Holidays
        </h2>
        <p className="text-sm text-ink-2">
          Spotter asks two weeks ahead and does not guess: until you tell it, such questions go to a person.
        </p>
      </div>
      {days.isPending ? <SkeletonRows count={2} label="Loading holidays" /> : null}
      {days.isError && days.data === undefined ? <ErrorState error={days.error} onRetry={() => void days.refetch()} /> : null}
      {days.data?.length === 0 ? <p className="text-sm text-ink-3">No holiday within the next two weeks.</p> : null}
      <ul aria-label="Holidays" className="flex flex-col gap-2">
        {days.data?.map((day) => (
          <DayLine key={day.id} day={day} />
        ))}
      </ul>
    </section>
  );
};

const DayLine = ({ day }: { readonly day: SpecialDay }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const mayDecide = useMay("knowledge.write");
  const [isOpen, setIsOpen] = useState(false);
  const decide = useKnowledgeChange({
    change: (decision: Decision) => client.notices.decideSpecialDay.mutate({ clubId, specialDayId: day.id, decision }),
    done: `Noted. Spotter says it of ${day.name}`,
  });
  const { label, tone } = DAY_LABELS[day.status];
  const settle = (decision: Decision): void => decide.mutate(decision, { onSuccess: () => setIsOpen(false) });
  return (
    <li className="flex flex-col gap-2 rounded-card border border-line p-3">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 basis-40">
          <span className="block text-base font-semibold">{day.name}</span>
          <span className="block text-xs text-ink-3">
            {dayText(day.onDate)}
            {day.status === "open" ? `, ${spansText(day.openSpans)}` : ""}
          </span>
        </p>
        <Chip tone={tone}>{label}</Chip>
      </div>
      {mayDecide ? (
        <fieldset disabled={decide.isPending} className="flex flex-wrap gap-2">
          <legend className="sr-only">Hours on {day.name}</legend>
          <Button size="sm" onClick={() => settle({ status: "closed" })}>
            Closed
          </Button>
          <Button size="sm" onClick={() => settle({ status: "usual" })}>
            Usual hours
          </Button>
          <Button size="sm" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            Own hours
          </Button>
        </fieldset>
      ) : null}
      {isOpen ? <HoursForm isBusy={decide.isPending} onSubmit={settle} /> : null}
    </li>
  );
};

type Times = { readonly openFrom: string; readonly openTo: string; readonly deskFrom: string; readonly deskTo: string };
type HoursFormProps = { readonly isBusy: boolean; readonly onSubmit: (decision: Decision) => void };

const HoursForm = ({ isBusy, onSubmit }: HoursFormProps) => {
  const form = useForm<Times>({ defaultValues: { openFrom: "08:00", openTo: "12:00", deskFrom: "", deskTo: "" } });
  const [problem, setProblem] = useState<string | null>(null);
  const submit = form.handleSubmit(({ openFrom, openTo, deskFrom, deskTo }) => {
    const [openSpans, staffedSpans] = [spansOf(openFrom, openTo), spansOf(deskFrom, deskTo)];
    setProblem(
      openSpans === null || openSpans.length === 0 || staffedSpans === null ? "Each time needs a beginning before its end." : null,
    );
    if (openSpans !== null && openSpans.length > 0 && staffedSpans !== null) {
      onSubmit({ status: "open", openSpans, staffedSpans });
    }
  });
  const time = (name: keyof Times, label: string) => <Input type="time" aria-label={label} className="w-34" {...form.register(name)} />;
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-2 border-t border-line pt-2 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <span className="w-24 text-ink-2">Open</span>
        {time("openFrom", "Open from")} to {time("openTo", "Open until")}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <span className="w-24 text-ink-2">Front desk</span>
        {time("deskFrom", "Front desk from")} to {time("deskTo", "Front desk until")}
      </div>
      <p className={problem === null ? "text-xs text-ink-3" : "text-xs text-bad-ink"}>
        {problem ?? "Left empty, the front desk is not staffed that day."}
      </p>
      <Button type="submit" kind="primary" size="sm" isBusy={isBusy} className="self-start">
        Save the hours
      </Button>
    </form>
  );
};

/** Minutes after midnight; no span for two empty fields, `null` for what is none. Midnight at the end is 24:00. */
const spansOf = (from: string, to: string): { startMinute: number; endMinute: number }[] | null => {
  if (from === "" && to === "") {
    return [];
  }
  const [startMinute, endMinute] = [minutesOf(from), minutesOf(to) === 0 ? 1_440 : minutesOf(to)];
  return startMinute === null || endMinute === null || startMinute >= endMinute ? null : [{ startMinute, endMinute }];
};

const minutesOf = (time: string): number | null => {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(time) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
};
