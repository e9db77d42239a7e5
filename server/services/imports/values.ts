import { TZDate } from "@date-fns/tz";
import { parsePhoneNumberFromString } from "libphonenumber-js";
import { z } from "zod";

import type { DateOrder, MemberMapping, PhoneCountry } from "#server/domain/csv-import.ts";

/** A value, or in words for people why it is none. */
export type Reading<T> = { readonly value: T } | { readonly problem: string };

const shown = (cell: string): string => `“${cell.length > 40 ? `${cell.slice(0, 40)}…` : cell}”`;

/** E.164. A number without a prefix is one of the club's country. */
export const readPhone = (cell: string, country: PhoneCountry): Reading<string> => {
  const phone = parsePhoneNumberFromString(cell, country);
  return phone?.isPossible() === true ? { value: phone.number } : { problem: `${shown(cell)} is no phone number` };
};

const Email = z.email();

export const readEmail = (cell: string): Reading<string> => {
  const email = cell.toLowerCase();
  return Email.safeParse(email).success ? { value: email } : { problem: `${shown(cell)} is no e-mail address` };
};

const ISO = /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/;
const WRITTEN: Record<DateOrder, RegExp> = {
  ymd: /^(?<year>\d{4})[./-](?<month>\d{1,2})[./-](?<day>\d{1,2})$/,
  mdy: /^(?<month>\d{1,2})[./-](?<day>\d{1,2})[./-](?<year>\d{4})$/,
  dmy: /^(?<day>\d{1,2})[./-](?<month>\d{1,2})[./-](?<year>\d{4})$/,
};

/** `YYYY-MM-DD`. What is written as 2026-11-20 is read so in any order; a year of two digits could be two years. */
export const readDate = (cell: string, order: DateOrder): Reading<string> => {
  const [date = ""] = cell.split(/[T ]/, 1);
  const { year, month, day } = (ISO.exec(date) ?? WRITTEN[order].exec(date))?.groups ?? {};
  if (year === undefined || month === undefined || day === undefined) {
    return { problem: `${shown(cell)} is no date written as ${DATE_WORDS[order]}` };
  }
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isReal = at.getUTCFullYear() === Number(year) && at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day);
  return isReal ? { value: at.toISOString().slice(0, 10) } : { problem: `${shown(cell)} is no day of the calendar` };
};

const DATE_WORDS = { ymd: "year, month, day", mdy: "month, day, year", dmy: "day, month, year" } as const satisfies Record<
  DateOrder,
  string
>;

const TIME = /[T ](?<hour>\d{1,2}):(?<minute>\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?<half>[ap]m)?$/i;

/** An instant on the club's clock; without a time of day it is the first of that day. */
export const readInstant = (cell: string, { order, timeZone }: { readonly order: DateOrder; readonly timeZone: string }): Reading<Date> => {
  const date = readDate(cell, order);
  if ("problem" in date) {
    return date;
  }
  const { hour = "0", minute = "0", half } = TIME.exec(cell)?.groups ?? {};
  const isClock = half === undefined ? Number(hour) < 24 : Number(hour) >= 1 && Number(hour) <= 12;
  if (!isClock || Number(minute) > 59 || (/[T ]./.test(cell) && !TIME.test(cell))) {
    return { problem: `${shown(cell)} has no time of day that can be read` };
  }
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  const [year = 0, month = 1, day = 1] = date.value.split("-").map(Number);
  return { value: new Date(new TZDate(year, month - 1, day, hours, Number(minute), timeZone).getTime()) };
};

const AMOUNT = {
  point: /^(?<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?<part>\d{1,2}))?$/,
  comma: /^(?<whole>\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(?<part>\d{1,2}))?$/,
} as const satisfies Record<MemberMapping["decimal"], RegExp>;

/** Minor units. Accounting's parentheses and a minus are a credit. */
export const readMoney = (cell: string, decimal: MemberMapping["decimal"]): Reading<bigint> => {
  const isNegative = /^\(.*\)$/.test(cell) || /^[^\d]*-/.test(cell) || cell.endsWith("-");
  const bare = cell.replaceAll(/[()$€£\u00A0-]|\b(?:USD|CAD)\b/gi, "").trim();
  const { whole, part = "" } = AMOUNT[decimal].exec(bare)?.groups ?? {};
  if (whole === undefined || whole.length > 12) {
    return { problem: `${shown(cell)} is no amount with a decimal ${decimal}` };
  }
  const minor = BigInt(whole.replaceAll(/\D/g, "")) * 100n + BigInt(part.padEnd(2, "0") || "0");
  return { value: isNegative ? -minor : minor };
};

type Words<Meaning> = {
  readonly words: Readonly<Record<string, Meaning>>;
  /** What the words are, such as `status`. */ readonly what: string;
};

/** What a word of a column means; what nobody has said is not guessed. */
export const readWord = <Meaning>(cell: string, { words, what }: Words<Meaning>): Reading<Meaning> => {
  const meaning = new Map(Object.entries(words)).get(cell.toLowerCase());
  return meaning === undefined ? { problem: `nobody has said what the ${what} ${shown(cell)} means` } : { value: meaning };
};
