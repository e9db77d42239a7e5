import { offsetSpans, slotsBetween } from "./schedule.ts";
import type { Schedule } from "./schedule.ts";

export type CalendarEntry<K extends string> = {
  /** Which work. */
  readonly key: K;
  readonly period: string;
  readonly at: Date;
  /** What the club's clock shows then, `2026-11-21 06:00`. */
  readonly wallTime: string;
  /** The clocks skip the time the schedule names, so it happens right after the gap. */
  readonly isMoved: boolean;
};

type Plan<K extends string> = {
  readonly schedules: readonly { readonly key: K; readonly schedule: Schedule }[];
  readonly timeZone: string;
};

/**
 * All that is due after one instant, up to and with another, the earliest first. What falls on one instant keeps the order of the
 * schedules.
 */
export const calendarBetween = <K extends string>({
  schedules,
  timeZone,
  after,
  until,
}: Plan<K> & { readonly after: Date; readonly until: Date }): readonly CalendarEntry<K>[] => {
  const spans = offsetSpans(timeZone, { from: after.getTime(), until: until.getTime() });
  const wallTimeOf = (at: Date): string => {
    const offsetMs = spans.findLast(({ start }) => start <= at.getTime())?.offsetMs ?? 0;
    return new Date(at.getTime() + offsetMs).toISOString().slice(0, 16).replace("T", " ");
  };
  return schedules
    .flatMap(({ key, schedule }) => slotsBetween(schedule, { timeZone, after, until }).map((slot) => ({ key, ...slot })))
    .map((slot) => ({ ...slot, wallTime: wallTimeOf(slot.at) }))
    .map((slot) => ({ ...slot, isMoved: !slot.period.replace("T", " ").startsWith(slot.wallTime.replace(/:00$/, "")) }))
    .toSorted((left, right) => left.at.getTime() - right.at.getTime());
};

/** All that is due in one year of a club's calendar. */
export const yearCalendar = <K extends string>({ year, ...plan }: Plan<K> & { readonly year: number }): readonly CalendarEntry<K>[] =>
  // The club's year begins and ends within a day of Greenwich's.
  calendarBetween({ ...plan, after: new Date(Date.UTC(year, 0, 0)), until: new Date(Date.UTC(year + 1, 0, 2)) }).filter(({ wallTime }) =>
    wallTime.startsWith(`${year}-`),
  );
