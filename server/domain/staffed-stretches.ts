import { TZDate } from "@date-fns/tz";

import { addDays, weekdayOf } from "./calendar-date.ts";
import type { KnownDay } from "./known-hours.ts";
import type { WeekHours } from "./policy.ts";

/** One time in which somebody stands at the desk; `end` is no longer in it. */
export type Stretch = { readonly start: Date; readonly end: Date };

export type StaffedHours = {
  readonly timeZone: string;
  /** Staffed hours of the week; null = nobody has told. */
  readonly staffed: WeekHours | null;
  readonly specialDays: readonly KnownDay[];
};

/**
 * The staffed times of some days of the club's calendar, up to the first day of which nobody knows; a night that two days share
 * is one stretch.
 */
export const staffedStretches = (
  hours: StaffedHours,
  { fromDate, dayCount }: { readonly fromDate: string; readonly dayCount: number },
): readonly Stretch[] => {
  const stretches: Stretch[] = [];
  for (let day = 0; day < dayCount; day += 1) {
    const onDate = addDays(fromDate, day);
    const spans = spansOn(onDate, hours);
    if (spans === null) {
      return stretches;
    }
    for (const { startMinute, endMinute } of spans) {
      const [start, end] = [instantAt(onDate, startMinute, hours.timeZone), instantAt(onDate, endMinute, hours.timeZone)];
      const last = stretches.at(-1);
      if (last !== undefined && last.end.getTime() >= start.getTime()) {
        stretches[stretches.length - 1] = { start: last.start, end };
      } else if (start < end) {
        stretches.push({ start, end });
      }
    }
  }
  return stretches;
};

const spansOn = (onDate: string, { specialDays, staffed }: StaffedHours): WeekHours[number] | null => {
  const special = specialDays.find((day) => day.onDate === onDate);
  switch (special?.status) {
    case "asked":
      return null;
    case "closed":
      return [];
    case "open":
      return special.staffedSpans;
    case "usual":
    case undefined:
      return staffed === null ? null : (staffed[weekdayOf(onDate)] ?? null);
  }
};

/** A minute of a local day as an instant; a minute that the clocks skip is the one after the gap. */
const instantAt = (onDate: string, minute: number, timeZone: string): Date => {
  const [year = 0, month = 1, day = 1] = onDate.split("-").map(Number);
  return new Date(new TZDate(year, month - 1, day, Math.floor(minute / 60), minute % 60, timeZone).getTime());
};
