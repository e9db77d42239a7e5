import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { addDays } from "../calendar-date.ts";
import { decideOccasion, occasionKey, type Celebrated, type OccasionFacts } from "./occasions.ts";
import { DEFAULT_PROACTIVE_SETTINGS, ProactiveSettings } from "./settings.ts";

const NAMES = ["Robin", "Alex"] as const;
const anyDay = fc.integer({ min: 0, max: 3_000 }).map((days) => addDays("2024-01-01", days));

/** Near the day of the run more often than chance would have it, and on the 29th of February now and then. */
const dateNear = (today: string, years: { readonly min: number; readonly max: number }): fc.Arbitrary<string | null> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom("2004-02-29", "1988-02-29", "1900-01-01") },
    {
      weight: 6,
      arbitrary: fc.record({ back: fc.integer({ min: -1, max: 6 }), years: fc.integer(years) }).map(({ back, years: count }) => {
        const day = addDays(today, -back);
        return `${Number(day.slice(0, 4)) - count}${day.endsWith("-02-29") ? "-02-28" : day.slice(4)}`;
      }),
    },
  );

const anyPerson = (today: string): fc.Arbitrary<Celebrated> =>
  fc
    .record({
      firstName: fc.constantFrom(...NAMES),
      status: fc.constantFrom("active", "pending_cancel", "frozen"),
      dateOfBirth: dateNear(today, { min: 0, max: 130 }),
      joinedOn: dateNear(today, { min: 0, max: 12 }),
      visitCount: fc.oneof(fc.nat(130), fc.constantFrom(9, 10, 11, 49, 50, 99, 100, 250, 500, 999, 1_000, 1_001)),
      fresh: fc.nat(8),
    })
    .map(({ fresh, ...person }) => ({ ...person, memberId: "mem", freshVisitCount: Math.min(fresh, person.visitCount) }));

const anySettings: fc.Arbitrary<ProactiveSettings> = fc.record({
  occasions: fc.record({ birthday: fc.boolean(), anniversary: fc.boolean(), visits: fc.boolean() }),
  milestones: fc.record({
    visits10: fc.boolean(),
    visits50: fc.boolean(),
    visits100: fc.boolean(),
    visits250: fc.boolean(),
    visits500: fc.boolean(),
    visits1000: fc.boolean(),
  }),
  includesWhoOwes: fc.boolean(),
  maxPerDay: fc.constant(500),
  tellsOfFailures: fc.boolean(),
});

type Case = { readonly today: string; readonly facts: OccasionFacts; readonly settings: ProactiveSettings };

const anyCase: fc.Arbitrary<Case> = anyDay.chain((today) =>
  fc.record({
    today: fc.constant(today),
    settings: anySettings,
    facts: fc
      .record({
        people: fc.array(anyPerson(today), { minLength: 1, maxLength: 2 }),
        told: fc.array(fc.tuple(fc.constantFrom("birthday", "anniversary", "visits"), fc.constantFrom(...NAMES)), { maxLength: 2 }),
        owesMinor: fc.constantFrom(0n, 0n, 1n, 2n, 900n),
        isAgentOff: fc.constantFrom(false, false, false, true),
        hasOptedOut: fc.constantFrom(false, false, false, true),
        hasAddress: fc.constantFrom(true, true, true, false),
      })
      .map(({ told, ...facts }) => ({ ...facts, greeted: new Set(told.flatMap(([what, who]) => everyKey(what, who, today))) })),
  }),
);

/** As if somebody had been told every count there is of one occasion. */
const everyKey = (what: string, who: string, today: string): readonly string[] => {
  const year = Number(today.slice(0, 4));
  const counts =
    { birthday: [year], anniversary: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], visits: [10, 50, 100, 250, 500, 1_000] }[what] ?? [];
  return counts.map((count) => `${what}:${count} ${who.toLowerCase()}`);
};

const utc = (date: string): number => Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8)));
/** The day on which a date is kept in a year, by the calendar of the runtime: what does not exist is the day before the next month. */
const keptIn = (date: string, year: number): number => {
  const month = Number(date.slice(5, 7)) - 1;
  const kept = Date.UTC(year, month, Number(date.slice(8)));
  return new Date(kept).getUTCMonth() === month ? kept : Date.UTC(year, month + 1, 0);
};
const DAY = 86_400_000;

