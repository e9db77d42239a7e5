import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { nextAllowedAt, openWeek, placeOf, type Whereabouts } from "./quiet-hours.ts";
import { oracleAllowsMinute } from "./testing-oracle.ts";
import { AREA, ALL_ZONES, placeByHand, ZIPS, type KnownPlace } from "./testing-places.ts";

const MINUTE = 60_000;
const DEFAULT_QUIET = { startMinute: 21 * 60, endMinute: 8 * 60 };
const NOWHERE: Whereabouts = { phone: null, state: null, postalCode: null, timeZone: null, clubTimeZone: "America/Denver" };
const numberOf = (areaCode: string): string => `+1${areaCode}5550123`;

/** Every minute of a stretch that the oracle allows. */
const minutesByOracle = (from: number, until: number, { state, zones }: KnownPlace): readonly boolean[] =>
  Array.from({ length: (until - from) / MINUTE }, (_, index) =>
    oracleAllowsMinute(from + index * MINUTE, {
      place: { states: [state], zones, isCity: false },
      quietHours: DEFAULT_QUIET,
      isMail: false,
    }),
  );

/** The Saturday before until the Monday after each change of the clocks, in UTC. */
const CHANGES = { "the hour that is skipped": "2027-03-13T06:00:00Z", "the hour that comes twice": "2026-10-31T06:00:00Z" } as const;
const STRETCH_HOURS = 72;

const byState = new Map<string, readonly [string, KnownPlace]>();
for (const [code, known] of Object.entries(AREA)) {
  byState.set(`${known.state} ${known.zones.join()}`, [code, known]);
}

describe.each(Object.entries(CHANGES))("over %s", (_name, start) => {
  test.each([...byState.values()])("area code %s is right to the minute", (code, known) => {
    const from = Date.parse(start);
    const until = from + STRETCH_HOURS * 60 * MINUTE;
    const allowed = minutesByOracle(from, until, known);
    const place = placeOf({ ...NOWHERE, phone: numberOf(code), timeZone: known.zones[0] ?? null });
    const week = openWeek({ regions: place.regions, quietHours: DEFAULT_QUIET, isText: true });
    let next = allowed.length;
    let edges = 0;
    for (let index = allowed.length - 1; index >= 0; index -= 1) {
      const isOpen = allowed[index] === true;
      const isEdge = allowed[index + 1] !== allowed[index];
      next = isOpen ? index : next;
      edges += isEdge ? 1 : 0;
      // Each minute beside an edge, and every full and half hour; past the last opening the stretch says nothing.
      if (next < allowed.length && (isEdge || allowed[index - 1] !== allowed[index] || index % 30 === 0)) {
        const at = from + index * MINUTE;
        expect(nextAllowedAt(new Date(at), { zones: place.zones, week })?.getTime()).toBe(from + next * MINUTE);
        expect(nextAllowedAt(new Date(at + MINUTE - 1), { zones: place.zones, week })?.getTime()).toBe(
          isOpen ? at + MINUTE - 1 : from + next * MINUTE,
        );
      }
    }
    // A Saturday, a Sunday and a Monday open and close, or two of them and a part.
    expect(edges).toBeGreaterThanOrEqual(5);
  });
});

test("with any quiet hours, also those in the night of the change, the next moment is the oracle's", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("America/New_York", "America/Los_Angeles", "Pacific/Honolulu"),
      fc.constantFrom("2027-03-14T04:00:00Z", "2026-11-01T03:00:00Z"),
      fc.integer({ min: 0, max: 600 }),
      fc.record({ startMinute: fc.integer({ min: 0, max: 239 }), endMinute: fc.integer({ min: 0, max: 239 }) }),
      (zone, start, minute, quietHours) => {
        const at = Date.parse(start) + minute * MINUTE;
        const clocks = { zones: [zone], week: openWeek({ regions: [], quietHours, isText: false }) };
        const place = { states: [], zones: [zone], isCity: false };
        let expected = at;
        while (!oracleAllowsMinute(expected, { place, quietHours, isMail: true })) {
          expected += MINUTE;
        }
        expect(nextAllowedAt(new Date(at), clocks)?.getTime()).toBe(expected);
      },
    ),
    { numRuns: 400, seed: 7 },
  );
});

