import { describe, expect, test } from "vitest";
import { ageRangesIn, agesAsked, datesIn, holidaysIn, weekdaysIn } from "./occasions.ts";

describe("days of the week", () => {
  test.each([
    ["Monday through Thursday", [0, 1, 2, 3]],
    ["Fri–Sun", [4, 5, 6]],
    ["Saturday to Monday", [0, 5, 6]],
    ["weekends", [5, 6]],
    ["24 hours a day, 7 days a week", [0, 1, 2, 3, 4, 5, 6]],
    ["los domingos", [6]],
    ["no day at all", []],
    ["we'd be coming from work", []],
    ["we’d be coming from work", []],
  ])("%s", (text, days) => {
    expect([...weekdaysIn(text)].toSorted()).toEqual(days);
  });
});

describe("holidays by name and by date", () => {
  test.each([
    ["u guys open xmas?", ["christmas"]],
    ["dec 24th hours", ["christmas_eve"]],
    ["the day after thanksgiving", ["day_after_thanksgiving"]],
    ["turkey day", ["thanksgiving"]],
    ["new years eve and new years day", ["new_years_day", "new_years_eve"]],
    ["july 4th", ["july_4"]],
    ["holidays", ["any"]],
    ["tuesday", []],
  ])("%s", (text, names) => {
    expect([...holidaysIn(text)].toSorted()).toEqual(names);
  });
});

test("dates, and stretches from one to another", () => {
  expect(datesIn("closed June 8 through June 12, 2026")).toEqual([{ from: 608, to: 612 }]);
  expect(datesIn("on june 10")).toEqual([{ from: 610, to: 610 }]);
  expect(datesIn("el 3 de julio")).toEqual([{ from: 703, to: 703 }]);
});

test("ages asked for, and ages a rule speaks of", () => {
  expect(agesAsked("can my 13 yo lift")).toEqual([13]);
  expect(agesAsked("is my baby too small")).toEqual([0]);
  expect(agesAsked("is it 5 minutes away")).toEqual([]);
  expect(ageRangesIn("Kids 13 to 15 may work out with a parent.")).toContainEqual({ from: 13, to: 15 });
  expect(ageRangesIn("Nobody under 13 is allowed.")).toContainEqual({ from: 0, to: 12 });
  expect(ageRangesIn("Members aged 14 and over may come alone.")).toContainEqual({ from: 14, to: 99 });
  expect(ageRangesIn("Open 9 to 5.")).toEqual([]);
});
