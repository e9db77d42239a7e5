import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { KnownDay } from "./known-hours.ts";
import { ANSWER_MINUTES, LEAST_MINUTES, nextAnswer, nextAnswerText } from "./next-answer.ts";
import type { WeekHours } from "./policy.ts";

const DENVER = "America/Denver";
const span = (startHour: number, endHour: number) => ({ startMinute: startHour * 60, endMinute: endHour * 60 });
const WEEKDAYS: WeekHours = [[span(8, 20)], [span(8, 20)], [span(8, 20)], [span(8, 20)], [span(8, 20)], [span(9, 15)], []];

type Case = {
  readonly at: string;
  readonly specialDays?: readonly KnownDay[];
  readonly staffed?: WeekHours | null;
  readonly zone?: string;
};
const said = ({ at, specialDays = [], staffed = WEEKDAYS, zone = DENVER }: Case, language: "en" | "es" = "en") => {
  const now = new Date(at);
  return nextAnswerText(nextAnswer({ now, timeZone: zone, staffed, specialDays }), { now, timeZone: zone, language });
};
const day = (onDate: string, status: KnownDay["status"], staffedSpans: WeekHours[number] = []): KnownDay => ({
  onDate,
  name: "Holiday",
  status,
  openSpans: staffedSpans,
  staffedSpans,
});

describe("the line of a handover says when a person answers", () => {
  test.each([
    ["within half a working day while the desk is staffed", { at: "2026-11-20T17:00:00Z" }, "within about 4 hours", "en unas 4 horas"],
    ["no later than the desk closes", { at: "2026-11-21T20:10:00Z" }, "within about an hour", "en una hora aproximadamente"],
    ["in quarters shortly before", { at: "2026-11-21T21:20:00Z" }, "within about 30 minutes", "en unos 30 minutos"],
    [
      "after the weekend in the last minutes of Saturday",
      { at: "2026-11-21T21:50:00Z" },
      "when the desk opens again, Monday at 8 am",
      "cuando la recepción vuelva a abrir, el lunes a las 8:00",
    ],
    [
      "today when the desk opens later",
      { at: "2026-11-20T12:00:00Z" },
      "when the desk opens again, today at 8 am",
      "cuando la recepción vuelva a abrir, hoy a las 8:00",
    ],
    [
      "tomorrow in the night before",
      { at: "2026-11-21T04:00:00Z" },
      "when the desk opens again, tomorrow at 9 am",
      "cuando la recepción vuelva a abrir, mañana a las 9:00",
    ],
    [
      "as soon as possible where nobody told the hours",
      { at: "2026-11-20T17:00:00Z", staffed: null },
      "as soon as they can",
      "en cuanto pueda",
    ],
  ])("%s", (_what, given, english, spanish) => {
    expect([said(given), said(given, "es")]).toEqual([english, spanish]);
  });

  test("a decided holiday moves the answer, and an undecided one makes it unknown", () => {
    const at = "2026-11-26T04:00:00Z";
    expect(said({ at, specialDays: [day("2026-11-26", "closed")] })).toBe("when the desk opens again, Friday at 8 am");
    expect(said({ at, specialDays: [day("2026-11-26", "open", [{ startMinute: 630, endMinute: 720 }])] })).toBe(
      "when the desk opens again, tomorrow at 10:30 am",
    );
    expect(said({ at, specialDays: [day("2026-11-26", "usual")] })).toBe("when the desk opens again, tomorrow at 8 am");
    expect(said({ at, specialDays: [day("2026-11-26", "asked")] })).toBe("as soon as they can");
    expect(said({ at: "2026-11-26T18:00:00Z", specialDays: [day("2026-11-26", "asked")] })).toBe("as soon as they can");
  });

  test("more than a week away the date is named", () => {
    const closed = Array.from({ length: 8 }, (_value, index) => day(`2026-11-${22 + index}`, "closed"));
    expect(said({ at: "2026-11-22T04:00:00Z", specialDays: closed })).toBe("when the desk opens again, Monday, November 30 at 8 am");
  });

  test("a desk that is staffed through the night has no end at midnight", () => {
    const whole = [span(0, 24)];
    const always: WeekHours = [whole, whole, whole, whole, whole, whole, whole];
    expect(said({ at: "2026-11-21T06:55:00Z", staffed: always })).toBe("within about 4 hours");
  });

  test("the night in which the clocks change the desk opens by the clock on its wall", () => {
    const daily = (hour: number): WeekHours => {
      const spans = [span(hour, hour + 4)];
      return [spans, spans, spans, spans, spans, spans, spans];
    };
    const opens = (at: string, hour: number) => {
      const answer = nextAnswer({ now: new Date(at), timeZone: DENVER, staffed: daily(hour), specialDays: [] });
      return answer.kind === "opens" ? answer.opensAt.toISOString() : answer.kind;
    };
    expect(opens("2026-11-01T05:00:00Z", 8)).toBe("2026-11-01T15:00:00.000Z");
    expect(opens("2026-03-08T05:00:00Z", 8)).toBe("2026-03-08T14:00:00.000Z");
    expect(opens("2026-03-08T05:00:00Z", 2)).toMatch(/^2026-03-08T0[89]:/);
  });
});

const minute = fc.integer({ min: 0, max: 1_439 });
const spans = fc
  .uniqueArray(minute, { minLength: 0, maxLength: 4 })
  .map((minutes) => minutes.toSorted((left, right) => left - right))
  .map((minutes) =>
    minutes.flatMap((startMinute, index) => {
      const endMinute = minutes[index + 1];
      return index % 2 === 0 && endMinute !== undefined ? [{ startMinute, endMinute }] : [];
    }),
  );
const week: fc.Arbitrary<WeekHours> = fc.tuple(spans, spans, spans, spans, spans, spans, spans);
const zone = fc.constantFrom(DENVER, "America/New_York", "America/Phoenix", "America/St_Johns", "Europe/London", "Pacific/Auckland");
const instant = fc.date({ min: new Date("2026-01-01T00:00:00Z"), max: new Date("2027-12-31T00:00:00Z"), noInvalidDate: true });

describe("whatever the hours and wherever the club", () => {
  test("the task is due in the future, within the promise, and never at an instant at which the desk was already closed again", () => {
    fc.assert(
      fc.property(instant, zone, week, (now, timeZone, staffed) => {
        const answer = nextAnswer({ now, timeZone, staffed, specialDays: [] });
        expect(answer.dueAt.getTime()).toBeGreaterThan(now.getTime());
        if (answer.kind === "within") {
          expect(answer.minutes).toBeGreaterThanOrEqual(LEAST_MINUTES);
          expect(answer.minutes).toBeLessThanOrEqual(ANSWER_MINUTES);
          expect(answer.dueAt.getTime() - now.getTime()).toBe(answer.minutes * 60_000);
        }
        if (answer.kind === "opens") {
          expect(answer.opensAt.getTime()).toBeGreaterThan(now.getTime());
          // Asked at the moment of opening nobody is told "when the desk opens again" of that same opening.
          const then = nextAnswer({ now: answer.opensAt, timeZone, staffed, specialDays: [] });
          expect(then.kind === "opens" ? then.opensAt.getTime() > answer.opensAt.getTime() : true).toBe(true);
        }
        for (const language of ["en", "es"] as const) {
          expect(nextAnswerText(answer, { now, timeZone, language })).toMatch(/\S/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
