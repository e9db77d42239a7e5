"use client";

import { CalendarDays, Clock } from "lucide-react";
import Link from "next/link";

import { useClock } from "#components/lib/clock.tsx";
import { cn } from "#components/lib/cn.ts";
import { useClub } from "#components/lib/club.tsx";
import { formatTime } from "#components/lib/format.ts";
import { workflowPageOf } from "#components/lib/paths.ts";
import { weekPlan, type PlannedDay } from "#components/workflows/week-plan.ts";
import type { WorkflowRow } from "#components/workflows/workflow-types.ts";
import { dayText } from "#server/domain/calendar-date.ts";

/** What runs when in the coming seven days, on the club's clock. Dry runs are dashed. */
export const WeekCalendar = ({ workflows }: { readonly workflows: readonly WorkflowRow[] }) => {
  const { now, zone } = useClock();
  const running = workflows.filter(({ isOn, isPaused }) => isOn && !isPaused);
  const days = weekPlan(running, { now, timeZone: zone });
  return (
    <section aria-labelledby="week-title">
      <h2 id="week-title" className="text-lg font-semibold">
        The coming week
      </h2>
      <p className="mt-0.5 mb-3 text-sm text-ink-2">
        On the club’s clock. What is dashed is a dry run: it plans and shows, and sends nothing.
      </p>
      {running.length === 0 ? (
        <p className="flex items-center gap-2 rounded-card border border-line bg-surface px-4 py-5 text-sm text-ink-3">
          <CalendarDays aria-hidden="true" className="size-4 shrink-0" />
          Nothing is switched on, so nothing runs by itself. Switch a workflow on and its times stand here.
        </p>
      ) : (
        <ol className="grid overflow-hidden rounded-card border border-line bg-surface lg:grid-cols-7">
          {days.map((day, index) => (
            <Day key={day.date} day={day} isToday={index === 0} workflows={workflows} />
          ))}
        </ol>
      )}
    </section>
  );
};

type DayProps = { readonly day: PlannedDay; readonly isToday: boolean; readonly workflows: readonly WorkflowRow[] };

const Day = ({ day, isToday, workflows }: DayProps) => {
  const { zone } = useClock();
  const [weekday = "", date = ""] = dayText(day.date).split(", ");
  const isEmpty = day.entries.length === 0 && day.hourly.length === 0;
  return (
    <li className="flex min-w-0 gap-3 border-b border-line px-3 py-2.5 last:border-b-0 lg:min-h-36 lg:flex-col lg:gap-2 lg:border-r lg:border-b-0 lg:last:border-r-0">
      <p className="w-24 shrink-0 text-xs lg:w-auto">
        <span className={cn("block", isToday ? "font-semibold" : "text-ink-2")}>{isToday ? "Today" : weekday}</span>
        <span className="text-ink-3">{date}</span>
      </p>
      <ul className="flex min-w-0 flex-1 flex-col gap-1.5">
        {isEmpty ? <li className="text-xs text-ink-3">Nothing</li> : null}
        {day.entries.map(({ at, isMoved, key, period }) => (
          <Entry
            key={`${key} ${period}`}
            workflow={workflows.find(({ id }) => id === key)}
            when={`${formatTime(at, zone)}${isMoved ? " (the clocks change)" : ""}`}
          />
        ))}
        {day.hourly.map(({ count, key }) => (
          <Entry
            key={key}
            workflow={workflows.find(({ id }) => id === key)}
            when={`${count} ${count === 1 ? "time" : "times"}, hourly`}
            isHourly
          />
        ))}
      </ul>
    </li>
  );
};

type EntryProps = { readonly workflow: WorkflowRow | undefined; readonly when: string; readonly isHourly?: boolean };

const Entry = ({ isHourly = false, when, workflow }: EntryProps) => {
  const { slug } = useClub();
  return workflow === undefined ? null : (
    <li>
      <Link
        href={workflowPageOf(slug, workflow)}
        className={cn(
          "flex min-h-6 flex-col rounded-control border px-2 py-1 text-xs transition-colors hover:bg-sunken",
          workflow.isDryRun ? "border-dashed border-line-strong/60 text-ink-2" : "border-spotter-line bg-spotter-tint text-spotter-ink",
        )}
      >
        <span className="font-semibold">{workflow.name}</span>
        <span className="flex items-center gap-1 tabular-nums">
          {isHourly ? <Clock aria-hidden="true" className="size-3 shrink-0" /> : null}
          {when}
          {workflow.isDryRun ? <span className="sr-only">, dry run</span> : null}
        </span>
      </Link>
    </li>
  );
};
