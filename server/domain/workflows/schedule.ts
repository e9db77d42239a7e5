import { tzOffset } from "@date-fns/tz";
import { z } from "zod";

import { addDays, daysBetween, weekdayOf } from "../calendar-date.ts";
import { CalendarDate } from "../calendar-date-schema.ts";

const minuteOfDay = z.int().min(0).max(1_439);

/** When recurring work is due, on the club's wall clock. */
export const Schedule = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("hourly"), minute: z.int().min(0).max(59) }),
  /** `minuteOfDay` 360 = 06:00 */
  z.strictObject({ kind: z.literal("daily"), minuteOfDay }),
  z.strictObject({
    kind: z.literal("weekly"),
    /** 0 = Monday */
    weekday: z.int().min(0).max(6),
    minuteOfDay,
    everyWeeks: z.union([z.literal(1), z.literal(2)]),
    /** Every second week counts from the week (Monday to Sunday) of this day. */
    anchoredOn: CalendarDate,
  }),
  /** No month is without the 28th. */
  z.strictObject({ kind: z.literal("monthly"), day: z.int().min(1).max(28), minuteOfDay }),
  /** On one day and never again; for a campaign. */
  z.strictObject({ kind: z.literal("once"), on: CalendarDate, minuteOfDay }),
]);
export type Schedule = z.infer<typeof Schedule>;

