import { formatInTimeZone } from "./local-time.ts";

const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Whether it is a day of the calendar, `2026-11-26`. */
export const isCalendarDate = (text: string): boolean => DATE.test(text) && dateOf(instantOf(text)) === text;

/** Which day it is in a zone. */
export const todayIn = (timeZone: string, now: Date): string => formatInTimeZone(now, timeZone, "yyyy-MM-dd");

export const addDays = (date: string, days: number): string => dateOf(new Date(instantOf(date).getTime() + days * DAY_MS));

/** Whole days from one date to another; negative when the other is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((instantOf(to).getTime() - instantOf(from).getTime()) / DAY_MS);

/** 0 = Monday, as hours of a week are counted. */
export const weekdayOf = (date: string): number => (instantOf(date).getUTCDay() + 6) % 7;

export const WEEKDAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** `Thursday, November 26` */
export const dayText = (date: string): string => `${WEEKDAY_NAMES[weekdayOf(date)] ?? ""}, ${monthDayText(date)}`;

/** `November 26` */
export const monthDayText = (date: string): string => `${MONTHS[Number(date.slice(5, 7)) - 1] ?? ""} ${Number(date.slice(8))}`;

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** Noon, so that no rounding of an offset leads into another day. */
const instantOf = (date: string): Date => new Date(`${date}T12:00:00Z`);
const dateOf = (instant: Date): string => (Number.isNaN(instant.getTime()) ? "" : instant.toISOString().slice(0, 10));
