import { TZDate } from "@date-fns/tz";
import { parse, type ParsedResult } from "chrono-node";

import { addDays, todayIn, weekdayOf } from "../calendar-date.ts";

/** A day that somebody named. `isExact`: they meant this one day and no other. */
export type NamedDay = { readonly on: string; readonly isExact: boolean };

type Clock = { readonly timeZone: string; readonly now: Date };

const FRIDAY = 4;
const NEXT_WEEK = /\bnext week\b/i;
const WEEKDAY = /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/i;
const ORDINAL = /\b(?:on |by )?the (\d{1,2})(?:st|nd|rd|th)\b(?! (?:of|time|month))/gi;

/**
 * The day a text names for something that is still to come, on the club's calendar: "friday", "the 15th", "tomorrow", "in two days".
 * "Next week" is taken for its Friday, and is not exact. Null where no day is named, or more than one.
 */
export const namedDay = (text: string, clock: Clock): NamedDay | null => {
  const today = todayIn(clock.timeZone, clock.now);
  const ordinals = [...text.matchAll(ORDINAL)].map(([, day]) => nextDayOfMonth(today, Number(day)));
  const rest = text.replaceAll(ORDINAL, " ").replaceAll(/\bnext week\b/gi, " ");
  const parsed = parse(rest, { instant: wallClock(clock), timezone: 0 }, { forwardDate: true }).flatMap(dayOf);
  const days = new Set([...ordinals.flatMap((day) => day ?? []), ...parsed]);
  const [only] = days;
  if (days.size === 1 && (only === today || only === addDays(today, 7)) && WEEKDAY.test(text)) {
    // On a Monday "monday" is hardly ever the day itself, and nobody can be sure.
    return { on: addDays(today, 7), isExact: false };
  }
  if (days.size === 1 && only !== undefined) {
    return { on: only, isExact: !NEXT_WEEK.test(text) };
  }
  return days.size === 0 && NEXT_WEEK.test(text) ? { on: fridayAfter(today), isExact: false } : null;
};

/** The club's wall clock as if it were UTC: what is read from it are parts of a calendar, never an instant. */
const wallClock = ({ now, timeZone }: Clock): Date => {
  const local = new TZDate(now.getTime(), timeZone);
  return new Date(Date.UTC(local.getFullYear(), local.getMonth(), local.getDate(), local.getHours(), local.getMinutes()));
};

/** Only what names a day, or an hour of today; "next month" and "soon" do not. */
const dayOf = ({ end, start }: ParsedResult): readonly string[] => {
  const isNamed = start.isCertain("day") || start.isCertain("weekday") || start.isCertain("hour");
  const [year, month, day] = [start.get("year"), start.get("month"), start.get("day")];
  if (!isNamed || end != null || year === null || month === null || day === null) {
    return [];
  }
  return [`${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`];
};

/** The next day of this number, today included; null for a number no month has. */
const nextDayOfMonth = (today: string, day: number): string | null => {
  const wanted = String(day).padStart(2, "0");
  for (let ahead = 0; ahead <= LONGEST_WAIT_DAYS; ahead += 1) {
    const date = addDays(today, ahead);
    if (date.endsWith(`-${wanted}`)) {
      return date;
    }
  }
  return null;
};

/** From January 31 to March 31. */
const LONGEST_WAIT_DAYS = 62;

const fridayAfter = (today: string): string => addDays(today, 7 - weekdayOf(today) + FRIDAY);
