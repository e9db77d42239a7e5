import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDurationMs, parseRetryAfterMs, resolveInstantMs } from "./durations.ts";

test.each([
  ["4s", 4_000],
  ["2h30m10s", 9_010_000],
  ["1w1d", 691_200_000],
  ["", 0],
])("the SDK's %j is %d ms", (text, ms) => {
  expect(parseDurationMs(text)).toBe(ms);
});

test.each(["soon", "10", "1.5s", "-1s", "1y", "2027-01-01T00:00:00.000Z"])("%j is no duration", (text) => {
  expect(parseDurationMs(text)).toBeNull();
});

test("an ISO date is the same instant whatever the time is", () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("9999-01-01") }), fc.nat(), (date, nowMs) => {
      expect(resolveInstantMs(date.toISOString(), nowMs)).toBe(date.getTime());
    }),
  );
});

test.each([
  ["30", 30_000],
  ["2026-11-21T00:00:10.000Z", 10_000],
  ["2026-11-20T00:00:00.000Z", 0],
  ["later", null],
  ["", null],
  [null, null],
])("a retry-after of %j asks for %s ms", (header, ms) => {
  expect(parseRetryAfterMs(header, Date.parse("2026-11-21T00:00:00.000Z"))).toBe(ms);
});
