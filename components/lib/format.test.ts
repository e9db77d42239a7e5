import { formatMoney, formatCostMicros } from "#server/domain/money.ts";
import { describe, expect, test } from "vitest";

import {
  formatAddress,
  formatAgo,
  formatCalendarDate,
  formatDay,
  formatDuration,
  formatMoment,
  formatSince,
  initials,
} from "#components/lib/format.ts";

const zone = "America/Denver";
const now = new Date("2026-11-20T21:00:00Z");
const before = (ms: number) => new Date(now.getTime() - ms);

describe("times", () => {
  test("within a day a time is relative, after that it is a date", () => {
    expect(formatAgo(before(30_000), { now, zone })).toBe("now");
    expect(formatAgo(before(12 * 60_000), { now, zone })).toBe("12 min");
    expect(formatAgo(before(3 * 3_600_000), { now, zone })).toBe("3 h");
    expect(formatAgo(before(30 * 3_600_000), { now, zone })).toBe("Nov 19");
    expect(formatAgo(new Date("2025-03-05T12:00:00Z"), { now, zone })).toBe("Mar 5, 2025");
  });

  test("a deadline ahead says so; a few seconds of clock skew read as now", () => {
    expect(formatAgo(before(-2 * 3_600_000), { now, zone })).toBe("in 2 h");
    expect(formatAgo(before(-48 * 3_600_000), { now, zone })).toBe("Nov 22");
    expect(formatAgo(before(-5_000), { now, zone })).toBe("now");
    expect(formatDuration(-1)).toBe("0 s");
  });

  test("inside a sentence a time reads as one", () => {
    expect(formatSince(before(0), { now, zone })).toBe("just now");
    expect(formatSince(before(12 * 60_000), { now, zone })).toBe("12 min ago");
    expect(formatSince(before(-2 * 3_600_000), { now, zone })).toBe("in 2 h");
    expect(formatSince(before(30 * 3_600_000), { now, zone })).toBe("on Nov 19");
  });

  test("the day is the club's day, not the server's", () => {
    const lateInDenver = new Date("2026-11-20T05:30:00Z");
    expect(formatDay(lateInDenver, { now, zone })).toBe("Yesterday");
    expect(formatDay(lateInDenver, { now, zone: "UTC" })).toBe("Today");
  });

  test("the tooltip names the zone, also across the change of clocks", () => {
    expect(formatMoment(new Date("2026-07-01T18:00:00Z"), zone)).toContain("12:00 PM MDT");
    expect(formatMoment(new Date("2026-12-01T18:00:00Z"), zone)).toContain("11:00 AM MST");
  });

  test("a calendar date keeps its day in every zone", () => {
    expect(formatCalendarDate("2024-03-05")).toBe("Mar 5, 2024");
  });
});

describe("amounts", () => {
  test("minor units follow the currency", () => {
    expect(formatMoney("4590", "USD")).toBe("$45.90");
    expect(formatMoney("-4590", "USD")).toBe("-$45.90");
    expect(formatMoney("4590", "JPY")).toBe("¥4,590");
  });

  test("the cost of one answer is readable", () => {
    expect(formatCostMicros(4_200)).toBe("$0.0042");
    expect(formatCostMicros(0)).toBe("$0.00");
    expect(formatCostMicros(12_345_678)).toBe("$12.35");
  });
});

test("initials come from letters only", () => {
  expect(initials("Dana Marie Whitfield")).toBe("DW");
  expect(initials("cher")).toBe("C");
  expect(initials("(303) 555-0142")).toBe("#");
});

test("a North American number is grouped, every other address stays as it is", () => {
  expect(formatAddress("+13035550135")).toBe("(303) 555-0135");
  expect(formatAddress("5550135")).toBe("5550135");
  expect(formatAddress("wren@ironwood.example")).toBe("wren@ironwood.example");
});
