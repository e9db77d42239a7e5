import { createHash } from "node:crypto";
import { TZDate } from "@date-fns/tz";
import { parsePhoneNumberFromString } from "libphonenumber-js";

import type { VendorMessage } from "../ports.ts";
import { changed } from "./parse.ts";
import type { FollowUpPopup, ListedItem, LogEntry } from "./parse.ts";

/** Pure: what the staff site shows → messages with an id, a direction and an instant, none of which it shows. */

export type DatedItem = { readonly name: string; readonly text: string; readonly day: string; readonly id: string };

export type PersonEntry = LogEntry & {
  readonly personId: string;
  readonly direction: "inbound" | "outbound";
  /** Calendar day in the club's zone. */
  readonly day: string;
  readonly at: Date;
  readonly messageId: string;
};

type Clock = { readonly timeZone: string; readonly ownerId: string };

/**
 * Items oldest first, each with an id that survives midnight: it is made of the calendar day and not of the label,
 * which turns from "9:30 AM" into "Nov 12". Equal texts of one name and day are numbered, so only their count matters.
 */
export const dateItems = (items: readonly ListedItem[], input: Clock & { readonly today: string }): DatedItem[] => {
  const seen = new Map<string, number>();
  return items
    .map((item) => ({ ...item, day: dayOfLabel(item.label, input.today) }))
    .toReversed()
    .toSorted((a, b) => a.day.localeCompare(b.day))
    .map(({ name, text, day }) => {
      const key = [input.ownerId, sameName(name), sameText(text), day];
      const occurrence = seen.get(key.join("\u0000")) ?? 0;
      seen.set(key.join("\u0000"), occurrence + 1);
      return { name, text, day, id: hash([...key, occurrence]) };
    });
};

/**
 * The texts and e-mails of one person, oldest first. A line written "by" the person is inbound, by anybody else outbound.
 * The id counts equal texts of one person, direction and day; it holds no name, so a corrected name changes nothing.
 */
export const datePersonEntries = (popup: FollowUpPopup, clock: Clock): PersonEntry[] => {
  const seen = new Map<string, number>();
  return popup.entries
    .map((entry) => ({
      ...entry,
      personId: popup.personId,
      direction: sameName(entry.author) === sameName(popup.fullName) ? ("inbound" as const) : ("outbound" as const),
      at: instantOfLog(entry.when, clock.timeZone),
    }))
    .toReversed()
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map((entry) => {
      const day = dayAt(entry.at, clock.timeZone);
      const key = { ...entry, ...clock, day };
      const occurrence = seen.get(keyOf(key)) ?? 0;
      seen.set(keyOf(key), occurrence + 1);
      return { ...entry, day, messageId: messageIdOf(key, occurrence) };
    });
};

type MessageKey = Pick<PersonEntry, "personId" | "direction" | "medium" | "text" | "day"> & { readonly ownerId: string };

export const messageIdOf = (key: MessageKey, occurrence: number): string => hash([keyOf(key), occurrence]);

const keyOf = (key: MessageKey): string =>
  [key.ownerId, key.personId, key.direction, key.medium, sameText(key.text), key.day].join("\u0000");

export const toMessage = (entry: PersonEntry, input: { readonly popup: FollowUpPopup; readonly ownerId: string }): VendorMessage => ({
  externalId: entry.messageId,
  direction: entry.direction,
  channelExternalId: input.ownerId,
  contact: { address: phoneOf(input.popup.mobilePhone), externalId: entry.personId, name: input.popup.fullName },
  text: entry.text,
  ...(entry.medium === "email" ? { subject: "E-mail" } : {}),
  sentAt: entry.at,
  ...(entry.direction === "outbound" ? { authorName: entry.author } : {}),
  media: [],
});

/** A listed message whose person nobody can tell: shown as inbound, so that somebody looks, with nobody to answer by machine. */
export const toUnboundMessage = (item: DatedItem, input: Clock & { readonly seenAt: Date }): VendorMessage => ({
  externalId: item.id,
  direction: "inbound",
  channelExternalId: input.ownerId,
  contact: { address: null, externalId: null, name: item.name },
  text: item.text,
  sentAt: item.day === dayAt(input.seenAt, input.timeZone) ? input.seenAt : noonOf(item.day, input.timeZone),
  media: [],
});

/** Names and texts are compared without regard to white space, which HTML does not keep. */
export const sameName = (name: string): string => sameText(name).toLowerCase();
export const sameText = (text: string): string => text.normalize("NFC").replaceAll(/\s+/g, " ").trim();

/** `YYYY-MM-DD` of an instant in a zone. */
export const dayAt = (at: Date, timeZone: string): string => {
  const local = new TZDate(at.getTime(), timeZone);
  return calendarDay(local.getFullYear(), local.getMonth() + 1, local.getDate());
};

export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** A clock time means today; a month and day mean the last time that day came round, as the list knows no year. */
const dayOfLabel = (label: string, today: string): string => {
  if (/^(1[0-2]|0?[1-9]):[0-5]\d\s?[AP]M$/i.test(label)) {
    return today;
  }
  const parts = /^([A-Z][a-z]{2})[a-z]*\.? (\d{1,2})$/.exec(label);
  const month = MONTHS.indexOf((parts?.[1] ?? "").toLowerCase()) + 1;
  const year = Number(today.slice(0, 4));
  const day = [year, year - 1]
    .map((candidate) => calendarDay(candidate, month, Number(parts?.[2])))
    .find((candidate) => isRealDay(candidate) && candidate <= today);
  if (month === 0 || day === undefined) {
    throw changed("the time of a message");
  }
  return day;
};

const LOG_DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2}),? (?:at )?(\d{1,2}):(\d{2})(?::\d{2})? ?([AP]M)$/i;
const LOG_DATE_IN_WORDS = /^([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}), (\d{4}),? (?:at )?(\d{1,2}):(\d{2}) ?([AP]M)$/i;

/** The log writes wall-clock minutes; an hour that comes twice is taken as its first. */
const instantOfLog = (when: string, timeZone: string): Date => {
  const figures = LOG_DATE.exec(when);
  const words = LOG_DATE_IN_WORDS.exec(when);
  const [, first = "", date = "", year = "", hour = "", minute = "", half = ""] = figures ?? words ?? [];
  const month = figures === null ? MONTHS.indexOf(first.toLowerCase()) + 1 : Number(first);
  const fullYear = year.length === 2 ? 2_000 + Number(year) : Number(year);
  const day = calendarDay(fullYear, month, Number(date));
  if (!isRealDay(day) || Number(hour) > 12 || Number(minute) > 59) {
    throw changed("the date of a follow-up");
  }
  const hours = (Number(hour) % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  return new Date(new TZDate(fullYear, month - 1, Number(date), hours, Number(minute), timeZone).getTime());
};

const calendarDay = (year: number, month: number, date: number): string =>
  `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;

const isRealDay = (day: string): boolean => {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(day);
};

const noonOf = (day: string, timeZone: string): Date => {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(new TZDate(year, month - 1, date, 12, timeZone).getTime());
};

const phoneOf = (written: string): string | null => {
  const phone = parsePhoneNumberFromString(written, "US");
  return phone?.isPossible() === true ? phone.number : null;
};

const hash = (parts: readonly (string | number)[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 22);
