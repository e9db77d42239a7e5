import type { Schedule } from "#server/domain/workflows/schedule.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** One reading of the wall and when it is shown; a leaped one is never shown and falls to the minute that came instead. */
type Reading = {
  readonly date: string;
  readonly minute: number;
  readonly utc: number;
  readonly isLeaped: boolean;
  readonly shownHour: string;
};

/** What the club's wall clock shows in every minute, asked of the platform one by one: no arithmetic of ours. */
export const readingsOf = (timeZone: string, { after, until }: { readonly after: number; readonly until: number }): readonly Reading[] => {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  const readings: Reading[] = [];
  let last: number | null = null;
  for (let utc = after + MINUTE_MS; utc <= until; utc += MINUTE_MS) {
    const shown = format.format(utc);
    const wall = Date.parse(`${shown.replace(" ", "T")}Z`);
    // More than a minute farther than a minute ago: the readings between were leaped over.
    for (let leaped = (last ?? wall) + MINUTE_MS; leaped < wall; leaped += MINUTE_MS) {
      readings.push(readingOf(new Date(leaped).toISOString(), { utc, isLeaped: true, shownHour: shown.slice(0, 13) }));
    }
    readings.push(readingOf(shown, { utc, isLeaped: false, shownHour: shown.slice(0, 13) }));
    last = wall;
  }
  return readings;
};

const readingOf = (text: string, at: Pick<Reading, "utc" | "isLeaped" | "shownHour">): Reading => ({
  date: text.slice(0, 10),
  minute: Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)),
  ...at,
});

/** Weeks are counted from a Monday before all anchors. */
const isScheduledDay = (schedule: Schedule, date: string): boolean => {
  switch (schedule.kind) {
    case "hourly":
    case "daily":
      return true;
    case "weekly": {
      const sundayFirst = new Date(`${date}T00:00Z`).getUTCDay();
      const weeksSince = (anchor: string): number => Math.floor((Date.parse(anchor) - Date.parse("2025-12-22")) / (7 * DAY_MS));
      const isTurn = schedule.everyWeeks === 1 || (weeksSince(date) - weeksSince(schedule.anchoredOn)) % 2 === 0;
      return sundayFirst === (schedule.weekday + 1) % 7 && isTurn;
    }
    case "monthly":
      return Number(date.slice(8)) === schedule.day;
    case "once":
      return date === schedule.on;
  }
};

/** Walks along the readings and writes down when somebody who looks at the wall would begin. */
export const scan = (schedule: Schedule, readings: readonly Reading[]): readonly number[] => {
  const found = new Map<string, number>();
  for (const { date, isLeaped, minute, shownHour, utc } of readings) {
    const isTime = schedule.kind === "hourly" ? minute % 60 === schedule.minute : minute === schedule.minuteOfDay;
    if (!isTime || !isScheduledDay(schedule, date)) {
      continue;
    }
    const hour = `${date} ${String(Math.floor(minute / 60)).padStart(2, "0")}`;
    if (schedule.kind !== "hourly") {
      // Once a day: of equal times the first.
      found.set(date, found.get(date) ?? utc);
    } else if (!isLeaped || hour === shownHour) {
      found.set(`${utc}`, utc);
    }
  }
  return [...found.values()];
};
