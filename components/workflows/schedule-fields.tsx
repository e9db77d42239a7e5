"use client";

import { useController } from "react-hook-form";

import { useClock } from "#components/lib/clock.tsx";
import { capitalize, formatMoment, type Clock } from "#components/lib/format.ts";
import { clockText, minuteOf } from "#components/policy/setting-controls.tsx";
import type { SettingsForm } from "#components/workflows/settings-form.ts";
import { scheduleText } from "#components/workflows/workflow-words.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { todayIn, WEEKDAY_NAMES } from "#server/domain/calendar-date.ts";
import { nextSlot, Schedule } from "#server/domain/workflows/schedule.ts";

const KINDS = { hourly: "Every hour", daily: "Every day", weekly: "Every week or second week", monthly: "Every month" } as const;
const SIX = 360;
const DAYS = Array.from({ length: 28 }, (_, day) => day + 1);

/** When it runs, on the club's clock, also over the days on which the clocks change. */
export const ScheduleFields = ({ isDisabled }: { readonly isDisabled: boolean }) => {
  const { now, zone } = useClock();
  const { field } = useController<SettingsForm, "schedule">({ name: "schedule" });
  const schedule = field.value;
  const isValid = Schedule.safeParse(schedule).success;
  return (
    <fieldset disabled={isDisabled} className="flex flex-col gap-3 px-4 py-4">
      <div className="flex flex-wrap items-start gap-4">
        <Field label="Runs">
          {(control) => (
            <Select
              {...control}
              className="w-60"
              value={schedule.kind}
              onChange={({ target }) => field.onChange(scheduleOf(target.value, { schedule, today: todayIn(zone, now) }))}
            >
              {Object.entries(KINDS).map(([kind, label]) => (
                <option key={kind} value={kind}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Details schedule={schedule} onChange={field.onChange} />
      </div>
      <p role="status" className="text-sm text-ink-2 tabular-nums">
        {isValid
          ? `${capitalize(scheduleText(schedule))}, on the club’s clock. ${nextText(schedule, { now, zone })}`
          : "This schedule is not complete yet."}
      </p>
    </fieldset>
  );
};

const nextText = (schedule: Schedule, { now, zone }: Clock): string => {
  const next = nextSlot(schedule, { timeZone: zone, after: now });
  return next === null ? "That day is over." : `Next: ${formatMoment(next.at, zone)}.`;
};

type DetailsProps = { readonly schedule: Schedule; readonly onChange: (next: Schedule) => void };

const Details = ({ onChange, schedule }: DetailsProps) => {
  // Only a campaign is due once, and it has fields of its own.
  if (schedule.kind === "once") {
    return null;
  }
  if (schedule.kind === "hourly") {
    return (
      <Field label="Minutes past the hour">
        {(control) => (
          <Input
            {...control}
            type="number"
            min={0}
            max={59}
            className="w-32 tabular-nums"
            value={Number.isNaN(schedule.minute) ? "" : schedule.minute}
            onChange={({ target }) => onChange({ ...schedule, minute: target.valueAsNumber })}
          />
        )}
      </Field>
    );
  }
  return (
    <>
      {schedule.kind === "weekly" ? <WeekFields schedule={schedule} onChange={onChange} /> : null}
      {schedule.kind === "monthly" ? (
        <Field label="Day of the month">
          {(control) => (
            <Select
              {...control}
              className="w-32"
              value={schedule.day}
              onChange={({ target }) => onChange({ ...schedule, day: Number(target.value) })}
            >
              {DAYS.map((day) => (
                <option key={day} value={day}>
                  {day}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ) : null}
      <Field label="Time">
        {(control) => (
          <Input
            {...control}
            type="time"
            className="w-32 tabular-nums"
            value={clockText(schedule.minuteOfDay)}
            onChange={({ target }) => (target.value === "" ? undefined : onChange({ ...schedule, minuteOfDay: minuteOf(target.value) }))}
          />
        )}
      </Field>
    </>
  );
};

type Weekly = Extract<Schedule, { kind: "weekly" }>;

const WeekFields = ({ onChange, schedule }: { readonly schedule: Weekly; readonly onChange: (next: Schedule) => void }) => (
  <>
    <Field label="Weekday">
      {(control) => (
        <Select
          {...control}
          className="w-40"
          value={schedule.weekday}
          onChange={({ target }) => onChange({ ...schedule, weekday: Number(target.value) })}
        >
          {WEEKDAY_NAMES.map((name, weekday) => (
            <option key={name} value={weekday}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
    <Field label="How often">
      {(control) => (
        <Select
          {...control}
          className="w-44"
          value={schedule.everyWeeks}
          onChange={({ target }) => onChange({ ...schedule, everyWeeks: target.value === "2" ? 2 : 1 })}
        >
          <option value={1}>Every week</option>
          <option value={2}>Every second week</option>
        </Select>
      )}
    </Field>
    {schedule.everyWeeks === 1 ? null : (
      <Field label="Counted from the week of">
        {(control) => (
          <Input
            {...control}
            type="date"
            className="w-44 tabular-nums"
            value={schedule.anchoredOn}
            onChange={({ target }) => (target.value === "" ? undefined : onChange({ ...schedule, anchoredOn: target.value }))}
          />
        )}
      </Field>
    )}
  </>
);

/** Another kind of schedule keeps the time of day where both have one. */
const scheduleOf = (kind: string, { schedule, today }: { readonly schedule: Schedule; readonly today: string }): Schedule => {
  const minuteOfDay = "minuteOfDay" in schedule ? schedule.minuteOfDay : SIX;
  switch (kind) {
    case "hourly":
      return { kind: "hourly", minute: 0 };
    case "weekly":
      return { kind: "weekly", weekday: 0, minuteOfDay, everyWeeks: 1, anchoredOn: today };
    case "monthly":
      return { kind: "monthly", day: 1, minuteOfDay };
    default:
      return { kind: "daily", minuteOfDay };
  }
};
