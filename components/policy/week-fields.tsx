"use client";

import { Plus, Trash2 } from "lucide-react";

import { clockText, minuteOf } from "#components/policy/setting-controls.tsx";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import type { WeekHours } from "#server/domain/policy.ts";

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const USUAL: WeekHours[number] = [{ startMinute: 8 * 60, endMinute: 20 * 60 }];
const MINUTES_PER_DAY = 1_440;
const SPANS_MAX_COUNT = 4;

/** A week to begin with, to be changed. */
export const USUAL_WEEK: WeekHours = [USUAL, USUAL, USUAL, USUAL, USUAL, [], []];

type Day = WeekHours[number];

type WeekFieldsProps = {
  readonly label: string;
  readonly week: WeekHours;
  readonly isDisabled: boolean;
  readonly onChange: (week: WeekHours) => void;
  /** Forgets the hours; left out where they cannot be unknown. */
  readonly onForget?: () => void;
};

/** The hours of a week on the club's clock. */
export const WeekFields = ({ label, week, isDisabled, onChange, onForget }: WeekFieldsProps) => (
  <fieldset disabled={isDisabled} className="flex flex-col gap-2">
    {week.map((day, index) => (
      <DayRow
        key={DAYS[index]}
        name={`${label}, ${DAYS[index] ?? ""}`}
        label={DAYS[index] ?? ""}
        day={day}
        isDisabled={isDisabled}
        onChange={(next) => onChange(withDay(week, index, next))}
      />
    ))}
    <div className="flex flex-wrap gap-2">
      <Button size="sm" disabled={isDisabled} onClick={() => onChange(likeMonday(week))}>
        Every day like Monday
      </Button>
      {onForget === undefined ? null : (
        <Button size="sm" kind="quiet" disabled={isDisabled} onClick={onForget}>
          Not known
        </Button>
      )}
    </div>
  </fieldset>
);

const withDay = (week: WeekHours, index: number, day: Day): WeekHours => {
  const next: WeekHours = [...week];
  next[index] = day;
  return next;
};

const likeMonday = ([monday]: WeekHours): WeekHours => [monday, monday, monday, monday, monday, monday, monday];

type DayRowProps = {
  readonly name: string;
  readonly label: string;
  readonly day: Day;
  readonly isDisabled: boolean;
  readonly onChange: (day: Day) => void;
};

const DayRow = ({ name, label, day, isDisabled, onChange }: DayRowProps) => (
  <div role="group" aria-label={name} className="flex items-start gap-x-3 gap-y-1 max-md:flex-wrap">
    <span className="w-24 pt-1.5 text-sm max-md:flex-1">{label}</span>
    <div className="flex flex-col gap-1.5 max-md:order-last max-md:basis-full">
      {day.length === 0 ? <span className="pt-1.5 text-sm text-ink-3">Closed</span> : null}
      {day.map((span, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the rows have no identity but their place, and a key of their values would lose the focus
        <div key={index} className="flex items-center gap-1.5">
          <Input
            type="time"
            aria-label={`${name}: from`}
            value={clockText(span.startMinute)}
            onChange={({ target }) =>
              target.value === ""
                ? undefined
                : onChange(day.map((one, at) => (at === index ? { ...one, startMinute: minuteOf(target.value) } : one)))
            }
            className="w-30 tabular-nums"
          />
          <span aria-hidden="true" className="text-sm text-ink-3">
            to
          </span>
          <Input
            type="time"
            aria-label={`${name}: to`}
            value={clockText(span.endMinute)}
            onChange={({ target }) =>
              target.value === ""
                ? undefined
                : onChange(day.map((one, at) => (at === index ? { ...one, endMinute: minuteOf(target.value) || MINUTES_PER_DAY } : one)))
            }
            className="w-30 tabular-nums"
          />
          <IconButton
            label={`${name}: remove these hours`}
            disabled={isDisabled}
            onClick={() => onChange(day.filter((_one, at) => at !== index))}
          >
            <Trash2 />
          </IconButton>
        </div>
      ))}
    </div>
    {day.length < SPANS_MAX_COUNT ? (
      <IconButton label={`${name}: add hours`} disabled={isDisabled} onClick={() => onChange([...day, nextSpan(day)])}>
        <Plus />
      </IconButton>
    ) : null}
  </div>
);

/** After the last hours of the day, two hours long where there is room; the schema says where there is none. */
const nextSpan = (day: Day): Day[number] => {
  const last = day.at(-1);
  if (last === undefined) {
    return { startMinute: 8 * 60, endMinute: 20 * 60 };
  }
  const startMinute = Math.min(last.endMinute + 60, MINUTES_PER_DAY - 1);
  return { startMinute, endMinute: Math.min(startMinute + 120, MINUTES_PER_DAY) };
};