/** One time at which work is due. */
export type Slot = {
  /**
   * The place in the club's calendar, `2026-11-21T06` or `2026-11-21T06:30`: what the schedule says, also where the clocks
   * skip it. The second of two equal hours ends with `+1`. No two slots of one schedule share one.
   */
  readonly period: string;
  readonly at: Date;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** No zone is farther from Greenwich than 14 hours, and none has ever skipped more than a day. */
const MARGIN_DAYS = 2;
/** No zone changes its offset twice within this time. */
const SCAN_MS = 12 * HOUR_MS;
/** Chosen by us: the ticks that start work come each minute; whoever never ran misses nothing that is older. */
const FIRST_RUN_TOLERANCE_MINUTES = 15;

/**
 * All slots after one instant, up to and with another, the earliest first. What the clocks skip happens at the first instant
 * after the gap; of a time that comes twice the first one counts. Hourly work follows the hours that really are: both of
 * two equal ones, and none of an hour that the clocks leave out whole.
 */
export const slotsBetween = (
  schedule: Schedule,
  { timeZone, after, until }: { readonly timeZone: string; readonly after: Date; readonly until: Date },
): readonly Slot[] => {
  if (until <= after) {
    return [];
  }
  const spans = offsetSpans(timeZone, { from: after.getTime() - MARGIN_DAYS * DAY_MS, until: until.getTime() + MARGIN_DAYS * DAY_MS });
  const firstOn = addDays(dateOf(after.getTime()), -MARGIN_DAYS);
  const dayCount = daysBetween(firstOn, dateOf(until.getTime())) + MARGIN_DAYS;
  return Array.from({ length: dayCount + 1 }, (_, day) => addDays(firstOn, day))
    .filter((date) => isOn(schedule, date))
    .flatMap((date) => slotsOn(schedule, date, spans))
    .filter(({ at }) => at > after && at <= until)
    .toSorted((left, right) => left.at.getTime() - right.at.getTime());
};

/**
 * The slot that is due now, if any. Whatever was missed is caught up once: only the newest slot counts.
 * @param lastSlotAt `at` of the last slot that was started, or the moment the work was switched on, whichever is later;
 * null = unknown, and then only a slot of the last quarter of an hour is due
 */
export const dueSlot = (
  schedule: Schedule,
  { timeZone, lastSlotAt, now }: { readonly timeZone: string; readonly lastSlotAt: Date | null; readonly now: Date },
): Slot | null => {
  const since = lastSlotAt?.getTime() ?? now.getTime() - FIRST_RUN_TOLERANCE_MINUTES * MINUTE_MS;
  const after = new Date(Math.max(since, now.getTime() - longestWaitMs(schedule)));
  return slotsBetween(schedule, { timeZone, after, until: now }).at(-1) ?? null;
};

/** The first slot after an instant; null once what is due on one day alone is over. */
export const nextSlot = (schedule: Schedule, { timeZone, after }: { readonly timeZone: string; readonly after: Date }): Slot | null => {
  if (schedule.kind === "once") {
    const noon = Date.parse(`${schedule.on}T12:00:00Z`);
    const margin = MARGIN_DAYS * DAY_MS;
    const [only] = slotsBetween(schedule, { timeZone, after: new Date(noon - margin), until: new Date(noon + margin) });
    return only === undefined || only.at <= after ? null : only;
  }
  const [next] = slotsBetween(schedule, { timeZone, after, until: new Date(after.getTime() + longestWaitMs(schedule)) });
  if (next === undefined) {
    throw new RangeError("a schedule has a slot in every period");
  }
  return next;
};

/** Within such a time every schedule has a slot, clock changes included. */
const longestWaitMs = (schedule: Schedule): number => {
  switch (schedule.kind) {
    case "hourly":
    case "daily":
    // Whatever stood still for longer has missed its day.
    case "once":
      return (1 + MARGIN_DAYS) * DAY_MS;
    case "weekly":
      return (schedule.everyWeeks * 7 + MARGIN_DAYS) * DAY_MS;
    case "monthly":
      return (31 + MARGIN_DAYS) * DAY_MS;
  }
};

const isOn = (schedule: Schedule, date: string): boolean => {
  switch (schedule.kind) {
    case "hourly":
    case "daily":
      return true;
    case "weekly":
      return weekdayOf(date) === schedule.weekday && weeksBetween(schedule.anchoredOn, date) % schedule.everyWeeks === 0;
    case "monthly":
      return Number(date.slice(8)) === schedule.day;
    case "once":
      return date === schedule.on;
  }
};

const mondayOf = (date: string): string => addDays(date, -weekdayOf(date));
const weeksBetween = (from: string, to: string): number => daysBetween(mondayOf(from), mondayOf(to)) / 7;

const slotsOn = (schedule: Schedule, date: string, spans: readonly OffsetSpan[]): readonly Slot[] => {
  if (schedule.kind !== "hourly") {
    const [at] = instantsOf(wallOf(date, schedule.minuteOfDay), spans);
    return at === undefined ? [] : [{ period: periodOf(date, schedule.minuteOfDay), at: new Date(at.utc) }];
  }
  return Array.from({ length: 24 }, (_, hour) => hour * 60 + schedule.minute).flatMap((minute) => {
    const wall = wallOf(date, minute);
    return instantsOf(wall, spans)
      .filter(({ wall: real }) => Math.floor(real / HOUR_MS) === Math.floor(wall / HOUR_MS))
      .map(({ utc }, index) => ({ period: `${periodOf(date, minute)}${index === 0 ? "" : `+${index}`}`, at: new Date(utc) }));
  });
};

const two = (value: number): string => `${value}`.padStart(2, "0");
const periodOf = (date: string, minute: number): string =>
  `${date}T${two(Math.floor(minute / 60))}${minute % 60 === 0 ? "" : `:${two(minute % 60)}`}`;

/** A stretch of time, milliseconds since 1970, in which a zone keeps one offset. */
export type OffsetSpan = { readonly start: number; readonly end: number; readonly offsetMs: number };

/** The offsets of a zone, one stretch after the other, between two instants. @throws TypeError for a zone nobody knows */
export const offsetSpans = (
  timeZone: string,
  { from, until }: { readonly from: number; readonly until: number },
): readonly OffsetSpan[] => {
  const spans: OffsetSpan[] = [];
  let start = from;
  let offsetMs = offsetAt(timeZone, from);
  for (let seen = from; seen < until;) {
    const next = Math.min(seen + SCAN_MS, until);
    const nextOffsetMs = offsetAt(timeZone, next);
    if (nextOffsetMs !== offsetMs) {
      const end = changeBetween(seen, { until: next, offsetMs, timeZone });
      spans.push({ start, end, offsetMs });
      [start, offsetMs] = [end, nextOffsetMs];
    }
    seen = next;
  }
  return [...spans, { start, end: until, offsetMs }];
};

const offsetAt = (timeZone: string, at: number): number => {
  const minutes = tzOffset(timeZone, new Date(at));
  if (Number.isNaN(minutes)) {
    throw new TypeError(`no such time zone: ${timeZone}`);
  }
  return minutes * MINUTE_MS;
};

/** The first instant with another offset, to the second, by halving. */
const changeBetween = (
  from: number,
  { until, offsetMs, timeZone }: { readonly until: number; readonly offsetMs: number; readonly timeZone: string },
): number => {
  let [before, after] = [Math.floor(from / 1_000), Math.ceil(until / 1_000)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(timeZone, middle * 1_000) === offsetMs) {
      before = middle;
    } else {
      after = middle;
    }
  }
  return after * 1_000;
};

/** A wall clock's reading as if it were Greenwich's, in milliseconds: sums and differences are those of the wall. */
const wallOf = (date: string, minute: number): number => Date.parse(`${date}T00:00:00Z`) + minute * MINUTE_MS;
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

type Instant = { readonly utc: number; readonly wall: number };

/** When a wall clock shows a reading: once, twice, or, where the clocks skip it, the first instant after the gap. */
const instantsOf = (wall: number, spans: readonly OffsetSpan[]): readonly Instant[] => {
  const shown = spans
    .filter(({ start, end, offsetMs }) => wall - offsetMs >= start && wall - offsetMs < end)
    .map(({ offsetMs }) => ({ utc: wall - offsetMs, wall }));
  if (shown.length > 0) {
    return shown;
  }
  const after = spans.find(({ start, offsetMs }, index) => {
    const before = spans[index - 1];
    return before !== undefined && wall - before.offsetMs >= start && wall - offsetMs < start;
  });
  return after === undefined ? [] : [{ utc: after.start, wall: after.start + after.offsetMs }];
};
