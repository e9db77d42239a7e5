import { describe, expect, test } from "vitest";

import { dateItems, datePersonEntries, dayAt } from "./map.ts";
import type { FollowUpPopup, LogEntry } from "./parse.ts";

const clock = { ownerId: "187000001", timeZone: "America/Denver" };

const item = (label: string, text = "hello") => ({ name: "Pat Example", text, label });

const dayOf = (label: string, today: string): string | undefined => dateItems([item(label)], { ...clock, today })[0]?.day;

const popup = (...entries: readonly LogEntry[]): FollowUpPopup => ({
  fields: {},
  personId: "20",
  fullName: "Pat Example",
  mobilePhone: "",
  hasTextTab: true,
  hasEmailTab: true,
  firstName: "Pat",
  lastName: "Example",
  email: "pat@club.example",
  entries,
});

const line = (when: string, author: string, text = "ok"): LogEntry => ({ medium: "text", when, author, text });

describe("the day of a label", () => {
  test.each([
    { label: "9:30 AM", today: "2026-11-20", day: "2026-11-20" },
    { label: "12:05\u202fPM", today: "2026-11-20", day: "2026-11-20" },
    { label: "Oct 13", today: "2026-11-20", day: "2026-10-13" },
    { label: "Dec 31", today: "2027-01-01", day: "2026-12-31" },
    { label: "Feb 29", today: "2028-03-01", day: "2028-02-29" },
    { label: "Nov 20", today: "2026-11-20", day: "2026-11-20" },
  ])("$label read on $today is $day", ({ label, today, day }) => {
    expect(dayOf(label, today)).toBe(day);
  });

  test.each(["Yesterday", "13:30 AM", "Oct", "Feb 30", "10/13", ""])("%s is a change of the vendor's", (label) => {
    expect(() => dayOf(label, "2026-11-20")).toThrow("unknown");
  });
});

describe("ids of listed items", () => {
  test("an id is the same before and after midnight", () => {
    const before = dateItems([item("9:30 AM")], { ...clock, today: "2026-11-12" });
    const after = dateItems([item("Nov 12")], { ...clock, today: "2026-11-13" });
    expect(after).toEqual(before);
  });

  test("an id does not depend on how many older days the list still shows", () => {
    const today = "2026-11-20";
    const long = dateItems([item("9:30 AM"), item("8:00 AM"), item("Nov 18")], { ...clock, today });
    const short = dateItems([item("9:30 AM"), item("8:00 AM")], { ...clock, today });
    expect(long.slice(1)).toEqual(short);
    expect(new Set(long.map(({ id }) => id)).size).toBe(3);
  });

  test("white space in a text does not make another message", () => {
    const [first] = dateItems([item("9:30 AM", "a  b\nc")], { ...clock, today: "2026-11-20" });
    const [second] = dateItems([item("9:30 AM", " a b c ")], { ...clock, today: "2026-11-20" });
    expect(first?.id).toBe(second?.id);
  });
});

describe("lines of the follow-up log", () => {
  test("by the member is inbound, by anybody else outbound; newest first becomes oldest first", () => {
    const entries = datePersonEntries(popup(line("11/20/2026 9:31 AM", "Tansy Brook"), line("11/20/2026 9:30 AM", "pat  example")), clock);
    expect(entries.map(({ direction, at }) => [direction, at.toISOString()])).toEqual([
      ["inbound", "2026-11-20T16:30:00.000Z"],
      ["outbound", "2026-11-20T16:31:00.000Z"],
    ]);
  });

  test.each(["11/20/2026 12:30 AM", "11/20/26 12:30 AM", "Nov 20, 2026 12:30 AM", "Nov 20, 2026 at 12:30 AM"])(
    "%s is half past midnight in the club",
    (when) => {
      expect(datePersonEntries(popup(line(when, "x")), clock)[0]?.at).toEqual(new Date("2026-11-20T07:30:00Z"));
    },
  );

  test.each(["20.11.2026 09:30", "2/30/2026 9:30 AM", "11/20/2026", "11/20/2026 19:30 PM"])("%s is a change of the vendor's", (when) => {
    expect(() => datePersonEntries(popup(line(when, "x")), clock)).toThrow("unknown");
  });

  test("a line that turns up late gives no other line a new id", () => {
    const ours = line("11/20/2026 10:05 AM", "Desk");
    const alone = datePersonEntries(popup(ours), clock);
    const both = datePersonEntries(popup(ours, line("11/20/2026 10:00 AM", "Pat Example")), clock);
    expect(both[1]?.messageId).toBe(alone[0]?.messageId);
    expect(both[0]?.messageId).not.toBe(both[1]?.messageId);
  });

  test("a corrected name changes no id", () => {
    const before = datePersonEntries(popup(line("11/20/2026 10:05 AM", "Pat Example")), clock);
    const after = datePersonEntries({ ...popup(line("11/20/2026 10:05 AM", "Pat Newlywed")), fullName: "Pat Newlywed" }, clock);
    expect(after[0]?.messageId).toBe(before[0]?.messageId);
  });
});

test("a day is the day in the club, on both sides of a switch of the clocks", () => {
  expect(dayAt(new Date("2026-03-08T06:59:00Z"), "America/Denver")).toBe("2026-03-07");
  expect(dayAt(new Date("2026-11-02T06:59:00Z"), "America/Denver")).toBe("2026-11-01");
});
