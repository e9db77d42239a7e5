import fc from "fast-check";
import { expect, test } from "vitest";

import { addDays, weekdayOf } from "./calendar-date.ts";
import { tellHours, type AskedHours } from "./tell-hours.ts";
import { hoursArticles, type KnownDay } from "./known-hours.ts";
import type { WeekHours } from "./policy.ts";

/** A Saturday. */
const TODAY = "2026-11-21";
const from = (start: number, end: number) => [{ startMinute: start * 60, endMinute: end * 60 }];
const OPENING: WeekHours = [from(5, 23), from(5, 23), from(5, 23), from(5, 23), from(5, 22), from(7, 21), []];
const STAFFED: WeekHours = [from(8, 20), from(8, 20), from(8, 20), from(8, 20), from(8, 20), from(9, 17), []];
const HOURS = { opening: OPENING, staffed: STAFFED };
const THANKSGIVING: KnownDay = { onDate: "2026-11-26", name: "Thanksgiving", status: "asked", openSpans: [], staffedSpans: [] };
const opening = (days: AskedHours["days"]): AskedHours => ({ about: "opening", days });
const say = (asked: AskedHours, over: Partial<Parameters<typeof tellHours>[0]> = {}, language: "en" | "es" = "en") =>
  tellHours({ hours: HOURS, specialDays: [], todayOn: TODAY, ...over }, { asked, language });

test.each<[string, AskedHours, string]>([
  ["today", opening("today"), "Today we are open from 7 am to 9 pm. Today the front desk is staffed from 9 am to 5 pm."],
  ["a closed day", opening("tomorrow"), "Tomorrow we are closed."],
  ["the desk", { about: "staffed", days: "today" }, "Today the front desk is staffed from 9 am to 5 pm."],
  [
    "a day of the week",
    opening(new Set([4])),
    "We are open Friday from 5 am to 10 pm. The front desk is staffed Friday from 8 am to 8 pm.",
  ],
])("%s has its own hours", (_day, asked, text) => {
  expect(say(asked)).toBe(text);
});

test("all of the week is told in runs of equal days", () => {
  expect(say(opening("week"), { hours: { opening: OPENING, staffed: null } })).toBe(
    "We are open Monday to Thursday from 5 am to 11 pm. We are open Friday from 5 am to 10 pm. We are open Saturday from 7 am to 9 pm. We are closed on Sunday.",
  );
});

test("a club that never closes says so of a day", () => {
  const always = from(0, 24);
  const hours = { opening: [always, always, always, always, always, always, always] satisfies WeekHours, staffed: null };
  expect(say(opening("today"), { hours })).toBe("Today we are open 24 hours.");
  expect(say(opening("week"), { hours })).toBe("We are open Monday to Sunday 24 hours a day.");
});

test("Spanish is answered in Spanish", () => {
  expect(say(opening("today"), {}, "es")).toBe("Hoy abrimos de 7 am a 9 pm. Hoy la recepción atiende de 9 am a 5 pm.");
  expect(say(opening("tomorrow"), {}, "es")).toBe("Mañana está cerrado.");
});

test("hours that nobody has told are not told", () => {
  expect(say(opening("today"), { hours: { opening: null, staffed: STAFFED } })).toBeNull();
  expect(say({ about: "staffed", days: "week" }, { hours: { opening: OPENING, staffed: null } })).toBeNull();
});

test("a special day has its own hours, and while nobody has decided them neither it nor its week is told", () => {
  const eve = { todayOn: "2026-11-25" };
  expect(say(opening("tomorrow"), { ...eve, specialDays: [THANKSGIVING] })).toBeNull();
  expect(say(opening("week"), { ...eve, specialDays: [THANKSGIVING] })).toBeNull();
  expect(say(opening("today"), { ...eve, specialDays: [THANKSGIVING] })).toContain("Today we are open from 5 am to 11 pm.");
  const decided = { ...eve, specialDays: [{ ...THANKSGIVING, status: "closed" as const }] };
  expect(say(opening("tomorrow"), decided)).toBe("On Thanksgiving, Thursday, November 26, we are closed.");
  expect(say(opening(new Set([3])), decided)).toBe("On Thanksgiving, Thursday, November 26, we are closed.");
  expect(say(opening("week"), decided)).toContain("On Thanksgiving, Thursday, November 26, we are closed.");
  expect(say(opening("today"), { ...decided }, "es")).not.toBeNull();
  expect(say(opening("tomorrow"), decided, "es")).toBeNull();
});

const spans: fc.Arbitrary<WeekHours[number]> = fc.oneof(
  fc.constant<WeekHours[number]>([]),
  fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 12, max: 24 })).map(([start, end]) => from(start, end)),
);
const weeks = fc.tuple(spans, spans, spans, spans, spans, spans, spans);
const asks = fc.record({
  about: fc.constantFrom("opening" as const, "staffed" as const),
  days: fc.oneof(
    fc.constantFrom("week" as const, "today" as const, "tomorrow" as const),
    fc.integer({ min: 0, max: 6 }).map((day) => new Set([day])),
  ),
});
const TIMES = /\d{1,2}(?::\d{2})? [ap]m|noon|midnight|24 hours/g;

test("whatever is asked on whatever day: no time is said that the articles of hours do not say", () => {
  fc.assert(
    fc.property(weeks, weeks, asks, fc.integer({ min: 0, max: 400 }), (openingWeek, staffedWeek, asked, days) => {
      const club = { hours: { opening: openingWeek, staffed: staffedWeek }, specialDays: [], todayOn: addDays(TODAY, days) };
      const known = hoursArticles({ ...club, languages: ["en"] })
        .map(({ body }) => body)
        .join(" ");
      const said = tellHours(club, { asked, language: "en" }) ?? "";
      for (const time of said.match(TIMES) ?? []) {
        expect(known).toContain(time);
      }
    }),
  );
});

test("a day that is closed by the rules is never told as open", () => {
  fc.assert(
    fc.property(weeks, fc.integer({ min: 0, max: 400 }), (week, days) => {
      const todayOn = addDays(TODAY, days);
      const said = tellHours(
        { hours: { opening: week, staffed: null }, specialDays: [], todayOn },
        { asked: opening("today"), language: "en" },
      );
      expect(said?.includes("closed")).toBe(week[weekdayOf(todayOn)]?.length === 0);
    }),
  );
});
