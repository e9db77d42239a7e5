import { tzOffset } from "@date-fns/tz";

import { placeOfNumber } from "./area-codes.ts";
import { ALL_STATE_ZONES, regionOf, zonesOfRegion } from "./regions.ts";
import { DEFAULT_WINDOW, STATE_WINDOWS, type DayWindow } from "./send-rules.ts";
import { placeOfZip } from "./zip-zones.ts";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** A week and a day: whatever opens at all opens within it. */
const DAYS_AHEAD = 8;
/** Zones that take turns in being closed for longer than this are never open together. */
const MAX_HOPS = 64;

/** What is known of where somebody is. */
export type Whereabouts = {
  /** E.164; null where the address is none. */
  readonly phone: string | null;
  readonly state: string | null;
  readonly postalCode: string | null;
  /** IANA name, where a source told it. */
  readonly timeZone: string | null;
  readonly clubTimeZone: string;
};

export type Place = {
  /** States whose law may apply: of the address and of the area code; empty = nobody knows. */
  readonly regions: readonly string[];
  /** An hour must suit all of these. */
  readonly zones: readonly string[];
  readonly isNewYorkCity: boolean;
};

/**
 * Where somebody is, on the strict side: of address and area code whatever either says. Who gave no address is taken to
 * be near the club as well; of whom neither is known an hour must suit every state.
 */
export const placeOf = ({ phone, state, postalCode, timeZone, clubTimeZone }: Whereabouts): Place => {
  const number = placeOfNumber(phone);
  const zip = placeOfZip(postalCode);
  const region = regionOf(state);
  const ofAddress = [
    ...(zip?.zones ?? []),
    ...(region === null || region === zip?.region ? [] : zonesOfRegion(region)),
    ...(timeZone === null ? [] : [timeZone]),
  ];
  const isKnown = ofAddress.length > 0 || number !== null;
  const zones = [...ofAddress, ...(number?.zones ?? []), ...(ofAddress.length > 0 ? [] : [clubTimeZone])];
  return {
    regions: unique([zip?.region, region, number?.region].filter((one) => one !== undefined && one !== null)),
    zones: isKnown ? unique(zones) : unique([...ALL_STATE_ZONES, clubTimeZone]),
    // Without a ZIP code a number of the city may well be in the city.
    isNewYorkCity: zip === null ? number?.isNewYorkCity === true : zip.isNewYorkCity,
  };
};

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)].toSorted();

/** Spans of each day in which something may go out, index 0 = Monday. */
export type OpenWeek = readonly (readonly DayWindow[])[];

export type QuietHours = { readonly startMinute: number; readonly endMinute: number };

type Bounds = { readonly regions: readonly string[]; readonly quietHours: QuietHours; readonly isText: boolean };

/** The week in which all rules let somebody be written to; for e-mail only the club's own quiet hours count. */
export const openWeek = ({ regions, quietHours, isText }: Bounds): OpenWeek => {
  const rows = isText ? [DEFAULT_WINDOW, ...regions.flatMap((region) => STATE_WINDOWS[region] ?? [])] : [];
  return Array.from({ length: 7 }, (_, weekday) => {
    const windows = rows.map((row) => (weekday === 6 ? row.sunday : weekday === 5 ? row.saturday : row.weekdays));
    const fromMinute = Math.max(0, ...windows.map((window) => window.fromMinute));
    const untilMinute = Math.min(DAY_MINUTES, ...windows.map((window) => window.untilMinute));
    return loudSpans(quietHours)
      .map((span) => ({ fromMinute: Math.max(span.fromMinute, fromMinute), untilMinute: Math.min(span.untilMinute, untilMinute) }))
      .filter((span) => span.fromMinute < span.untilMinute);
  });
};

/** What the club's quiet hours leave of a day; a night that begins and ends at the same minute is none. */
const loudSpans = ({ startMinute, endMinute }: QuietHours): readonly DayWindow[] => {
  if (startMinute === endMinute) {
    return [{ fromMinute: 0, untilMinute: DAY_MINUTES }];
  }
  return startMinute > endMinute
    ? [{ fromMinute: endMinute, untilMinute: startMinute }]
    : [
        { fromMinute: 0, untilMinute: startMinute },
        { fromMinute: endMinute, untilMinute: DAY_MINUTES },
      ];
};

