import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { readingsOf, scan } from "#server/testing/wall-clock.ts";

import { dueSlot, nextSlot, offsetSpans, Schedule, slotsBetween } from "./schedule.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const at = (iso: string): Date => new Date(iso);

const DAILY: Schedule = { kind: "daily", minuteOfDay: 150 };
const WEEKLY: Schedule = { kind: "weekly", weekday: 0, minuteOfDay: 540, everyWeeks: 1, anchoredOn: "2026-01-05" };
const BIWEEKLY: Schedule = { ...WEEKLY, everyWeeks: 2 };
const MONTHLY: Schedule = { kind: "monthly", day: 1, minuteOfDay: 420 };

/** Days on which clocks change, month ends, a leap day. */
const ZONES = {
  "America/New_York": ["2026-03-08", "2026-11-01", "2028-02-29", "2026-12-31"],
  "America/Phoenix": ["2026-03-08", "2026-11-01"],
  "America/Los_Angeles": ["2026-03-08", "2026-11-01"],
  "Pacific/Chatham": ["2026-04-05", "2026-09-27", "2026-06-30"],
  "Australia/Lord_Howe": ["2026-04-05", "2026-10-04"],
  "Africa/Casablanca": ["2026-02-15", "2026-03-22"],
  "America/St_Johns": ["2026-03-08", "2026-11-01"],
} as const;

const SCHEDULES: readonly Schedule[] = [
  { kind: "hourly", minute: 0 },
  { kind: "hourly", minute: 15 },
  { kind: "hourly", minute: 45 },
  ...[0, 60, 90, 105, 120, 135, 150, 165, 180, 360, 1_439].map((minuteOfDay): Schedule => ({ kind: "daily", minuteOfDay })),
  { ...WEEKLY, weekday: 6, minuteOfDay: 125 },
  { ...BIWEEKLY, weekday: 6, minuteOfDay: 100 },
  BIWEEKLY,
  MONTHLY,
  { kind: "monthly", day: 28, minuteOfDay: 1_439 },
  { kind: "monthly", day: 8, minuteOfDay: 140 },
];

const anySchedule: fc.Arbitrary<Schedule> = fc.oneof(
  fc.record({ kind: fc.constant("hourly" as const), minute: fc.nat({ max: 59 }) }),
  fc.record({ kind: fc.constant("daily" as const), minuteOfDay: fc.nat({ max: 1_439 }) }),
  fc.record({
    kind: fc.constant("weekly" as const),
    weekday: fc.nat({ max: 6 }),
    minuteOfDay: fc.nat({ max: 1_439 }),
    everyWeeks: fc.constantFrom(1 as const, 2 as const),
    anchoredOn: fc.constantFrom("2026-01-05", "2026-01-11", "2026-01-19", "2025-12-22"),
  }),
  fc.record({ kind: fc.constant("monthly" as const), day: fc.integer({ min: 1, max: 28 }), minuteOfDay: fc.nat({ max: 1_439 }) }),
);
const anyZone = fc.constantFrom(...Object.keys(ZONES));

describe("slots against a clock that is read minute by minute", () => {
  const days = Object.entries(ZONES).flatMap(([timeZone, dates]) => dates.map((date) => [timeZone, date] as const));

  test.each(days)("%s around %s", (timeZone, date) => {
    const day = Date.parse(date);
    // The scan begins a day before the slots that are compared, so that it knows what was done already.
    const [after, until] = [day - DAY_MS, day + 2 * DAY_MS];
    const readings = readingsOf(timeZone, { after: after - DAY_MS, until });
    for (const schedule of SCHEDULES) {
      const slots = slotsBetween(schedule, { timeZone, after: new Date(after), until: new Date(until) });
      expect(
        slots.map((slot) => slot.at.getTime()),
        JSON.stringify(schedule),
      ).toEqual(scan(schedule, readings).filter((utc) => utc > after));
    }
  });

  test("six weeks of two years, drawn by lot, with any schedules", () => {
    fc.assert(
      fc.property(
        anyZone,
        fc.integer({ min: 0, max: 103 }),
        fc.array(anySchedule, { minLength: 20, maxLength: 20 }),
        (timeZone, week, schedules) => {
          const after = Date.parse("2026-01-02") + week * 7 * DAY_MS;
          const until = after + 7 * DAY_MS;
          const readings = readingsOf(timeZone, { after: after - DAY_MS, until });
          for (const schedule of schedules) {
            const slots = slotsBetween(schedule, { timeZone, after: new Date(after), until: new Date(until) });
            expect(
              slots.map((slot) => slot.at.getTime()),
              JSON.stringify(schedule),
            ).toEqual(scan(schedule, readings).filter((utc) => utc > after));
          }
        },
      ),
      { numRuns: 6 },
    );
  });
});

