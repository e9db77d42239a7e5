import fc from "fast-check";
import { expect, test } from "vitest";

import { addDays, todayIn } from "../calendar-date.ts";
import { formatInTimeZone } from "../local-time.ts";
import { readPeriod, writePeriod } from "./period-text.ts";
import { Period, windowsOf, type Window } from "./period.ts";

const HOUR_MS = 3_600_000;
const ZONES = ["America/Denver", "America/New_York", "Pacific/Honolulu", "Australia/Lord_Howe", "America/St_Johns"];
const zone = fc.constantFrom(...ZONES);
const instant = fc.date({ min: new Date("2025-01-01T00:00:00Z"), max: new Date("2027-12-31T00:00:00Z"), noInvalidDate: true });
const days = fc.constantFrom(7 as const, 28 as const, 90 as const);
const local = (at: Date, timeZone: string): string => formatInTimeZone(at, timeZone, "yyyy-MM-dd HH:mm");
const lengthOf = ({ from, until }: Window): number => until.getTime() - from.getTime();

test("some days end now and begin at the first midnight; what they are held against are as many days before", () => {
  fc.assert(
    fc.property(zone, instant, days, (timeZone, now, count) => {
      const windows = windowsOf({ kind: "days", days: count }, { now, timeZone });
      const today = todayIn(timeZone, now);
      expect(windows.now.until).toEqual(now);
      expect(windows.days).toEqual(Array.from({ length: count }, (_, index) => addDays(today, index - count + 1)));
      expect(formatInTimeZone(windows.now.from, timeZone, "yyyy-MM-dd")).toBe(windows.days[0]);
      expect(formatInTimeZone(windows.before.from, timeZone, "yyyy-MM-dd")).toBe(addDays(windows.days[0] ?? "", -count));
      expect(formatInTimeZone(windows.before.until, timeZone, "yyyy-MM-dd")).toBe(addDays(today, -count));
      // Only changes of the clock can make one of the two longer: one in each, in a long quarter.
      expect(Math.abs(lengthOf(windows.now) - lengthOf(windows.before))).toBeLessThanOrEqual(2 * HOUR_MS);
    }),
  );
});

test("two dates cover both days whole, and never what has not happened", () => {
  const period = { kind: "dates", from: "2026-10-31", to: "2026-11-02" } as const;
  const past = windowsOf(period, { now: new Date("2026-11-20T18:00:00Z"), timeZone: "America/Denver" });
  expect(local(past.now.from, "America/Denver")).toBe("2026-10-31 00:00");
  expect(local(past.now.until, "America/Denver")).toBe("2026-11-03 00:00");
  // The clocks went back on the first of November: three days of 73 hours.
  expect(lengthOf(past.now)).toBe(73 * HOUR_MS);
  expect(lengthOf(past.before)).toBe(72 * HOUR_MS);
  const running = windowsOf(period, { now: new Date("2026-11-01T18:00:00Z"), timeZone: "America/Denver" });
  expect(running.now.until).toEqual(new Date("2026-11-01T18:00:00Z"));
  expect(running.days).toEqual(["2026-10-31", "2026-11-01"]);
});

test("around a version there is as much before as after, up to four weeks", () => {
  const now = new Date("2026-11-20T18:00:00Z");
  const around = (publishedAt: Date) =>
    windowsOf({ kind: "version", layer: "club", version: 1 }, { now, publishedAt, timeZone: "America/Denver" });
  const young = around(new Date("2026-11-19T18:00:00Z"));
  expect([lengthOf(young.now), lengthOf(young.before)]).toEqual([24 * HOUR_MS, 24 * HOUR_MS]);
  expect(young.before.until).toEqual(young.now.from);
  expect(lengthOf(around(new Date("2026-01-19T18:00:00Z")).now)).toBe(28 * 24 * HOUR_MS);
});

test("an address holds every period there is, and nothing else is one", () => {
  const date = fc
    .date({ min: new Date("2025-01-01"), max: new Date("2026-12-31"), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));
  const period = fc.oneof(
    days.map((count) => ({ kind: "days", days: count }) as const),
    fc.tuple(date, fc.nat(80)).map(([from, more]) => ({ kind: "dates", from, to: addDays(from, more) }) as const),
    fc.record({
      kind: fc.constant("version" as const),
      layer: fc.constantFrom("club" as const, "franchise" as const),
      version: fc.integer({ min: 1, max: 999 }),
    }),
  );
  fc.assert(
    fc.property(period, (one) => {
      expect(Period.parse(readPeriod(writePeriod(one)))).toEqual(one);
    }),
  );
  for (const text of ["", "8", "dates", "club.0", "club.x", "other.1", "club.1.2"]) {
    expect(readPeriod({ period: text, from: "2026-01-02", to: "2026-01-01" })).toBeNull();
  }
});