/** Counted forward from the person's dates, year by year and visit by visit, instead of backward from today. */
const oracle = ({ facts, settings, today }: Case): string | null => {
  const now = utc(today);
  const year = Number(today.slice(0, 4));
  const isReachable = facts.hasAddress && !facts.hasOptedOut && !facts.isAgentOff && (facts.owesMinor <= 1n || settings.includesWhoOwes);
  const grown = facts.people.filter(
    ({ dateOfBirth }) =>
      dateOfBirth === null ||
      Date.UTC(Number(dateOfBirth.slice(0, 4)) + 18, Number(dateOfBirth.slice(5, 7)) - 1, Number(dateOfBirth.slice(8))) <= now,
  );
  const birthdays = grown.flatMap(({ dateOfBirth, firstName }) =>
    dateOfBirth !== null && keptIn(dateOfBirth, year) === now && year - Number(dateOfBirth.slice(0, 4)) < 110 && settings.occasions.birthday
      ? [`birthday:${year} ${firstName.toLowerCase()}`]
      : [],
  );
  const anniversaries = grown.flatMap(({ firstName, joinedOn, status }) => {
    for (let count = 1; joinedOn !== null && status !== "pending_cancel" && count < 110; count += 1) {
      const late = (now - keptIn(joinedOn, Number(joinedOn.slice(0, 4)) + count)) / DAY;
      if (late >= 0 && late <= 3 && settings.occasions.anniversary) {
        return [`anniversary:${count} ${firstName.toLowerCase()}`];
      }
    }
    return [];
  });
  const visits = grown.flatMap(({ firstName, freshVisitCount, visitCount }) => {
    let reached: number | null = null;
    for (let visit = visitCount - freshVisitCount + 1; visit <= visitCount; visit += 1) {
      reached = [10, 50, 100, 250, 500, 1_000].includes(visit) ? visit : reached;
    }
    const isOn = settings.occasions.visits && Object.entries(settings.milestones).some(([name, on]) => on && name === `visits${reached}`);
    return reached !== null && isOn ? [`visits:${reached} ${firstName.toLowerCase()}`] : [];
  });
  return isReachable ? ([...birthdays, ...anniversaries, ...visits].find((key) => !facts.greeted.has(key)) ?? null) : null;
};

const greetingOf = ({ facts, settings, today }: Case): string | null => {
  const decision = decideOccasion(facts, settings, today);
  return decision.kind === "act" ? decision.key : null;
};

const ROBIN: Celebrated = {
  memberId: "mem",
  firstName: "Robin",
  status: "active",
  dateOfBirth: null,
  joinedOn: null,
  visitCount: 0,
  freshVisitCount: 0,
};
const NOTHING: OccasionFacts = {
  people: [ROBIN],
  greeted: new Set(),
  owesMinor: 0n,
  isAgentOff: false,
  hasOptedOut: false,
  hasAddress: true,
};
const of = (person: Partial<Celebrated>, rest: Partial<OccasionFacts> = {}): OccasionFacts => ({
  ...NOTHING,
  ...rest,
  people: [{ ...ROBIN, ...person }],
});

