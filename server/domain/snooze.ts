import { TZDate } from "@date-fns/tz";
import { addDays, addHours, nextMonday, set } from "date-fns";

/** Longer than a season's break; whoever means "never" resolves. */
export const MAX_SNOOZE_DAYS = 180;

/** When a day of work begins, and when its evening does, on the club's wall clock. */
const MORNING_HOUR = 9;
const EVENING_HOUR = 18;
/** An evening that begins sooner than this is no putting off. */
const MIN_HOURS_TO_EVENING = 2;

export type SnoozeChoice = { readonly name: "hour" | "evening" | "tomorrow" | "monday"; readonly label: string; readonly until: Date };

/** The times people choose most, soonest first, on the club's wall clock; each is later than `now` and none comes twice. */
export const snoozeChoices = (now: Date, timeZone: string): readonly SnoozeChoice[] => {
  const here = new TZDate(now.getTime(), timeZone);
  const at = (day: TZDate, hours: number): Date => new Date(set(day, { hours, minutes: 0, seconds: 0, milliseconds: 0 }).getTime());
  const evening = at(here, EVENING_HOUR);
  const tomorrow = at(addDays(here, 1), MORNING_HOUR);
  const monday = at(nextMonday(here), MORNING_HOUR);
  const choices: readonly SnoozeChoice[] = [
    { name: "hour", label: "In an hour", until: addHours(now, 1) },
    { name: "evening", label: "This evening", until: evening },
    { name: "tomorrow", label: "Tomorrow morning", until: tomorrow },
    { name: "monday", label: "Monday morning", until: monday },
  ];
  return choices.filter(
    ({ name, until }) =>
      !(name === "evening" && until < addHours(now, MIN_HOURS_TO_EVENING)) &&
      !(name === "monday" && until.getTime() === tomorrow.getTime()),
  );
};

/**
 * The instant that a wall clock of a zone shows as `2026-11-26T09:30`; null for what is no such text. Of an hour that a
 * change of clocks leaves out, the one after it.
 */
export const instantInZone = (local: string, timeZone: string): Date | null => {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/.exec(local);
  if (match === null) {
    return null;
  }
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = match.slice(1).map(Number);
  const instant = new Date(new TZDate(year, month - 1, day, hour, minute, 0, 0, timeZone).getTime());
  return Number.isNaN(instant.getTime()) ? null : instant;
};