type Clocks = { readonly zones: readonly string[]; readonly week: OpenWeek };

/**
 * The first instant from `at` on that is open in all zones; null when none comes. Right to the minute on the days the
 * clocks change: an hour that is skipped is no hour, one that comes twice is open or closed twice.
 */
export const nextAllowedAt = (at: Date, { zones, week }: Clocks): Date | null => {
  let candidate = at.getTime();
  for (let hop = 0; hop < MAX_HOPS; hop += 1) {
    const openings = zones.map((zone) => nextOpening(candidate, { zone, week }));
    const latest = openings.reduce<number | null>((most, one) => (most === null || one === null ? null : Math.max(most, one)), candidate);
    if (latest === null || latest === candidate) {
      return latest === null ? null : new Date(latest);
    }
    candidate = latest;
  }
  return null;
};

type Clock = { readonly zone: string; readonly week: OpenWeek };

const nextOpening = (at: number, clock: Clock): number | null => {
  if (isOpen(at, clock)) {
    return at;
  }
  const today = dayOf(at, clock.zone);
  for (let day = today; day <= today + DAYS_AHEAD; day += 1) {
    const openings = [...startsOf(day, clock), ...clockChange(day, clock.zone)].filter(
      (one) => one > at && dayOf(one, clock.zone) === day && isOpen(one, clock),
    );
    if (openings.length > 0) {
      return Math.min(...openings);
    }
  }
  return null;
};

const isOpen = (at: number, { zone, week }: Clock): boolean => {
  const wall = wallMinute(at, zone);
  const minute = wall - Math.floor(wall / DAY_MINUTES) * DAY_MINUTES;
  return spansOf(Math.floor(wall / DAY_MINUTES), week).some((span) => span.fromMinute <= minute && minute < span.untilMinute);
};

/** Day 0, the first of 1970, was a Thursday. */
const spansOf = (day: number, week: OpenWeek): readonly DayWindow[] => week[(day + 3) % 7] ?? [];

const dayOf = (at: number, zone: string): number => Math.floor(wallMinute(at, zone) / DAY_MINUTES);

/** What a clock on the wall shows, in whole minutes since it showed the beginning of 1970. */
const wallMinute = (at: number, zone: string): number => Math.floor(at / MINUTE_MS) + offsetAt(at, zone);

const offsetAt = (at: number, zone: string): number => tzOffset(zone, new Date(at));

/** The instants at which the wall shows that a span of the day begins: none in a skipped hour, two in a doubled one. */
const startsOf = (day: number, { zone, week }: Clock): readonly number[] =>
  spansOf(day, week).flatMap(({ fromMinute }) => {
    const wall = day * DAY_MINUTES + fromMinute;
    return offsetsAround(day, zone)
      .map((offset) => (wall - offset) * MINUTE_MS)
      .filter((instant) => wallMinute(instant, zone) === wall);
  });

const offsetsAround = (day: number, zone: string): readonly number[] => {
  const noon = (day * DAY_MINUTES + DAY_MINUTES / 2) * MINUTE_MS;
  return [...new Set([offsetAt(noon - DAY_MINUTES * MINUTE_MS, zone), offsetAt(noon + DAY_MINUTES * MINUTE_MS, zone)])];
};

/** The instant at which the clocks change around a day, if they do. */
const clockChange = (day: number, zone: string): readonly number[] => {
  if (offsetsAround(day, zone).length === 1) {
    return [];
  }
  const noon = day * DAY_MINUTES + DAY_MINUTES / 2;
  let [before, after] = [noon - DAY_MINUTES, noon + DAY_MINUTES];
  const old = offsetAt(before * MINUTE_MS, zone);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    [before, after] = offsetAt(middle * MINUTE_MS, zone) === old ? [middle, after] : [before, middle];
  }
  return [after * MINUTE_MS];
};
