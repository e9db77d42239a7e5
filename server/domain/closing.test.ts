import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { CLOSING_LATE_HOURS, lastClosing } from "./closing.ts";
import type { KnownDay } from "./known-hours.ts";
import type { WeekHours } from "./policy.ts";

const span = (start: number, end: number) => ({ startMinute: start * 60, endMinute: end * 60 });
const every = (...spans: WeekHours[number]): WeekHours => [spans, spans, spans, spans, spans, spans, spans];
const at = (
  now: string,
  staffed: WeekHours | null,
  { specialDays = [], zone = "America/Denver" }: { specialDays?: readonly KnownDay[]; zone?: string } = {},
) => lastClosing({ timeZone: zone, staffed, specialDays }, new Date(now));
const day = (onDate: string, status: KnownDay["status"], staffedSpans: WeekHours[number] = []): KnownDay => ({
  onDate,
  name: "Holiday",
  status,
  openSpans: staffedSpans,
  staffedSpans,
});

describe("the end of the staffed hours", () => {
  test("comes with the minute at which the desk closes, and is over when it opens again or six hours have passed", () => {
    const week = every(span(8, 20));
    expect(at("2026-11-21T02:59:59Z", week)).toBeNull();
    expect(at("2026-11-21T03:00:00Z", week)).toEqual({ onDate: "2026-11-20", closedAt: new Date("2026-11-21T03:00:00Z") });
    expect(at("2026-11-21T08:59:00Z", week)).toMatchObject({ onDate: "2026-11-20" });
    expect(at("2026-11-21T09:00:01Z", week)).toBeNull();
    expect(at("2026-11-21T15:00:00Z", week)).toBeNull();
  });

  test("is not a break at noon", () => {
    const week = every(span(8, 12), span(14, 20));
    expect(at("2026-11-20T19:30:00Z", week)).toBeNull();
    expect(at("2026-11-21T03:30:00Z", week)).toMatchObject({ onDate: "2026-11-20" });
  });

  test("at midnight belongs to the day that ends with it, and behind midnight to the next", () => {
    expect(at("2026-11-21T07:05:00Z", every(span(16, 24)))).toMatchObject({
      onDate: "2026-11-20",
      closedAt: new Date("2026-11-21T07:00:00Z"),
    });
    expect(at("2026-11-21T09:05:00Z", every(span(0, 2), span(20, 24)))).toBeNull();
    const night: WeekHours = [[], [], [], [], [span(20, 24)], [span(0, 2)], []];
    expect(at("2026-11-21T09:05:00Z", night)).toMatchObject({ onDate: "2026-11-21", closedAt: new Date("2026-11-21T09:00:00Z") });
  });

  test("follows decided days and is not guessed for undecided ones", () => {
    const week = every(span(8, 20));
    expect(at("2026-11-21T03:05:00Z", week, { specialDays: [day("2026-11-20", "closed")] })).toBeNull();
    expect(at("2026-11-21T03:05:00Z", week, { specialDays: [day("2026-11-20", "asked")] })).toBeNull();
    expect(at("2026-11-20T21:05:00Z", week, { specialDays: [day("2026-11-20", "open", [span(9, 14)])] })).toMatchObject({
      closedAt: new Date("2026-11-20T21:00:00Z"),
    });
    expect(at("2026-11-21T03:05:00Z", week, { specialDays: [day("2026-11-19", "asked"), day("2026-11-21", "asked")] })).toMatchObject({
      onDate: "2026-11-20",
    });
    expect(at("2026-11-21T03:05:00Z", null)).toBeNull();
  });

  test.each([
    ["the night the clocks go back", "2026-11-01", "2026-11-02T03:00:00Z"],
    ["the night they go forward", "2026-03-08", "2026-03-09T02:00:00Z"],
    ["the day before", "2026-10-31", "2026-11-01T02:00:00Z"],
  ])("is on the wall clock on %s", (_when, onDate, instant) => {
    const closedAt = new Date(instant);
    expect(at(new Date(closedAt.getTime() - 1).toISOString(), every(span(8, 20)))).toBeNull();
    expect(at(instant, every(span(8, 20)))).toEqual({ onDate, closedAt });
  });

  test("is found whenever one looks, names each day once, and is never ahead", () => {
    const minutes = fc.integer({ min: 0, max: 60 * 24 * 400 });
    const hours = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 13, max: 24 }));
    fc.assert(
      fc.property(minutes, hours, fc.constantFrom("America/Denver", "America/New_York", "Pacific/Honolulu"), (minute, [from, to], zone) => {
        const now = new Date(Date.UTC(2026, 0, 1) + minute * 60_000);
        const found = at(now.toISOString(), every(span(from, to)), { zone });
        if (found !== null) {
          const age = now.getTime() - found.closedAt.getTime();
          expect(age).toBeGreaterThanOrEqual(0);
          expect(age).toBeLessThanOrEqual(CLOSING_LATE_HOURS * 3_600_000);
          expect(at(found.closedAt.toISOString(), every(span(from, to)), { zone })).toEqual(found);
        }
      }),
    );
  });
});
