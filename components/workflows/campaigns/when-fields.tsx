"use client";

import { useController, useFormContext } from "react-hook-form";

import { useClock } from "#components/lib/clock.tsx";
import { formatMoment } from "#components/lib/format.ts";
import { clockText, minuteOf } from "#components/policy/setting-controls.tsx";
import type { CampaignDraft, When } from "#components/workflows/campaigns/campaign-form.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { addDays, todayIn } from "#server/domain/calendar-date.ts";
import { nextSlot, type Schedule } from "#server/domain/workflows/schedule.ts";

const CHOICES = [
  { value: "by_hand", label: "Now, when you press Run", about: "Nothing happens by itself." },
  { value: "once", label: "On a day", about: "Once, at a time on the club’s clock." },
  { value: "daily", label: "Every day", about: "To whoever has come to belong to it since; everybody gets it once." },
] as const satisfies readonly { readonly value: When; readonly label: string; readonly about: string }[];

const TEN = 600;
const minuteIn = (schedule: Schedule): number => ("minuteOfDay" in schedule ? schedule.minuteOfDay : TEN);

/** When a campaign goes out, always within the hours in which each person may be written to. */
export const WhenFields = () => {
  const { now, zone } = useClock();
  const form = useFormContext<CampaignDraft>();
  const { field: when } = useController<CampaignDraft, "when">({ name: "when" });
  const { field: schedule } = useController<CampaignDraft, "schedule">({ name: "schedule" });
  const choose = (value: When): void => {
    when.onChange(value);
    const minuteOfDay = minuteIn(schedule.value);
    const tomorrow = addDays(todayIn(zone, now), 1);
    form.setValue("schedule", value === "once" ? { kind: "once", on: tomorrow, minuteOfDay } : { kind: "daily", minuteOfDay }, {
      shouldDirty: true,
    });
  };
  const next = when.value === "by_hand" ? null : nextSlot(schedule.value, { timeZone: zone, after: now });
  return (
    <div className="flex flex-col gap-4 px-4 py-4">
      <Choices value={when.value} onChange={choose} />
      {when.value === "by_hand" ? null : (
        <div className="flex flex-wrap gap-4">
          {schedule.value.kind === "once" ? <DayField value={schedule.value} onChange={schedule.onChange} /> : null}
          <Field label="Time">
            {(control) => (
              <Input
                {...control}
                type="time"
                className="w-32 tabular-nums"
                value={clockText(minuteIn(schedule.value))}
                onChange={({ target }) =>
                  target.value === "" ? undefined : schedule.onChange({ ...schedule.value, minuteOfDay: minuteOf(target.value) })
                }
              />
            )}
          </Field>
        </div>
      )}
      <p role="status" className="text-sm text-ink-2 tabular-nums">
        {when.value === "by_hand"
          ? ""
          : next === null
            ? "That moment is over: choose a later one. "
            : `Next: ${formatMoment(next.at, zone)}. `}
        Whoever may not be written to at that hour gets it once they may; the rules of sending see to it.
      </p>
    </div>
  );
};

const Choices = ({ onChange, value: chosen }: { readonly value: When; readonly onChange: (value: When) => void }) => (
  <fieldset className="grid gap-2 md:grid-cols-3">
    <legend className="sr-only">When it goes out</legend>
    {CHOICES.map(({ about, label, value }) => (
      <div key={value} className="rounded-control border border-line px-3 py-2.5 has-checked:border-line-strong has-checked:bg-sunken">
        <label className="flex cursor-pointer items-center gap-2.5 text-sm font-semibold">
          <input
            type="radio"
            name="when"
            className="size-4 accent-(--solid)"
            aria-describedby={`when-${value}`}
            checked={chosen === value}
            onChange={() => onChange(value)}
          />
          {label}
        </label>
        <p id={`when-${value}`} className="mt-0.5 ml-6.5 text-xs text-ink-3">
          {about}
        </p>
      </div>
    ))}
  </fieldset>
);

type Once = Extract<Schedule, { kind: "once" }>;

const DayField = ({ onChange, value }: { readonly value: Once; readonly onChange: (next: Schedule) => void }) => (
  <Field label="Day">
    {(control) => (
      <Input
        {...control}
        type="date"
        className="w-44 tabular-nums"
        value={value.on}
        onChange={({ target }) => (target.value === "" ? undefined : onChange({ ...value, on: target.value }))}
      />
    )}
  </Field>
);
