import type { WorkflowRow } from "#components/workflows/workflow-types.ts";
import { addDays, todayIn } from "#server/domain/calendar-date.ts";
import { calendarBetween, type CalendarEntry } from "#server/domain/workflows/calendar.ts";

const DAY_COUNT = 7;
const DAY_MS = 86_400_000;

type Planned = Pick<WorkflowRow, "id" | "schedule">;

export type PlannedDay = {
  /** `2026-11-21`, of the club's calendar. */
  readonly date: string;
  /** What happens at one time of this day. */
  readonly entries: readonly CalendarEntry<string>[];
  /** What happens each hour of it: told once, with the number of times. */
  readonly hourly: readonly { readonly key: string; readonly count: number }[];
};

/** The coming seven days of the club's calendar, today first; what is over today is left out. */
export const weekPlan = (
  workflows: readonly Planned[],
  { now, timeZone }: { readonly now: Date; readonly timeZone: string },
): readonly PlannedDay[] => {
  const today = todayIn(timeZone, now);
  const entries = calendarBetween({
    schedules: workflows.map(({ id, schedule }) => ({ key: id as string, schedule })),
    timeZone,
    after: now,
    until: new Date(now.getTime() + (DAY_COUNT + 1) * DAY_MS),
  });
  const isHourly = new Set<string>(workflows.filter(({ schedule }) => schedule.kind === "hourly").map(({ id }) => id));
  return Array.from({ length: DAY_COUNT }, (_, day) => {
    const date = addDays(today, day);
    const ofDay = entries.filter(({ wallTime }) => wallTime.startsWith(date));
    return {
      date,
      entries: ofDay.filter(({ key }) => !isHourly.has(key)),
      hourly: [...isHourly].flatMap((key) => {
        const count = ofDay.filter((entry) => entry.key === key).length;
        return count === 0 ? [] : [{ key, count }];
      }),
    };
  });
};
