import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { formatInTimeZone } from "./local-time.ts";
import { DEFAULT_NOTIFICATION_SETTINGS, NotificationSettings, tellableAt } from "./notification-settings.ts";
import { NOTIFICATION_KINDS } from "./notification-words.ts";

const DENVER = "America/Denver";
const NIGHT = { startMinute: 22 * 60, endMinute: 7 * 60 };
const at = (iso: string, quiet: typeof NIGHT | null = NIGHT) =>
  tellableAt("needs_you", { now: new Date(iso), timeZone: DENVER, quiet }).toISOString();

describe("quiet hours", () => {
  test("hold what comes at night until they end, on either side of midnight", () => {
    expect(at("2026-11-21T06:00:00.000Z")).toBe("2026-11-21T14:00:00.000Z");
    expect(at("2026-11-21T10:30:00.000Z")).toBe("2026-11-21T14:00:00.000Z");
    expect(at("2026-11-21T14:00:00.000Z")).toBe("2026-11-21T14:00:00.000Z");
    expect(at("2026-11-21T20:00:00.000Z", { startMinute: 12 * 60, endMinute: 14 * 60 })).toBe("2026-11-21T21:00:00.000Z");
  });

  test("never hold an emergency, and nothing where somebody has none", () => {
    const now = new Date("2026-11-21T10:30:00.000Z");
    expect(tellableAt("emergency", { now, timeZone: DENVER, quiet: NIGHT })).toEqual(now);
    expect(at("2026-11-21T10:30:00.000Z", null)).toBe("2026-11-21T10:30:00.000Z");
  });

  test("end at the hour on the clock, also in the nights in which it changes", () => {
    expect(at("2026-11-01T06:00:00.000Z")).toBe("2026-11-01T14:00:00.000Z");
    expect(at("2026-03-08T06:30:00.000Z")).toBe("2026-03-08T13:00:00.000Z");
  });

  test("hold less than a day, and what they let go is outside of them, for any hours and at any moment", () => {
    const minute = fc.integer({ min: 0, max: 1_439 });
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
        minute,
        minute,
        fc.constantFrom(DENVER, "America/St_Johns", "Pacific/Honolulu"),
        (ms, startMinute, endMinute, timeZone) => {
          fc.pre(startMinute !== endMinute);
          const quiet = { startMinute, endMinute };
          const then = tellableAt("approval", { now: new Date(ms), timeZone, quiet });
          expect(then.getTime()).toBeGreaterThanOrEqual(ms);
          // A day has 25 hours once a year.
          expect(then.getTime() - ms).toBeLessThanOrEqual(25 * 3_600_000);
          const isAtEnd = Number(formatInTimeZone(then, timeZone, "H")) * 60 + Number(formatInTimeZone(then, timeZone, "m")) === endMinute;
          expect(then.getTime() === ms || isAtEnd || isSkipped(then)).toBe(true);
        },
      ),
    );
  });
});

/** An end in the hour that the clocks skip falls an hour later. */
const isSkipped = (then: Date): boolean => then.toISOString().startsWith("2026-03-08");

describe("what somebody chose", () => {
  test("is kept by way in the order of the page, each once, and a kind nobody chose for has what is built in", () => {
    const read = NotificationSettings.parse({ ways: { approval: ["slack", "in_app", "slack"] }, phone: "(720) 555-0143", quiet: null });
    expect(read).toMatchObject({ phone: "+17205550143", ways: { approval: ["in_app", "slack"], emergency: ["in_app", "push", "sms"] } });
    expect(Object.keys(read.ways).toSorted()).toEqual([...NOTIFICATION_KINDS].toSorted());
  });

  test("is refused where it means nothing", () => {
    const parse = (over: object) => NotificationSettings.safeParse({ ...DEFAULT_NOTIFICATION_SETTINGS, ...over }).success;
    expect(parse({})).toBe(true);
    expect(parse({ quiet: { startMinute: 60, endMinute: 60 } })).toBe(false);
    expect(parse({ ways: { approval: ["pigeon"] } })).toBe(false);
    expect(parse({ ways: { gossip: ["in_app"] } })).toBe(false);
    expect(parse({ phone: "12" })).toBe(false);
  });
});
