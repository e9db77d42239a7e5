import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { bookingsOf } from "./calendar.ts";

const span = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-12-01T00:00:00Z") };

const calendar = (...events: readonly (readonly string[])[]): string =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    ...events.flatMap((lines) => ["BEGIN:VEVENT", "DTSTAMP:20261101T000000Z", ...lines, "END:VEVENT"]),
    "END:VCALENDAR",
    "",
  ].join("\r\n");

const read = (text: string, timeZone = "America/Denver") => bookingsOf(text, { span, timeZone });

const ONE = ["UID:1", "DTSTART:20261120T180000Z", "DTEND:20261120T190000Z", "SUMMARY:Bay session"];

describe("what an entry says", () => {
  test("the attendee's name and address, the place and the times", () => {
    const [booking] = read(calendar([...ONE, "LOCATION:Bay 3", 'ATTENDEE;CN="Pat Example":mailto:Pat@club.example']));
    expect(booking).toEqual({
      externalId: "1",
      kind: "bay",
      title: "Bay session",
      startsAt: new Date("2026-11-20T18:00:00Z"),
      endsAt: new Date("2026-11-20T19:00:00Z"),
      place: "Bay 3",
      staffName: null,
      status: "booked",
      personExternalId: null,
      personName: "Pat Example",
      personEmail: "pat@club.example",
    });
  });

  test("several attendees are as many bookings of one class, each with an id that stays", () => {
    const people = ["ATTENDEE;CN=A:mailto:a@club.example", "ATTENDEE;CN=B:mailto:b@club.example"];
    const ids = (text: string) => read(text).map(({ externalId, kind }) => [externalId, kind]);
    const first = ids(calendar(["UID:9", "DTSTART:20261120T180000Z", "SUMMARY:Yoga", ...people]));
    expect(first).toEqual([
      ["9#a@club.example", "class"],
      ["9#b@club.example", "class"],
    ]);
    expect(ids(calendar(["UID:9", "DTSTART:20261120T180000Z", "SUMMARY:Yoga", ...people.toReversed()])).toSorted()).toEqual(first);
  });

  test.each([
    ["DTSTART:20261120T110000", "2026-11-20T18:00:00Z"],
    ["DTSTART;TZID=America/New_York:20261120T110000", "2026-11-20T16:00:00Z"],
    ["DTSTART:20261120T110000Z", "2026-11-20T11:00:00Z"],
  ])("%s is %s for a club in Denver, wherever this runs", (line, instant) => {
    expect(read(calendar(["UID:1", line, "SUMMARY:Tour"]))[0]?.startsAt).toEqual(new Date(instant));
  });

  test("a cancelled entry is a cancelled booking, and a repeated one comes once for each time", () => {
    expect(read(calendar([...ONE, "STATUS:CANCELLED"]))).toMatchObject([{ status: "cancelled" }]);
    const weekly = read(
      calendar(["UID:w", "DTSTART:20261103T180000Z", "DTEND:20261103T190000Z", "RRULE:FREQ=WEEKLY", "SUMMARY:Spin class"]),
    );
    expect(weekly.map(({ startsAt }) => startsAt.toISOString().slice(0, 10))).toEqual([
      "2026-11-03",
      "2026-11-10",
      "2026-11-17",
      "2026-11-24",
    ]);
    expect(new Set(weekly.map(({ externalId }) => externalId)).size).toBe(4);
  });
});

describe("what is no calendar", () => {
  test("an empty calendar has no bookings", () => {
    expect(read(calendar())).toEqual([]);
  });

  test.each([
    ["nothing", ""],
    ["a page for people", "<!doctype html><html></html>"],
    ["JSON", '{"payload":1}'],
    ["an entry without its time", calendar(["UID:1", "SUMMARY:Tour"])],
    ["an entry with a strange time", calendar(["UID:1", "DTSTART:tomorrow", "SUMMARY:Tour"])],
  ])("%s is malformed", (_name, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ kind: "malformed" }));
  });

  test("a calendar cut off anywhere is malformed, and never fewer bookings", () => {
    const whole = calendar(ONE, ["UID:2", "DTSTART:20261121T180000Z", "DTEND:20261121T190000Z", "SUMMARY:Tour"]).trim();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
        expect(() => read(whole.slice(0, length))).toThrow(expect.objectContaining({ kind: "malformed" }));
      }),
    );
  });
});
