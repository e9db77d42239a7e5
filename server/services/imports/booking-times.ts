import { TZDate } from "@date-fns/tz";
import { addDays, format } from "date-fns";

import type { DateOrder } from "#server/domain/csv-import.ts";
import { LONGEST_BOOKING_HOURS } from "#server/services/bookings/limits.ts";
import { readDate, readInstant, type Reading } from "#server/services/imports/values.ts";

type Span = { readonly startsAt: Date; readonly endsAt: Date };

/** Cells; an empty one is not said. */
type Written = {
  /** The day, where `start` is a time alone. */
  readonly date: string;
  readonly start: string;
  readonly end: string;
  readonly minutes: string;
};

type Clock = { readonly order: DateOrder; readonly timeZone: string };

const TIME_ALONE = /^\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]m)?$/i;
const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/i;
const MINUTES = /^(?<count>\d{1,4})\s*(?:m|min|mins|minutes?)?\.?$/i;
const HOURS_AND_MINUTES = /^(?<hours>\d{1,2}):(?<rest>[0-5]\d)$/;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const isTimeAlone = (cell: string): boolean => TIME_ALONE.test(cell);

/**
 * From when to when, on the club's clock unless a time names its own offset. Of an hour that the clock shows twice it is
 * the first; a time that the clock leaves out is as much later as the clock is put forward. A length counts real minutes.
 */
export const readSpan = ({ date, start, end, minutes }: Written, clock: Clock): Reading<Span> => {
  if (date === "" && start === "") {
    return { problem: "does not say when it begins" };
  }
  const startsAt = readMoment(start === "" ? date : start, { ...clock, day: date });
  if ("problem" in startsAt) {
    return startsAt;
  }
  const endsAt = end === "" ? readLength(minutes, startsAt.value) : readEnd(end, { ...clock, startsAt: startsAt.value });
  if ("problem" in endsAt) {
    return endsAt;
  }
  const lengthMs = endsAt.value.getTime() - startsAt.value.getTime();
  if (lengthMs <= 0) {
    return { problem: "does not end after it begins" };
  }
  return lengthMs > LONGEST_BOOKING_HOURS * HOUR_MS
    ? { problem: `is longer than ${LONGEST_BOOKING_HOURS} hours` }
    : { value: { startsAt: startsAt.value, endsAt: endsAt.value } };
};

/** @param options `day`: of a time alone; empty where no column says it */
const readMoment = (cell: string, { day, ...clock }: Clock & { readonly day: string }): Reading<Date> => {
  if (WITH_OFFSET.test(cell)) {
    const at = new Date(cell);
    return Number.isNaN(at.getTime()) ? { problem: `“${cell}” is no moment` } : { value: at };
  }
  if (isTimeAlone(cell)) {
    return day === "" ? { problem: `“${cell}” does not say which day` } : readInstant(`${day.split(/[T ]/, 1)[0]} ${cell}`, clock);
  }
  const read = readDate(cell, clock.order);
  if ("problem" in read) {
    return read;
  }
  return /[T ]./.test(cell) ? readInstant(cell, clock) : { problem: `“${cell}” has no time of day` };
};

/** A time alone is one of the day the booking begins on, or, when that has passed, of the day after. */
const readEnd = (cell: string, { startsAt, ...clock }: Clock & { readonly startsAt: Date }): Reading<Date> => {
  const firstDay = new TZDate(startsAt.getTime(), clock.timeZone);
  const endOn = (day: Date): Reading<Date> => readMoment(cell, { ...clock, day: format(day, "yyyy-MM-dd") });
  const end = endOn(firstDay);
  return "value" in end && end.value <= startsAt && isTimeAlone(cell) ? endOn(addDays(firstDay, 1)) : end;
};

/** `60`, `60 min` and `1:00` are an hour. */
const readLength = (cell: string, startsAt: Date): Reading<Date> => {
  if (cell === "") {
    return { problem: "says neither when it ends nor how long it is" };
  }
  const { count } = MINUTES.exec(cell)?.groups ?? {};
  const { hours, rest } = HOURS_AND_MINUTES.exec(cell)?.groups ?? {};
  const minutes = hours === undefined ? count : Number(hours) * 60 + Number(rest);
  return minutes === undefined
    ? { problem: `“${cell}” is no length in minutes` }
    : { value: new Date(startsAt.getTime() + Number(minutes) * MINUTE_MS) };
};