describe("slots", () => {
  const timeZone = "America/New_York";
  const between = (schedule: Schedule, after: string, until: string, zone = timeZone) =>
    slotsBetween(schedule, { timeZone: zone, after: at(after), until: at(until) }).map((slot) => [
      slot.period,
      slot.at.toISOString().slice(0, 16),
    ]);

  test("a skipped time happens right after the gap, under the name the schedule gave it", () => {
    expect(between(DAILY, "2026-03-07T12:00Z", "2026-03-09T12:00Z")).toEqual([
      ["2026-03-08T02:30", "2026-03-08T07:00"],
      ["2026-03-09T02:30", "2026-03-09T06:30"],
    ]);
  });

  test("of a repeated time daily work takes the first, hourly work both, each under its own name", () => {
    expect(between({ kind: "daily", minuteOfDay: 90 }, "2026-10-31T12:00Z", "2026-11-01T12:00Z")).toEqual([
      ["2026-11-01T01:30", "2026-11-01T05:30"],
    ]);
    expect(between({ kind: "hourly", minute: 0 }, "2026-11-01T04:00Z", "2026-11-01T07:00Z")).toEqual([
      ["2026-11-01T01", "2026-11-01T05:00"],
      ["2026-11-01T01+1", "2026-11-01T06:00"],
      ["2026-11-01T02", "2026-11-01T07:00"],
    ]);
    expect(between({ kind: "hourly", minute: 30 }, "2026-11-01T05:00Z", "2026-11-01T07:00Z")).toEqual([
      ["2026-11-01T01:30", "2026-11-01T05:30"],
      ["2026-11-01T01:30+1", "2026-11-01T06:30"],
    ]);
  });

  test("hourly work has no slot in an hour that the clocks leave out, and one where half of it is left", () => {
    expect(between({ kind: "hourly", minute: 30 }, "2026-03-08T06:00Z", "2026-03-08T08:00Z")).toEqual([
      ["2026-03-08T01:30", "2026-03-08T06:30"],
      ["2026-03-08T03:30", "2026-03-08T07:30"],
    ]);
    expect(between({ kind: "hourly", minute: 10 }, "2026-10-03T15:00Z", "2026-10-03T17:00Z", "Australia/Lord_Howe")).toEqual([
      ["2026-10-04T02:10", "2026-10-03T15:30"],
      ["2026-10-04T03:10", "2026-10-03T16:10"],
    ]);
  });

  test("the beginning is left out, the end belongs to it", () => {
    const [first, second] = ["2026-11-20T07:30:00Z", "2026-11-21T07:30:00Z"];
    expect(between(DAILY, first, second)).toEqual([["2026-11-21T02:30", "2026-11-21T07:30"]]);
    expect(between(DAILY, second, second)).toEqual([]);
    expect(between(DAILY, second, first)).toEqual([]);
  });

  test("every second week counts from the week of the anchor, whichever of its days that is, forwards and backwards", () => {
    const mondays = (anchoredOn: string) =>
      between({ ...BIWEEKLY, anchoredOn }, "2026-11-01T12:00Z", "2026-12-02T12:00Z").map(([period]) => period);
    expect(mondays("2026-11-02")).toEqual(["2026-11-02T09", "2026-11-16T09", "2026-11-30T09"]);
    expect(mondays("2026-11-08")).toEqual(["2026-11-02T09", "2026-11-16T09", "2026-11-30T09"]);
    expect(mondays("2026-11-09")).toEqual(["2026-11-09T09", "2026-11-23T09"]);
    expect(mondays("2027-01-10")).toEqual(["2026-11-09T09", "2026-11-23T09"]);
  });

  test("no two slots of a schedule share a name or a time", () => {
    fc.assert(
      fc.property(anySchedule, anyZone, fc.integer({ min: 0, max: 700 }), (schedule, zone, day) => {
        const after = new Date(Date.parse("2026-01-01") + day * DAY_MS);
        const slots = slotsBetween(schedule, { timeZone: zone, after, until: new Date(after.getTime() + 40 * DAY_MS) });
        expect(new Set(slots.map(({ period }) => period)).size).toBe(slots.length);
        expect(new Set(slots.map((slot) => slot.at.getTime())).size).toBe(slots.length);
      }),
      { numRuns: 200 },
    );
  });

  test("a zone nobody knows is an error, never a calendar without slots", () => {
    expect(() => slotsBetween(DAILY, { timeZone: "America/Atlantis", after: at("2026-11-20Z"), until: at("2026-11-22Z") })).toThrow(
      TypeError,
    );
  });

  test("the offsets of a zone follow each other without a gap and change where the clocks do", () => {
    const spans = offsetSpans(timeZone, { from: Date.parse("2026-01-01T00:00:30Z"), until: Date.parse("2027-01-01T00:00:30Z") });
    expect(spans.map(({ start, offsetMs }) => [new Date(start).toISOString(), offsetMs / 3_600_000])).toEqual([
      ["2026-01-01T00:00:30.000Z", -5],
      ["2026-03-08T07:00:00.000Z", -4],
      ["2026-11-01T06:00:00.000Z", -5],
    ]);
    expect(spans.map(({ end }) => end)).toEqual([...spans.slice(1).map(({ start }) => start), Date.parse("2027-01-01T00:00:30Z")]);
  });
});

