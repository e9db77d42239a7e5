import { addDays, weekdayOf } from "./calendar-date.ts";

export type HolidayCountry = "US" | "CA";
export type Holiday = { readonly onDate: string; readonly name: string };

/**
 * The days on which clubs of a country often keep other hours: its public holidays on their own dates (5 U.S.C. 6103;
 * Canada Labour Code s. 166 and the two days most provinces add; read 2026-11), and Easter Sunday, Christmas Eve and New
 * Year's Eve. A table, because the one kept library that knows both countries (date-holidays 3.37) weighs 46 MB.
 * @param year 1900 to 2199
 */
export const holidaysOf = (country: HolidayCountry, year: number): readonly Holiday[] =>
  [...COMMON, ...(country === "US" ? UNITED_STATES : CANADA)]
    .map(({ name, on }) => ({ name, onDate: on(year) }))
    .toSorted((left, right) => (left.onDate < right.onDate ? -1 : 1));

/** Both ends included. */
export const holidaysBetween = (
  country: HolidayCountry,
  { fromOn, untilOn }: { readonly fromOn: string; readonly untilOn: string },
): readonly Holiday[] => {
  const years = [...new Set([fromOn, untilOn].map((date) => Number(date.slice(0, 4))))];
  return years.flatMap((year) => holidaysOf(country, year)).filter(({ onDate }) => onDate >= fromOn && onDate <= untilOn);
};

/** Clubs have no country of their own; the currency names it. */
export const countryOf = (currency: string): HolidayCountry => (currency === "CAD" ? "CA" : "US");

type Rule = { readonly name: string; readonly on: (year: number) => string };

const two = (value: number): string => `${value}`.padStart(2, "0");
const fixed =
  (month: number, day: number): Rule["on"] =>
  (year) =>
    `${year}-${two(month)}-${two(day)}`;

const MONDAY = 0;
const THURSDAY = 3;

/** The first `weekday` on or after a day of a month; the third Monday is the first one from the 15th on. */
const onOrAfter =
  (month: number, { day, weekday }: { readonly day: number; readonly weekday: number }): Rule["on"] =>
  (year) => {
    const start = fixed(month, day)(year);
    return addDays(start, (weekday - weekdayOf(start) + 7) % 7);
  };

/** The Gregorian computus (Meeus, Astronomical Algorithms, 1991). */
const easterOf: Rule["on"] = (year) => {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const sum = h + l - 7 * Math.floor((a + 11 * h + 22 * l) / 451) + 114;
  return fixed(Math.floor(sum / 31), (sum % 31) + 1)(year);
};

const COMMON: readonly Rule[] = [
  { name: "New Year's Day", on: fixed(1, 1) },
  { name: "Easter Sunday", on: easterOf },
  { name: "Christmas Eve", on: fixed(12, 24) },
  { name: "Christmas Day", on: fixed(12, 25) },
  { name: "New Year's Eve", on: fixed(12, 31) },
];

const UNITED_STATES: readonly Rule[] = [
  { name: "Martin Luther King Jr. Day", on: onOrAfter(1, { day: 15, weekday: MONDAY }) },
  { name: "Presidents' Day", on: onOrAfter(2, { day: 15, weekday: MONDAY }) },
  { name: "Memorial Day", on: onOrAfter(5, { day: 25, weekday: MONDAY }) },
  { name: "Juneteenth", on: fixed(6, 19) },
  { name: "Independence Day", on: fixed(7, 4) },
  { name: "Labor Day", on: onOrAfter(9, { day: 1, weekday: MONDAY }) },
  { name: "Columbus Day", on: onOrAfter(10, { day: 8, weekday: MONDAY }) },
  { name: "Veterans Day", on: fixed(11, 11) },
  { name: "Thanksgiving", on: onOrAfter(11, { day: 22, weekday: THURSDAY }) },
];

const CANADA: readonly Rule[] = [
  { name: "Family Day", on: onOrAfter(2, { day: 15, weekday: MONDAY }) },
  { name: "Good Friday", on: (year) => addDays(easterOf(year), -2) },
  { name: "Victoria Day", on: onOrAfter(5, { day: 18, weekday: MONDAY }) },
  { name: "Canada Day", on: fixed(7, 1) },
  { name: "Civic Holiday", on: onOrAfter(8, { day: 1, weekday: MONDAY }) },
  { name: "Labour Day", on: onOrAfter(9, { day: 1, weekday: MONDAY }) },
  { name: "National Day for Truth and Reconciliation", on: fixed(9, 30) },
  { name: "Thanksgiving", on: onOrAfter(10, { day: 8, weekday: MONDAY }) },
  { name: "Remembrance Day", on: fixed(11, 11) },
  { name: "Boxing Day", on: fixed(12, 26) },
];
