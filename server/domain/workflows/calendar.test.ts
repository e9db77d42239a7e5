import { describe, expect, test } from "vitest";

import { yearCalendar } from "./calendar.ts";
import type { Schedule } from "./schedule.ts";

/** The recurring work of a club with its default times. */
const CLUB: readonly { readonly key: string; readonly schedule: Schedule }[] = [
  { key: "daily_campaigns", schedule: { kind: "daily", minuteOfDay: 360 } },
  { key: "past_due", schedule: { kind: "hourly", minute: 0 } },
  { key: "escalation", schedule: { kind: "daily", minuteOfDay: 480 } },
  { key: "referral", schedule: { kind: "weekly", weekday: 0, minuteOfDay: 540, everyWeeks: 2, anchoredOn: "2026-01-05" } },
  { key: "invoices", schedule: { kind: "monthly", day: 1, minuteOfDay: 420 } },
  { key: "door_access", schedule: { kind: "hourly", minute: 30 } },
  { key: "proactive", schedule: { kind: "daily", minuteOfDay: 540 } },
];
const HOUR_MS = 3_600_000;

const WALL = (timeZone: string) =>
  new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });

describe("a year of a club's calendar", () => {
  test.each([
    // One hour is left out in spring and one comes twice in autumn: as many hours as without.
    ["America/New_York", 2026, 8_760],
    ["America/Phoenix", 2026, 8_760],
    // Here the clocks change at a quarter to: the hour they cut short has a slot at its first minute.
    ["Pacific/Chatham", 2026, 8_761],
    ["America/New_York", 2028, 8_784],
  ])("%s %i has every day, every month, every second Monday and every hour", (timeZone, year, hours) => {
    const entries = yearCalendar({ schedules: CLUB, timeZone, year });
    const countOf = (key: string): number => entries.filter((entry) => entry.key === key).length;
    const days = Math.floor(hours / 24);
    expect(CLUB.map(({ key }) => countOf(key))).toEqual([days, hours, days, 26, 12, hours, days]);
  });

  test.each(["America/New_York", "America/Phoenix", "Pacific/Chatham", "Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Pago_Pago"])(
    "%s: each entry stands at the minute that the club's own clock shows, in order, inside the club's year",
    (timeZone) => {
      const entries = yearCalendar({ schedules: CLUB, timeZone, year: 2026 });
      const format = WALL(timeZone);
      const wrong = entries.filter((entry, index) => {
        const shown = format.format(entry.at);
        const planned = `${entry.period.slice(0, 13)}:${/T\d\d:(\d\d)/.exec(entry.period)?.[1] ?? "00"}`.replace("T", " ");
        const isInOrder = entry.at.getTime() >= (entries[index - 1]?.at.getTime() ?? 0);
        return entry.wallTime !== shown || !shown.startsWith("2026-") || entry.isMoved !== (planned !== shown) || !isInOrder;
      });
      expect(wrong).toEqual([]);
      // The hours of a club's year are the ones between its two midnights; nothing before or behind.
      const hourly = entries.filter(({ key }) => key === "past_due");
      expect(hourly[0]?.wallTime).toBe("2026-01-01 00:00");
      expect(hourly.at(-1)?.wallTime).toBe("2026-12-31 23:00");
      expect(hourly.slice(1).every((entry, index) => entry.at.getTime() - (hourly[index]?.at.getTime() ?? 0) <= 1.5 * HOUR_MS)).toBe(true);
    },
  );

  test("what the clocks skip is marked as moved, and what falls together keeps the order of the schedules", () => {
    const entries = yearCalendar({
      schedules: [
        { key: "late", schedule: { kind: "daily", minuteOfDay: 180 } },
        { key: "skipped", schedule: { kind: "daily", minuteOfDay: 120 } },
      ],
      timeZone: "America/New_York",
      year: 2026,
    }).filter(({ wallTime }) => wallTime.startsWith("2026-03-08"));
    expect(entries).toEqual([
      { key: "late", period: "2026-03-08T03", at: new Date("2026-03-08T07:00:00Z"), wallTime: "2026-03-08 03:00", isMoved: false },
      { key: "skipped", period: "2026-03-08T02", at: new Date("2026-03-08T07:00:00Z"), wallTime: "2026-03-08 03:00", isMoved: true },
    ]);
  });
});
