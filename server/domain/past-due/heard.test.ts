import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { addDays, daysBetween, WEEKDAY_NAMES, weekdayOf } from "../calendar-date.ts";
import { heardOf } from "./heard.ts";
import { namedDay } from "./promise-day.ts";

/** A Saturday, 22:30 in New York, and Sunday already in UTC. */
const NIGHT = { timeZone: "America/New_York", now: new Date("2026-11-22T03:30:00Z") };
const TODAY = "2026-11-21";

describe("the day a text names, on the club's calendar", () => {
  test.each([
    ["I'll pay tomorrow", "2026-11-22", true],
    ["will take care of it today", TODAY, true],
    ["I can pay on friday", "2026-11-27", true],
    ["paying this Friday!!", "2026-11-27", true],
    ["I get paid the 15th, will pay then", "2026-12-15", true],
    ["by the 1st", "2026-12-01", true],
    ["on December 3rd I will pay", "2026-12-03", true],
    ["I'll pay 11/30", "2026-11-30", true],
    ["in 3 days", "2026-11-24", true],
    ["i will pay next week", "2026-11-27", false],
    ["I'll pay saturday", "2026-11-28", false],
    ["tonight I'll send it", TODAY, true],
  ])("%s", (text, on, isExact) => {
    expect(namedDay(text, NIGHT)).toEqual({ on, isExact });
  });

  test.each(["I'll pay soon", "next month maybe", "half friday and the rest on the 15th", "when I get paid", "thanks!", "on the 45th", ""])(
    "no one day is named: %s",
    (text) => {
      expect(namedDay(text, NIGHT)).toBeNull();
    },
  );

  test("a weekday is the next one of its name, in every zone, at every hour, also over changes of the clocks", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("America/New_York", "America/Los_Angeles", "America/Phoenix", "Pacific/Honolulu", "Pacific/Chatham"),
        fc.date({ min: new Date("2026-01-01T00:00:00Z"), max: new Date("2027-12-31T00:00:00Z"), noInvalidDate: true }),
        fc.nat({ max: 6 }),
        (timeZone, now, weekday) => {
          // Another road to today: the formatter of the platform.
          const today = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(now);
          const named = namedDay(`I'll pay on ${WEEKDAY_NAMES[weekday] ?? ""}`, { timeZone, now });
          const ahead = daysBetween(today, named?.on ?? "1970-01-01");
          expect(weekdayOf(named?.on ?? "1970-01-01")).toBe(weekday);
          expect(ahead).toBeGreaterThan(0);
          expect(ahead).toBeLessThanOrEqual(7);
          expect(namedDay("tomorrow", { timeZone, now })?.on).toBe(addDays(today, 1));
        },
      ),
      { numRuns: 400 },
    );
  });

  test("no text throws, and what is named is a day that exists and is not over", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "grapheme" })), (text) => {
        const named = namedDay(text, NIGHT);
        expect(named === null || /^\d{4}-\d\d-\d\d$/.test(named.on)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("what follows from a message about a debt", () => {
  const heard = (text: string, over: Partial<Parameters<typeof heardOf>[0]> = {}) =>
    heardOf({ text, category: "payment_inquiry", subIntents: ["promise_to_pay"], riskFlags: [], ...over }, NIGHT);

  test("a day and an amount that leave no doubt are a clear promise", () => {
    expect(heard("I'll pay friday")).toEqual({ kind: "promise", promisedOn: "2026-11-27", amountMinor: null, isClear: true });
    expect(heard("I will pay $45.50 on friday")).toMatchObject({ amountMinor: 4_550n, isClear: true });
    expect(heard("1,200 dollars tomorrow")).toMatchObject({ amountMinor: 120_000n, promisedOn: "2026-11-22", isClear: true });
  });

  test.each([
    "maybe friday",
    "I'll pay half on friday",
    "can I pay friday?",
    "I'll pay $20 or $30 friday",
    "i will pay next week",
    "I can't pay until friday",
    "ill pay friday when i get my check",
    "friday, as soon as my tips are in",
  ])("in doubt it is noted and not thanked for: %s", (text) => {
    expect(heard(text)).toMatchObject({ kind: "promise", isClear: false });
  });

  test("a promise without a day is none", () => {
    expect(heard("I'll pay soon")).toBeNull();
  });

  test.each([
    ["hardship", { riskFlags: ["hardship", "dispute"], subIntents: ["paid_already"] }],
    ["paid_claim", { riskFlags: ["dispute"], subIntents: ["paid_already"] }],
    ["plan", { subIntents: ["other", "payment_plan"] }],
    ["dispute", { riskFlags: ["dispute"], subIntents: ["dues"] }],
  ] as const)("%s", (kind, over) => {
    expect(heard("something", { ...over, riskFlags: [...("riskFlags" in over ? over.riskFlags : [])] })).toEqual({ kind });
  });

  test("a dispute over anything else is no word about a debt", () => {
    expect(heard("the class was cancelled", { category: "scheduling", riskFlags: ["dispute"], subIntents: [] })).toBeNull();
  });
});