describe("what is due", () => {
  const timeZone = "America/Phoenix";
  const due = (schedule: Schedule, lastSlotAt: string | null, now: string): string | null =>
    dueSlot(schedule, { timeZone, lastSlotAt: lastSlotAt === null ? null : at(lastSlotAt), now: at(now) })?.period ?? null;

  test("a slot is due from its minute on, once", () => {
    expect(due(DAILY, "2026-11-20T09:30:00Z", "2026-11-21T09:29:59Z")).toBeNull();
    expect(due(DAILY, "2026-11-20T09:30:00Z", "2026-11-21T09:30:00Z")).toBe("2026-11-21T02:30");
    expect(due(DAILY, "2026-11-21T09:30:00Z", "2026-11-21T09:31:00Z")).toBeNull();
    expect(due(DAILY, "2026-11-22T09:30:00Z", "2026-11-21T09:31:00Z")).toBeNull();
  });

  test.each([
    [DAILY, "2026-11-21T02:30"],
    [{ kind: "hourly", minute: 0 } as const, "2026-11-21T11"],
    [WEEKLY, "2026-11-16T09"],
    [BIWEEKLY, "2026-11-09T09"],
    [MONTHLY, "2026-11-01T07"],
  ])("after a month without a run only the newest slot of %o is caught up", (schedule, period) => {
    expect(due(schedule, "2026-10-01T00:00:00Z", "2026-11-21T18:40:00Z")).toBe(period);
  });

  test("who never ran misses nothing that is older than a quarter of an hour", () => {
    expect(due(DAILY, null, "2026-11-21T09:44:59Z")).toBe("2026-11-21T02:30");
    expect(due(DAILY, null, "2026-11-21T09:45:00Z")).toBeNull();
  });

  test("asking every twenty minutes starts every slot exactly once, over both clock changes", () => {
    for (const [zone, date] of [
      ["America/New_York", "2026-03-08"],
      ["America/New_York", "2026-11-01"],
      ["Australia/Lord_Howe", "2026-04-05"],
    ] as const) {
      for (const schedule of [DAILY, { kind: "hourly", minute: 30 } as const]) {
        const [from, until] = [new Date(Date.parse(date) - DAY_MS), new Date(Date.parse(date) + 2 * DAY_MS)];
        let lastSlotAt = from;
        const started: string[] = [];
        for (let now = from.getTime(); now <= until.getTime(); now += 20 * MINUTE_MS) {
          const slot = dueSlot(schedule, { timeZone: zone, lastSlotAt, now: new Date(now) });
          if (slot !== null) {
            started.push(slot.period);
            lastSlotAt = slot.at;
          }
        }
        expect(started).toEqual(slotsBetween(schedule, { timeZone: zone, after: from, until }).map(({ period }) => period));
      }
    }
  });

  test("the next slot is the first one after now, for every schedule and zone", () => {
    fc.assert(
      fc.property(anySchedule, anyZone, fc.integer({ min: 0, max: 1_000_000 }), (schedule, zone, minutes) => {
        const after = new Date(Date.parse("2026-01-01") + minutes * MINUTE_MS);
        const next = nextSlot(schedule, { timeZone: zone, after });
        if (next === null) {
          throw new Error("a schedule that returns has a next slot");
        }
        expect(next.at > after).toBe(true);
        expect(slotsBetween(schedule, { timeZone: zone, after, until: next.at })).toEqual([next]);
        expect(dueSlot(schedule, { timeZone: zone, lastSlotAt: after, now: next.at })).toEqual(next);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a schedule", () => {
  test.each([
    { kind: "hourly", minute: 60 },
    { kind: "daily", minuteOfDay: 1_440 },
    { kind: "weekly", weekday: 7, minuteOfDay: 0, everyWeeks: 1, anchoredOn: "2026-01-05" },
    { kind: "weekly", weekday: 0, minuteOfDay: 0, everyWeeks: 3, anchoredOn: "2026-01-05" },
    { kind: "weekly", weekday: 0, minuteOfDay: 0, everyWeeks: 2, anchoredOn: "2026-02-30" },
    { kind: "monthly", day: 29, minuteOfDay: 0 },
    { kind: "daily", minuteOfDay: 0, minute: 1 },
  ])("that cannot be meant is refused: %o", (schedule) => {
    expect(Schedule.safeParse(schedule).success).toBe(false);
  });

  test("that can be meant is kept as it is", () => {
    for (const schedule of SCHEDULES) {
      expect(Schedule.parse(schedule)).toEqual(schedule);
    }
  });
});

describe("work that is due once", () => {
  const ONCE: Schedule = { kind: "once", on: "2026-11-01", minuteOfDay: 90 };
  const timeZone = "America/New_York";

  test("has its one slot before it, over the change of the clocks, and none after it", () => {
    const slot = nextSlot(ONCE, { timeZone, after: at("2026-01-01T00:00:00Z") });
    expect(slot).toEqual({ period: "2026-11-01T01:30", at: at("2026-11-01T05:30:00Z") });
    expect(nextSlot(ONCE, { timeZone, after: at("2026-11-01T05:30:00Z") })).toBeNull();
    expect(dueSlot(ONCE, { timeZone, lastSlotAt: null, now: at("2026-11-01T05:31:00Z") })?.period).toBe("2026-11-01T01:30");
    expect(dueSlot(ONCE, { timeZone, lastSlotAt: at("2026-11-01T05:30:00Z"), now: at("2026-11-03T05:31:00Z") })).toBeNull();
  });

  test("far away it is found as fast", () => {
    expect(nextSlot({ ...ONCE, on: "9998-12-31" }, { timeZone, after: at("2026-01-01T00:00:00Z") })?.period).toBe("9998-12-31T01:30");
  });
});
