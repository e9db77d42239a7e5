import { tz } from "@date-fns/tz";
import { differenceInCalendarDays, isSameYear } from "date-fns";

/** Writes instants, amounts and ratios for people. Every local question is asked in the club's time zone. */

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export type Clock = { readonly now: Date; readonly zone: string };

/** "now", "4 min", "3 h", "in 2 h" within a day; the date beyond that. */
export const formatAgo = (at: Date, { now, zone }: Clock): string => {
  const passedMs = now.getTime() - at.getTime();
  if (Math.abs(passedMs) < MINUTE_MS) {
    return "now";
  }
  if (Math.abs(passedMs) >= DAY_MS) {
    return formatDate(at, { now, zone });
  }
  return passedMs > 0 ? formatDuration(passedMs) : `in ${formatDuration(-passedMs)}`;
};

/** The same inside a sentence: "4 min ago", "in 2 h", "on Nov 19", "just now". */
export const formatSince = (at: Date, clock: Clock): string => {
  const text = formatAgo(at, clock);
  const passedMs = clock.now.getTime() - at.getTime();
  if (Math.abs(passedMs) >= DAY_MS) {
    return `on ${text}`;
  }
  if (Math.abs(passedMs) < MINUTE_MS) {
    return "just now";
  }
  return passedMs > 0 ? `${text} ago` : text;
};

/** One unit, rounded down: "45 s", "12 min", "3 h", "2 d". */
export const formatDuration = (durationMs: number): string => {
  const ms = Math.max(0, durationMs);
  if (ms < MINUTE_MS) {
    return `${Math.floor(ms / SECOND_MS)} s`;
  }
  if (ms < HOUR_MS) {
    return `${Math.floor(ms / MINUTE_MS)} min`;
  }
  return ms < DAY_MS ? `${Math.floor(ms / HOUR_MS)} h` : `${Math.floor(ms / DAY_MS)} d`;
};

/** "Nov 19", with the year when it is not this one. */
export const formatDate = (at: Date, { now, zone }: Clock): string =>
  formatter(zone, isSameYear(at, now, { in: tz(zone) }) ? "date" : "dateWithYear").format(at);

/** Whether the club's calendar shows one day for both; asked for each message that comes into sight, so it makes no dates. */
export const isSameDay = (left: Date, right: Date, zone: string): boolean =>
  formatter(zone, "dateWithYear").format(left) === formatter(zone, "dateWithYear").format(right);

/** "Today", "Yesterday", "Friday, Nov 20". */
export const formatDay = (at: Date, { now, zone }: Clock): string => {
  const days = differenceInCalendarDays(now, at, { in: tz(zone) });
  if (days === 0) {
    return "Today";
  }
  if (days === 1) {
    return "Yesterday";
  }
  return formatter(zone, isSameYear(at, now, { in: tz(zone) }) ? "weekday" : "weekdayWithYear").format(at);
};

/** "2:05 PM" on the club's clock. */
export const formatTime = (at: Date, zone: string): string => formatter(zone, "time").format(at);

/** A time ahead: "2:05 PM" of today, else "Mon, Nov 23, 9:00 AM". */
export const formatUntil = (at: Date, { now, zone }: Clock): string =>
  differenceInCalendarDays(at, now, { in: tz(zone) }) === 0
    ? formatTime(at, zone)
    : `${formatter(zone, isSameYear(at, now, { in: tz(zone) }) ? "weekdayShort" : "weekdayWithYear").format(at)}, ${formatTime(at, zone)}`;

/** The whole truth, for the tooltip: "Fri, Nov 20, 2026, 2:05 PM MST". */
export const formatMoment = (at: Date, zone: string): string => formatter(zone, "moment").format(at);

/** A calendar date such as `2024-03-05`, which belongs to no zone. */
export const formatCalendarDate = (date: string): string => {
  const [year, month, day] = date.split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined) {
    return date;
  }
  return formatter("UTC", "dateWithYear").format(new Date(Date.UTC(year, month - 1, day)));
};

export const formatRatio = (ratio: number): string => ratio.toFixed(2);

/** "opening_hours" → "opening hours" */
export const words = (code: string): string => code.replaceAll(/[_.]/g, " ");

export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A North American number as people there write it; any other address as it is. */
export const formatAddress = (address: string): string => address.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3");

/** Up to two letters that stand for a name; "#" for a bare phone number. */
export const initials = (name: string): string => {
  const parts = name.split(/\s+/).filter((part) => /^\p{L}/u.test(part));
  const letters = [parts.at(0), parts.length > 1 ? parts.at(-1) : undefined].map((part) => part?.charAt(0) ?? "").join("");
  return letters === "" ? "#" : letters.toUpperCase();
};

const STYLES = {
  time: { hour: "numeric", minute: "2-digit" },
  date: { month: "short", day: "numeric" },
  dateWithYear: { month: "short", day: "numeric", year: "numeric" },
  weekday: { weekday: "long", month: "short", day: "numeric" },
  weekdayWithYear: { weekday: "long", month: "short", day: "numeric", year: "numeric" },
  weekdayShort: { weekday: "short", month: "short", day: "numeric" },
  moment: { weekday: "short", month: "short", day: "numeric", year: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs far more than using it; there are few zones and styles, so each is kept. */
const formatter = (zone: string, style: keyof typeof STYLES): Intl.DateTimeFormat => {
  const key = `${zone} ${style}`;
  const known = formatters.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = new Intl.DateTimeFormat("en-US", { ...STYLES[style], timeZone: zone });
  formatters.set(key, made);
  return made;
};
