import fc from "fast-check";
import { expect, test } from "vitest";
import { findCronProblem, nextTickMs } from "./cron.ts";

const after = (expression: string, instant: string): string => new Date(nextTickMs(expression, Date.parse(instant)) ?? 0).toISOString();

test("a zone moves its ticks with the clocks", () => {
  const daily = "TZ=America/Denver 0 6 * * *";
  expect(after(daily, "2026-03-07T00:00:00Z")).toBe("2026-03-07T13:00:00.000Z");
  expect(after(daily, "2026-03-08T00:00:00Z")).toBe("2026-03-08T12:00:00.000Z");
  expect(after(daily, "2026-11-01T00:00:00Z")).toBe("2026-11-01T13:00:00.000Z");
});

test("without a zone the clock is UTC", () => {
  expect(after("30 4 29 2 *", "2026-11-21T00:00:00Z")).toBe("2028-02-29T04:30:00.000Z");
});

test("the next tick lies after the instant, so that no tick comes twice", () => {
  const instant = fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2030-01-01") });
  fc.assert(
    fc.property(instant, fc.constantFrom("* * * * *", "*/5 * * * *", "TZ=Asia/Kathmandu 0 9 * * 1"), (atMs, expression) => {
      const first = nextTickMs(expression, atMs) ?? 0;
      expect(first).toBeGreaterThan(atMs);
      expect(nextTickMs(expression, first)).toBeGreaterThan(first);
      expect(nextTickMs(expression, first - 1)).toBe(first);
    }),
    { numRuns: 50 },
  );
});

test.each(["* * * * * *", "every day", "TZ=Mars/Olympus 0 6 * * *", "0 0 30 2 *", "61 * * * *"])("%j is found out", (expression) => {
  expect(findCronProblem(expression, Date.parse("2026-11-21"))).toBeTypeOf("string");
});
