import fc from "fast-check";
import { expect, test } from "vitest";

import { formatInTimeZone } from "./local-time.ts";
import { instantInZone, snoozeChoices } from "./snooze.ts";

const ZONES = ["America/Denver", "America/New_York", "Asia/Kathmandu", "UTC"] as const;
const anyMoment = fc.date({ min: new Date("2026-01-01T00:00:00Z"), max: new Date("2028-12-31T00:00:00Z"), noInvalidDate: true });

test("every choice lies ahead, stands on the club's wall clock, and none comes twice", () => {
  fc.assert(
    fc.property(anyMoment, fc.constantFrom(...ZONES), (now, zone) => {
      const choices = snoozeChoices(now, zone);
      const times = choices.map(({ until }) => until.getTime());
      expect(times.every((time) => time > now.getTime())).toBe(true);
      expect(new Set(times).size).toBe(times.length);
      const clock = choices.filter(({ name }) => name !== "hour").map(({ name, until }) => [name, formatInTimeZone(until, zone, "HH:mm")]);
      expect(clock.every(([name, time]) => time === (name === "evening" ? "18:00" : "09:00"))).toBe(true);
    }),
  );
});

test("on a Sunday tomorrow is Monday, and is offered once", () => {
  const sunday = new Date("2026-11-22T19:00:00Z");
  expect(snoozeChoices(sunday, "America/Denver").map(({ name }) => name)).toEqual(["hour", "evening", "tomorrow"]);
});

test("the morning after the clocks change is at nine of the new time", () => {
  const saturday = new Date("2026-10-31T20:00:00Z");
  const tomorrow = snoozeChoices(saturday, "America/Denver").find(({ name }) => name === "tomorrow");
  expect(tomorrow?.until.toISOString()).toBe("2026-11-01T16:00:00.000Z");
});

test("a time of a wall clock is the instant at which that clock shows it", () => {
  fc.assert(
    fc.property(anyMoment, fc.constantFrom(...ZONES), (moment, zone) => {
      const local = formatInTimeZone(moment, zone, "yyyy-MM-dd'T'HH:mm");
      const instant = instantInZone(local, zone);
      expect(instant === null ? null : formatInTimeZone(instant, zone, "yyyy-MM-dd'T'HH:mm")).toBe(local);
    }),
  );
  expect(instantInZone("tomorrow", "UTC")).toBeNull();
});
