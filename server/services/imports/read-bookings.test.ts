import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { BookingMapping } from "#server/domain/csv-import.ts";
import { formatInTimeZone } from "#server/domain/local-time.ts";

import { readSpan } from "./booking-times.ts";
import { guessBookingMapping } from "./guess-booking-mapping.ts";
import { readBookings } from "./read-bookings.ts";
import { delimiterOf, parseTable, type Table } from "./read-table.ts";

const DENVER = { order: "mdy", timeZone: "America/Denver" } as const;

const tableOf = (text: string): Table => parseTable(text, delimiterOf(text));
const guess = (text: string): BookingMapping => guessBookingMapping({ table: tableOf(text), country: "US", remembered: null });
const read = (text: string, over: Partial<BookingMapping> = {}) =>
  readBookings(tableOf(text), { mapping: { ...guess(text), ...over }, timeZone: DENVER.timeZone });

const said = { date: "", start: "", end: "", minutes: "" };
const span = (written: Partial<typeof said>) => {
  const reading = readSpan({ ...said, ...written }, DENVER);
  return "value" in reading ? [reading.value.startsAt.toISOString(), reading.value.endsAt.toISOString()] : reading.problem;
};

describe("from when to when", () => {
  test.each([
    ["moments", { start: "11/25/2026 9:00 AM", end: "11/25/2026 10:30 AM" }, "2026-11-25T16:00:00.000Z", "2026-11-25T17:30:00.000Z"],
    ["a day and times", { date: "11/25/2026", start: "18:00", end: "19:00" }, "2026-11-26T01:00:00.000Z", "2026-11-26T02:00:00.000Z"],
    [
      "a day with midnight",
      { date: "11/25/2026 00:00", start: "6:00 PM", minutes: "60" },
      "2026-11-26T01:00:00.000Z",
      "2026-11-26T02:00:00.000Z",
    ],
    ["a length", { start: "2026-11-25T18:00", minutes: "45 min" }, "2026-11-26T01:00:00.000Z", "2026-11-26T01:45:00.000Z"],
    ["a length in hours", { start: "2026-11-25 18:00", minutes: "1:30" }, "2026-11-26T01:00:00.000Z", "2026-11-26T02:30:00.000Z"],
    ["past midnight", { start: "11/25/2026 23:30", end: "0:30" }, "2026-11-26T06:30:00.000Z", "2026-11-26T07:30:00.000Z"],
    [
      "an offset of its own",
      { start: "2026-11-25T18:00:00Z", end: "2026-11-25T20:00:00+01:00" },
      "2026-11-25T18:00:00.000Z",
      "2026-11-25T19:00:00.000Z",
    ],
  ])("is read from %s", (_what, written, from, to) => expect(span(written)).toEqual([from, to]));

  test.each([
    [
      "the first of an hour that comes twice",
      { start: "11/1/2026 1:30", minutes: "60" },
      "2026-11-01T07:30:00.000Z",
      "2026-11-01T08:30:00.000Z",
    ],
    [
      "later by what the clock leaves out",
      { start: "3/8/2026 2:30", minutes: "60" },
      "2026-03-08T09:30:00.000Z",
      "2026-03-08T10:30:00.000Z",
    ],
    ["as short as the night is", { start: "3/8/2026 1:00", end: "4:00" }, "2026-03-08T08:00:00.000Z", "2026-03-08T10:00:00.000Z"],
  ])("is %s on the days the clock is changed", (_what, written, from, to) => expect(span(written)).toEqual([from, to]));

  test.each([
    [{}, "does not say when it begins"],
    [{ start: "10:00", end: "11:00" }, "“10:00” does not say which day"],
    [{ start: "11/25/2026", end: "11:00" }, "“11/25/2026” has no time of day"],
    [{ start: "25/11/2026 10:00", end: "11:00" }, "“25/11/2026 10:00” is no day of the calendar"],
    [{ start: "11/25/2026 25:00", end: "11:00" }, "“11/25/2026 25:00” has no time of day that can be read"],
    [{ start: "11/25/2026 10:00" }, "says neither when it ends nor how long it is"],
    [{ start: "11/25/2026 10:00", minutes: "long" }, "“long” is no length in minutes"],
    [{ start: "11/25/2026 10:00", minutes: "0" }, "does not end after it begins"],
    [{ start: "11/25/2026 10:00", end: "11/24/2026 11:00" }, "does not end after it begins"],
    [{ start: "11/25/2026 10:00", end: "11/27/2026 11:00" }, "is longer than 24 hours"],
    [{ start: "2026-13-25T10:00:00Z", minutes: "5" }, "“2026-13-25T10:00:00Z” is no moment"],
  ])("is refused for %j: %s", (written, problem) => expect(span(written)).toBe(problem));

  test("is what was written, for every moment of every club; of two it is the first", () => {
    const zone = fc.constantFrom("America/Denver", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns");
    const at = fc.date({ min: new Date("2020-01-01T00:00:00Z"), max: new Date("2035-01-01T00:00:00Z"), noInvalidDate: true });
    fc.assert(
      fc.property(zone, at, fc.integer({ min: 1, max: 24 * 60 }), (timeZone, moment, minutes) => {
        const startsAt = new Date(Math.floor(moment.getTime() / 60_000) * 60_000);
        const start = formatInTimeZone(startsAt, timeZone, "MM/dd/yyyy h:mm a");
        const reading = readSpan({ ...said, start, minutes: `${minutes}` }, { order: "mdy", timeZone });
        expect(reading).toHaveProperty("value");
        if ("value" in reading) {
          expect(formatInTimeZone(reading.value.startsAt, timeZone, "MM/dd/yyyy h:mm a")).toBe(start);
          expect(reading.value.startsAt.getTime(), "the first of two").toBeLessThanOrEqual(startsAt.getTime());
          expect(reading.value.endsAt.getTime() - reading.value.startsAt.getTime()).toBe(minutes * 60_000);
        }
      }),
    );
  });
});

describe("columns of bookings", () => {
  test("are guessed from their names, and words from their spellings", () => {
    expect(
      guess(
        "Booking ID,Type,Class Name,Start,End,Bay,Coach,Status,Member ID,Email,Mobile,Client\n1,PT,Yoga,25/11/2026 9:00,10:00,3,Lee,Confirmed,100,,,\n2,Yoga,Yoga,2/11/2026 9:00,10:00,3,Lee,constructor,100,,,\n",
      ),
    ).toEqual({
      table: "bookings",
      columns: {
        bookingId: 0,
        kind: 1,
        title: 2,
        start: 3,
        end: 4,
        place: 5,
        staff: 6,
        status: 7,
        memberNumber: 8,
        email: 9,
        phone: 10,
        name: 11,
      },
      dateOrder: "dmy",
      country: "US",
      kindWords: { pt: "appointment" },
      statusWords: { confirmed: "booked" },
      defaultKind: "class",
    });
  });

  test.each([
    ["a day beside the times", "Date,Start Time,End Time,Email\n11/25/2026,9:00,10:00,a@b.example\n", { date: 0, start: 1, end: 2 }],
    ["a start that says its day", "Date,Start,Duration,Email\n11/25/2026,11/25/2026 9:00,60,a@b.example\n", { start: 1, minutes: 2 }],
    ["a day that says its time", "Date,Duration,Email\n11/25/2026 9:00,60,a@b.example\n", { start: 0, minutes: 1 }],
  ])("tell %s", (_what, text, columns) => {
    expect(guess(text).columns).toEqual({ ...columns, email: tableOf(text).headers.length - 1 });
    expect(read(text)).toMatchObject([
      { booking: { startsAt: new Date("2026-11-25T16:00:00Z"), endsAt: new Date("2026-11-25T17:00:00Z") } },
    ]);
  });

  test("are remembered by name, and those left out stay out", () => {
    const mapping = { ...guess("Was,Wann,Bay\nx,y,z\n"), columns: { title: 0, start: 1 }, kindWords: { kurs: "class" as const } };
    const table = tableOf("Bay,Wann,Type,Was\n3,11/25/2026 9:00,Kurs,Yoga\n");
    const remembered = { headers: ["Was", "Wann", "Bay"], mapping };
    expect(guessBookingMapping({ table, country: "US", remembered })).toMatchObject({
      columns: { title: 3, start: 1, kind: 2 },
      kindWords: { kurs: "class" },
    });
  });
});

const HEADER = "Booking ID,Kind,Title,Start,End,Bay,Coach,Status,Member ID,Email,Phone,Name\n";

describe("rows of bookings", () => {
  test("become bookings, and what is not said is what people would take it for", () => {
    expect(
      read(
        `${HEADER}7,Bay,Bay hour,11/25/2026 9:00,10:00,Bay 3,,Cancelled,100,Orla@People.Example,303-555-0104,Orla Ruiz\n,,,11/25/2026 9:00,10:00,,,,,,,Kit\n`,
      ),
    ).toMatchObject([
      {
        line: 2,
        booking: {
          externalId: "7",
          kind: "bay",
          title: "Bay hour",
          place: "Bay 3",
          staffName: null,
          status: "cancelled",
          personExternalId: "100",
          personEmail: "orla@people.example",
          personPhone: "+13035550104",
          personName: "Orla Ruiz",
        },
      },
      { line: 3, booking: { externalId: expect.stringMatching(/^row:/), kind: "class", title: "Class", status: "booked", place: null } },
    ]);
  });

  test("are refused, each with all its reasons and its line", () => {
    const rows = read(
      `${HEADER}1,Party,Yoga,soon,10:00,,,Maybe,,orla@,12,\n2,,Yoga,11/25/2026 9:00,10:00,,,,100,,,\n2,,Yoga,11/26/2026 9:00,10:00,,,,100,,,\nrow:1,,Yoga,11/25/2026 9:00,10:00,,,,100,,,\n,,Yoga,11/25/2026 9:00,10:00,,,,,,,\n3,,short\n,constructor,Yoga,11/25/2026 9:00,10:00,,,,1,,,\n`,
    );
    expect(rows.map((row) => ("reason" in row ? [row.line, row.reason] : [row.line]))).toEqual([
      [
        2,
        "nobody has said what the kind “Party” means; “soon” is no date written as month, day, year; nobody has said what the status “Maybe” means; “orla@” is no e-mail address; “12” is no phone number",
      ],
      [3],
      [4, "the same booking number 2 stands on line 3 already"],
      [5, "this is no booking number"],
      [6, "does not say who has booked"],
      [7, "has 3 cells where the header has 12"],
      [8, "nobody has said what the kind “constructor” means"],
    ]);
  });

  test("without a number are known again by what, when, where and who, whatever else has changed", () => {
    const idOf = (cells: string) => {
      const [row] = read(`Title,Start,End,Bay,Coach,Status,Email\n${cells}\n`, {
        statusWords: { booked: "booked", cancelled: "cancelled" },
      });
      return row !== undefined && "booking" in row ? row.booking.externalId : row;
    };
    const id = idOf("Yoga,11/25/2026 9:00,10:00,Bay 3,Lee,booked,a@b.example");
    expect(idOf("yoga,11/25/2026 9:00 AM,11:00,bay #03,Kim,cancelled,A@b.example")).toBe(id);
    expect(idOf("Yoga,11/25/2026 9:30,10:00,Bay 3,Lee,booked,a@b.example")).not.toBe(id);
    expect(idOf("Yoga,11/25/2026 9:00,10:00,Bay 4,Lee,booked,a@b.example")).not.toBe(id);
    expect(idOf("Yoga,11/25/2026 9:00,10:00,Bay 3,Lee,booked,c@b.example")).not.toBe(id);
  });

  test("whatever stands in a table, every row is a booking or has a reason, and no booking stands there twice", () => {
    const cell = fc.oneof(
      fc.constantFrom("", "11/25/2026 9:00", "10:00", "60", "class", "booked", "100", "a@b.example", "303-555-0104", "__proto__"),
      fc.string().map((text) => text.trim()),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 11, maxLength: 13 }), { maxLength: 12 }), (cells) => {
        const headers = HEADER.trim().split(",");
        const rows = cells.map((each, index) => ({ line: index + 2, cells: each }));
        const mapping = guess(`${HEADER}${"x,".repeat(11)}x\n`);
        const found = readBookings({ headers, rows }, { mapping, timeZone: DENVER.timeZone });
        expect(found.map(({ line }) => line)).toEqual(rows.map(({ line }) => line));
        const ids = found.flatMap((row) => ("booking" in row ? [row.booking.externalId] : []));
        expect(new Set(ids).size).toBe(ids.length);
        for (const row of found) {
          expect("booking" in row ? row.booking.endsAt > row.booking.startsAt : row.reason !== "").toBe(true);
        }
      }),
    );
  });
});