describe("where somebody is", () => {
  test.each(Object.entries(AREA))("area code %s", (code, known) => {
    const place = placeOf({ ...NOWHERE, phone: numberOf(code), timeZone: known.zones[0] ?? null });
    expect(place).toEqual({ regions: [known.state], zones: [...known.zones].toSorted(), isNewYorkCity: known.isCity === true });
  });

  test.each(Object.entries(ZIPS))("ZIP code %s", (zip, known) => {
    const expected = { regions: [known.state], zones: [...known.zones].toSorted(), isNewYorkCity: known.isCity === true };
    expect(placeOf({ ...NOWHERE, postalCode: zip })).toEqual(expected);
    expect(placeOf({ ...NOWHERE, postalCode: ` ${zip}-1234 ` })).toEqual(expected);
  });

  test("who gave no address is also taken to be near the club, and who gave one is not", () => {
    expect(placeOf({ ...NOWHERE, phone: numberOf("212") }).zones).toEqual(["America/Denver", "America/New_York"]);
    expect(placeOf({ ...NOWHERE, phone: numberOf("212"), postalCode: "10001" }).zones).toEqual(["America/New_York"]);
    expect(placeOf({ ...NOWHERE, state: " ca " })).toEqual({ regions: ["CA"], zones: ["America/Los_Angeles"], isNewYorkCity: false });
  });

  test.each(["+18005550123", "+19995550123", "+442079460123", "555-0123", "+1212555012", "+12125550123456"])(
    "a number that tells nothing, %s, asks for an hour that suits every state and the club",
    (phone) => {
      const place = placeOf({ ...NOWHERE, phone, clubTimeZone: "Europe/Berlin" });
      expect(place).toEqual({ regions: [], zones: [...ALL_ZONES, "Europe/Berlin"].toSorted(), isNewYorkCity: false });
    },
  );

  test.each(["1234", "123456", "90012-12", "ABCDE", "34012", "09012", "96501", ""])("%s is no ZIP code of a state", (postalCode) => {
    expect(placeOf({ ...NOWHERE, postalCode }).regions).toEqual([]);
  });

  test("a state that the ZIP code contradicts counts as well", () => {
    expect(placeByHand({ areaCode: null, zip: "33101", state: "CA", timeZone: null, clubTimeZone: "America/Denver" }).states).toEqual([
      "FL",
      "CA",
    ]);
    const place = placeOf({ ...NOWHERE, postalCode: "33101", state: "CA" });
    expect(place).toEqual({ regions: ["CA", "FL"], zones: ["America/Los_Angeles", "America/New_York"], isNewYorkCity: false });
  });

  test("a number of the city is in the city unless its ZIP code says otherwise", () => {
    expect(placeOf({ ...NOWHERE, phone: numberOf("917"), state: "NJ" }).isNewYorkCity).toBe(true);
    expect(placeOf({ ...NOWHERE, phone: numberOf("917"), postalCode: "12207" }).isNewYorkCity).toBe(false);
    expect(placeOf({ ...NOWHERE, phone: numberOf("415"), postalCode: "10001" }).isNewYorkCity).toBe(true);
  });
});

describe("a week that never opens", () => {
  test("quiet hours that leave nothing of the day", () => {
    const week = openWeek({ regions: [], quietHours: { startMinute: 8 * 60, endMinute: 7 * 60 }, isText: true });
    expect(nextAllowedAt(new Date("2026-11-23T12:00:00Z"), { zones: ["America/New_York"], week })).toBeNull();
  });

  test("two zones that are never open together", () => {
    const week = openWeek({ regions: [], quietHours: { startMinute: 10 * 60, endMinute: 9 * 60 }, isText: true });
    expect(nextAllowedAt(new Date("2026-11-23T12:00:00Z"), { zones: ["America/New_York", "Pacific/Honolulu"], week })).toBeNull();
  });
});

describe("the windows of a week", () => {
  const sunday = (quietHours: { readonly startMinute: number; readonly endMinute: number }, isText = true) =>
    openWeek({ regions: [], quietHours, isText })[6];

  test("a text goes out only where the rules and the club's own hours are open together", () => {
    expect(sunday({ startMinute: 21 * 60, endMinute: 8 * 60 })).toEqual([{ fromMinute: 12 * 60, untilMinute: 20 * 60 }]);
    expect(sunday({ startMinute: 14 * 60, endMinute: 15 * 60 })).toEqual([
      { fromMinute: 12 * 60, untilMinute: 14 * 60 },
      { fromMinute: 15 * 60, untilMinute: 20 * 60 },
    ]);
  });

  test("what the rules leave nothing of is no window, not one of no length", () => {
    expect(sunday({ startMinute: 5 * 60, endMinute: 7 * 60 })).toEqual([{ fromMinute: 12 * 60, untilMinute: 20 * 60 }]);
    expect(sunday({ startMinute: 12 * 60, endMinute: 13 * 60 })).toEqual([{ fromMinute: 13 * 60, untilMinute: 20 * 60 }]);
  });

  test("a night that begins and ends at the same minute is none", () => {
    expect(sunday({ startMinute: 15 * 60, endMinute: 15 * 60 })).toEqual([{ fromMinute: 12 * 60, untilMinute: 20 * 60 }]);
    expect(sunday({ startMinute: 15 * 60, endMinute: 15 * 60 }, false)).toEqual([{ fromMinute: 0, untilMinute: 24 * 60 }]);
  });
});