describe("what somebody is greeted for", () => {
  test("agrees with dates counted forward, for 20,000 contacts, days and settings", () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        expect(greetingOf(one)).toBe(oracle(one));
      }),
      { numRuns: 20_000 },
    );
  });

  test("day after day nobody is told the same twice, and whoever is told is told in the template's own fields", () => {
    fc.assert(
      fc.property(
        anyDay.chain((first) => fc.tuple(fc.constant(first), anyPerson(first))),
        ([first, person]) => {
          const greeted = new Set<string>();
          for (let day = 0; day < 30; day += 1) {
            const decision = decideOccasion({ ...of(person), greeted }, DEFAULT_PROACTIVE_SETTINGS, addDays(first, day));
            if (decision.kind === "act") {
              expect(greeted.has(decision.key)).toBe(false);
              greeted.add(decision.key);
            }
          }
          expect([...greeted].filter((key) => key.startsWith("birthday")).length).toBeLessThanOrEqual(1);
          expect([...greeted].filter((key) => key.startsWith("visits")).length).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test.each([
    ["whose birthday it is", of({ dateOfBirth: "1990-02-28" }), "2026-02-28", "birthday:2026 robin"],
    ["born on a 29th of February, in a common year", of({ dateOfBirth: "1988-02-29" }), "2026-02-28", "birthday:2026 robin"],
    ["born on a 29th of February, the day before in a leap year", of({ dateOfBirth: "1988-02-29" }), "2028-02-28", null],
    ["born on a 29th of February, in a leap year", of({ dateOfBirth: "1988-02-29" }), "2028-02-29", "birthday:2028 robin"],
    ["whose birthday was yesterday", of({ dateOfBirth: "1990-02-27" }), "2026-02-28", null],
    ["who turns 17", of({ dateOfBirth: "2009-02-28" }), "2026-02-28", null],
    ["who turns 18", of({ dateOfBirth: "2008-02-28" }), "2026-02-28", "birthday:2026 robin"],
    ["of whom the year 1900 stands in the system", of({ dateOfBirth: "1900-02-28" }), "2026-02-28", null],
    ["who joins today", of({ joinedOn: "2026-02-28" }), "2026-02-28", null],
    ["who joined three days and a year ago", of({ joinedOn: "2025-02-25" }), "2026-02-28", "anniversary:1 robin"],
    ["who joined four days and a year ago", of({ joinedOn: "2025-02-24" }), "2026-02-28", null],
    ["who is about to leave", of({ joinedOn: "2025-02-28", status: "pending_cancel" }), "2026-02-28", null],
    ["with the tenth visit this week", of({ visitCount: 12, freshVisitCount: 3 }), "2026-02-28", "visits:10 robin"],
    ["with the tenth visit before this week", of({ visitCount: 12, freshVisitCount: 2 }), "2026-02-28", null],
    ["who owes two cents", of({ dateOfBirth: "1990-02-28" }, { owesMinor: 2n }), "2026-02-28", null],
  ])("somebody %s", (_who, facts, today, expected) => {
    expect(greetingOf({ facts, settings: DEFAULT_PROACTIVE_SETTINGS, today })).toBe(expected);
  });

  test("a birthday that was told makes room for the anniversary of the same day", () => {
    const both = of({ dateOfBirth: "1990-02-28", joinedOn: "2020-02-28" }, { greeted: new Set([occasionKey("birthday", 2026, "Robin")]) });
    expect(decideOccasion(both, DEFAULT_PROACTIVE_SETTINGS, "2026-02-28")).toMatchObject({
      group: "anniversary",
      fields: { anniversary: "6 years" },
    });
  });

  test("whoever gets nothing is told why", () => {
    const off = { ...DEFAULT_PROACTIVE_SETTINGS, occasions: { birthday: false, anniversary: false, visits: false } };
    const birthday = of({ dateOfBirth: "1990-02-28" });
    const reasonOf = (facts: OccasionFacts, settings = DEFAULT_PROACTIVE_SETTINGS) => decideOccasion(facts, settings, "2026-02-28").reason;
    expect(reasonOf(NOTHING)).toBe("no_occasion");
    expect(reasonOf(birthday, off)).toBe("occasion_off");
    expect(reasonOf({ ...birthday, greeted: new Set(["birthday:2026 robin"]) })).toBe("had_greeting");
    expect(reasonOf(of({ dateOfBirth: "2016-02-28" }))).toBe("minor");
    expect(reasonOf({ ...birthday, isAgentOff: true })).toBe("agent_off");
    expect(reasonOf({ ...birthday, hasOptedOut: true })).toBe("opted_out");
    expect(reasonOf({ ...birthday, hasAddress: false })).toBe("no_address");
    expect(reasonOf({ ...birthday, owesMinor: 5n })).toBe("owes");
    expect(reasonOf({ ...birthday, owesMinor: 5n }, { ...DEFAULT_PROACTIVE_SETTINGS, includesWhoOwes: true })).toBe("birthday_today");
  });
});

test("the default settings are settings", () => {
  expect(ProactiveSettings.parse(DEFAULT_PROACTIVE_SETTINGS)).toEqual(DEFAULT_PROACTIVE_SETTINGS);
});
