import { TZDate } from "@date-fns/tz";
import { z } from "zod";

import { addDays, daysBetween, todayIn } from "../calendar-date.ts";
import { CalendarDate } from "../calendar-date-schema.ts";
import { formatInTimeZone } from "../local-time.ts";

export const PERIOD_DAYS = [7, 28, 90] as const;
/** Longer than this no figure is asked for: what a year changes, a quarter shows. */
export const MAX_PERIOD_DAYS = 92;
/** Chosen by us: so far before and after a version of the rules is looked at most. */
export const VERSION_DAYS = 28;

export const Period = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("days"), days: z.union(PERIOD_DAYS.map((days) => z.literal(days))) }),
  z
    .strictObject({ kind: z.literal("dates"), from: CalendarDate, to: CalendarDate })
    .refine(({ from, to }) => to >= from, { error: "the period ends before it begins" })
    .refine(({ from, to }) => daysBetween(from, to) < MAX_PERIOD_DAYS, { error: `a period has at most ${MAX_PERIOD_DAYS} days` }),
  z.strictObject({ kind: z.literal("version"), layer: z.enum(["club", "franchise"]), version: z.int().min(1) }),
]);
export type Period = z.infer<typeof Period>;

/** From the first instant, up to and without the last. */
export type Window = { readonly from: Date; readonly until: Date };

export type Windows = {
  readonly now: Window;
  readonly before: Window;
  /** The club-calendar days of the period, for lines along it. */
  readonly days: readonly string[];
};

type Local = { readonly now: Date; readonly timeZone: string; readonly publishedAt?: Date | undefined };

/**
 * The period and the one before it. A running day is held against the same part of the day then, so that a morning is never
 * compared with a whole day. Around a version: as long before it as after it.
 */
export const windowsOf = (period: Period, { now, publishedAt, timeZone }: Local): Windows => {
  const today = todayIn(timeZone, now);
  switch (period.kind) {
    case "days": {
      const first = addDays(today, 1 - period.days);
      return between({ from: startOf(first, timeZone), until: now }, period.days, timeZone);
    }
    case "dates": {
      const end = startOf(addDays(period.to, 1), timeZone);
      const from = startOf(period.from, timeZone);
      const until = end < now ? end : now > from ? now : end;
      return between({ from, until }, daysBetween(period.from, period.to) + 1, timeZone);
    }
    case "version": {
      const at = publishedAt ?? now;
      const length = Math.min(now.getTime() - at.getTime(), VERSION_DAYS * DAY_MS);
      const window = { from: at, until: new Date(at.getTime() + length) };
      return { now: window, before: { from: new Date(at.getTime() - length), until: at }, days: daysOf(window, timeZone) };
    }
  }
};

const DAY_MS = 86_400_000;

const between = (window: Window, days: number, timeZone: string): Windows => ({
  now: window,
  before: { from: daysEarlier(window.from, days, timeZone), until: daysEarlier(window.until, days, timeZone) },
  days: daysOf(window, timeZone),
});

const startOf = (date: string, timeZone: string): Date => {
  const [year = 1970, month = 1, day = 1] = date.split("-").map(Number);
  return new Date(new TZDate(year, month - 1, day, 0, 0, 0, timeZone).getTime());
};

/** The same reading of the club's clock so many days ago. */
const daysEarlier = (at: Date, days: number, timeZone: string): Date => {
  const local = new TZDate(at.getTime(), timeZone);
  local.setDate(local.getDate() - days);
  return new Date(local.getTime());
};

/** Every club-calendar day that the window touches. */
export const daysOf = ({ from, until }: Window, timeZone: string): readonly string[] => {
  const first = formatInTimeZone(from, timeZone, "yyyy-MM-dd");
  const last = formatInTimeZone(new Date(Math.max(from.getTime(), until.getTime() - 1)), timeZone, "yyyy-MM-dd");
  return Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index));
};

/** The same stretch so many days earlier, to the hour. */
export const shifted = ({ from, until }: Window, days: number): Window => ({
  from: new Date(from.getTime() - days * DAY_MS),
  until: new Date(until.getTime() - days * DAY_MS),
});
