import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { anyDebt, debt, hoursAgo, NOON } from "#server/testing/past-due-facts.ts";

import type { DoorFacts } from "./facts.ts";
import { RECORDED_HOLD_KINDS } from "./facts.ts";
import { decideLock, decideUnlock, isNight, shareLocks } from "./locks.ts";
import { DEFAULT_DOOR_ACCESS_SETTINGS as DOOR, DEFAULT_PAST_DUE_SETTINGS as PAST_DUE, DoorAccessSettings } from "./settings.ts";

const SETTINGS = { door: DOOR, pastDue: PAST_DUE };
const HOUR_MS = 3_600_000;
/** 20,000 cases take a second; nobody is told off for a machine that does something else. */
const MACHINE_IS_BUSY_MS = 60_000;
const lockAt = (over: Partial<DoorFacts>, now = NOON) => decideLock(debt(over), SETTINGS, now);
const ms = (at: Date, more: number): Date => new Date(at.getTime() + more);

/** The club's wall clock at noon of New York, as the platform shows it. */
const WALLS = new Map(
  ["America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "Pacific/Chatham"].map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(NOON),
  ]),
);
const dateIn = (timeZone: string): string => WALLS.get(timeZone)?.slice(0, 10) ?? "";
const hourIn = (timeZone: string): number => Number(WALLS.get(timeZone)?.slice(11, 13));

/** Everything that must be true of somebody who is locked out, as the rule table lists it. */
const LOCK_NEEDS: Readonly<Record<string, (facts: DoorFacts) => boolean>> = {
  "owes something": ({ dueMinor }) => dueMinor >= 1n,
  "is over the grace": ({ daysPastDue }) => daysPastDue > 3,
  "the door workflow is on, or a large debt was asked for four times": ({ attempts, dueMinor, isDoorWorkflowOn }) =>
    isDoorWorkflowOn || (dueMinor >= 10_000n && attempts >= 4),
  "is not locked already": ({ lock }) => lock === null,
  "was not locked in this episode": ({ isLockSpent }) => !isLockSpent,
  "is not referred": ({ isReferred }) => !isReferred,
  "is no minor": ({ isMinor }) => !isMinor,
  "has no promise, plan, hardship, dispute, freeze, payment on its way or exception": ({ holds }) =>
    holds.every(({ since, until }) => since > NOON || (until !== null && until <= NOON)),
  "does not say it is paid": ({ paidClaimAt }) =>
    paidClaimAt === null || paidClaimAt > NOON || NOON.getTime() - paidClaimAt.getTime() >= 72 * HOUR_MS,
  "the balance was read within the hour": ({ balanceReadAt }) =>
    balanceReadAt !== null && Math.abs(NOON.getTime() - balanceReadAt.getTime()) <= HOUR_MS,
  "was warned a day before, of this debt": ({ episodeOn, warning }) =>
    warning !== null &&
    warning.episodeOn === episodeOn &&
    warning.deliveredAt !== null &&
    NOON.getTime() - warning.deliveredAt.getTime() >= 24 * HOUR_MS,
  "the day that the warning named has come": ({ timeZone, warning }) => warning !== null && warning.namesOn <= dateIn(timeZone),
  "somebody is at the desk": ({ isStaffedNow }) => isStaffedNow,
  "it is day": ({ timeZone }) => hourIn(timeZone) >= 8 && hourIn(timeZone) < 21,
};

const NEEDS = Object.values(LOCK_NEEDS);

/** Somebody who is locked out but for a few things, so that the cases around a lock are not rare. */
const almostLocked: fc.Arbitrary<DoorFacts> = fc
  .tuple(anyDebt, fc.subarray(Object.keys(debt()) as (keyof DoorFacts)[], { maxLength: 3 }))
  .map(([other, changed]) => ({ ...debt(), ...Object.fromEntries(changed.map((key) => [key, other[key]])) }));

describe("the interlock", () => {
  test(
    "of 20,000 people exactly those are locked out of whom everything is true that must be",
    () => {
      let lockedCount = 0;
      fc.assert(
        fc.property(fc.oneof(anyDebt, almostLocked), (facts) => {
          const mayLock = NEEDS.every((isMet) => isMet(facts));
          lockedCount += mayLock ? 1 : 0;
          return (decideLock(facts, SETTINGS, NOON).kind === "lock") === mayLock;
        }),
        { numRuns: 20_000 },
      );
      expect(lockedCount).toBeGreaterThan(2_000);
    },
    MACHINE_IS_BUSY_MS,
  );

  test.each(Object.keys(LOCK_NEEDS))("whoever lacks only this is not locked: %s", (need) => {
    const lacking: Readonly<Record<string, Partial<DoorFacts>>> = {
      "owes something": { dueMinor: 0n },
      "is over the grace": { daysPastDue: 3 },
      "the door workflow is on, or a large debt was asked for four times": { isDoorWorkflowOn: false },
      "is not locked already": { lock: { isOurs: true, lockedAt: hoursAgo(5), boundMinor: 1n } },
      "was not locked in this episode": { isLockSpent: true },
      "is not referred": { isReferred: true },
      "is no minor": { isMinor: true },
      "has no promise, plan, hardship, dispute, freeze, payment on its way or exception": {
        holds: [{ kind: "promise", since: hoursAgo(1), until: hoursAgo(-1) }],
      },
      "does not say it is paid": { paidClaimAt: hoursAgo(1) },
      "the balance was read within the hour": { balanceReadAt: hoursAgo(1.01) },
      "was warned a day before, of this debt": { warning: { deliveredAt: hoursAgo(23), namesOn: "2026-11-21", episodeOn: "2026-11-11" } },
      "the day that the warning named has come": {
        warning: { deliveredAt: hoursAgo(48), namesOn: "2026-11-22", episodeOn: "2026-11-11" },
      },
      "somebody is at the desk": { isStaffedNow: false },
      "it is day": { timeZone: "Pacific/Honolulu" },
    };
    const facts = debt(lacking[need]);
    expect(Object.entries(LOCK_NEEDS).filter(([, isMet]) => !isMet(facts))).toEqual([[need, LOCK_NEEDS[need]]]);
    expect(decideLock(facts, SETTINGS, NOON).kind).not.toBe("lock");
    expect(lockAt({})).toEqual({ kind: "lock", boundMinor: 1n });
  });
});

describe("what the rule asks for", () => {
  test.each([
    [{ dueMinor: 0n }, "nothing_due"],
    [{ dueMinor: -1n, lock: { isOurs: true, lockedAt: hoursAgo(5), boundMinor: 1n } }, "nothing_due"],
    [{ lock: { isOurs: false, lockedAt: hoursAgo(5), boundMinor: 1n }, isReferred: true }, "already_locked"],
    [{ isReferred: true, isLockSpent: true }, "referred"],
    [{ isLockSpent: true, isDoorWorkflowOn: false }, "lock_spent"],
    [{ isDoorWorkflowOn: false, dueMinor: 9_999n, attempts: 4 }, "under_bound"],
    [{ isDoorWorkflowOn: false, dueMinor: 10_000n, attempts: 3 }, "under_bound"],
    [{ daysPastDue: 3 }, "within_grace"],
    [{ daysPastDue: 1, warning: null }, "within_grace"],
  ] as const)("no lock for %o", (over, reason) => {
    expect(lockAt(over)).toEqual({ kind: "none", reason });
  });

  test("the amount that was owed at least is told: the door's own, or the ladder's where only that one asks", () => {
    expect(lockAt({ dueMinor: 10_000n, attempts: 4 })).toEqual({ kind: "lock", boundMinor: 1n });
    expect(lockAt({ dueMinor: 10_000n, attempts: 4, isDoorWorkflowOn: false })).toEqual({ kind: "lock", boundMinor: 10_000n });
    const door = DoorAccessSettings.parse({ ...DOOR, lockFromMinor: 12_000 });
    const both = debt({ dueMinor: 12_000n, attempts: 4 });
    expect(decideLock(both, { ...SETTINGS, door }, NOON)).toEqual({ kind: "lock", boundMinor: 10_000n });
    expect(decideLock({ ...both, attempts: 3 }, { ...SETTINGS, door }, NOON)).toEqual({ kind: "lock", boundMinor: 12_000n });
    expect(decideLock({ ...both, attempts: 3, dueMinor: 11_999n }, { ...SETTINGS, door }, NOON)).toMatchObject({ reason: "under_bound" });
  });

  test("everything that holds is told, each once", () => {
    const holds = RECORDED_HOLD_KINDS.flatMap((kind) => [
      { kind, since: hoursAgo(1), until: null },
      { kind, since: hoursAgo(2), until: null },
    ]);
    const everything = { holds, paidClaimAt: hoursAgo(1), balanceReadAt: null, isMinor: true };
    const reasons = [...RECORDED_HOLD_KINDS, "paid_claim", "stale_balance", "minor"];
    expect(lockAt(everything)).toEqual({ kind: "held", reasons });
  });
});

describe("the warning", () => {
  const unwarned = (over: Partial<DoorFacts> = {}) => lockAt({ warning: null, ...over });

  test("names a day on which it is old enough: the day after the grace, never sooner than the day after tomorrow", () => {
    expect(unwarned({ daysPastDue: 2 })).toEqual({ kind: "warn", namesOn: "2026-11-23" });
    expect(unwarned({ daysPastDue: 3 })).toEqual({ kind: "warn", namesOn: "2026-11-23" });
    expect(unwarned({ daysPastDue: 40 })).toEqual({ kind: "warn", namesOn: "2026-11-23" });
    const door = DoorAccessSettings.parse({ ...DOOR, warningHours: 49, graceDays: 10 });
    const at = (daysPastDue: number) => decideLock(debt({ warning: null, daysPastDue }), { ...SETTINGS, door }, NOON);
    expect(at(6)).toEqual({ kind: "none", reason: "within_grace" });
    expect(at(7)).toEqual({ kind: "warn", namesOn: "2026-11-25" });
    expect(at(8)).toEqual({ kind: "warn", namesOn: "2026-11-25" });
  });

  test("of an earlier debt does not count, and a hold needs no warning", () => {
    const old = { deliveredAt: hoursAgo(48), namesOn: "2026-11-21", episodeOn: "2026-09-01" };
    expect(lockAt({ warning: old })).toEqual({ kind: "warn", namesOn: "2026-11-23" });
    expect(unwarned({ isMinor: true })).toEqual({ kind: "held", reasons: ["minor"] });
  });

  test("waits for room among the texts about money, but not for the pause after a reminder", () => {
    expect(unwarned({ billingTextsAt: [hoursAgo(1), hoursAgo(2)] })).toMatchObject({ kind: "warn" });
    expect(unwarned({ billingTextsAt: [hoursAgo(1), hoursAgo(2), hoursAgo(100)] })).toEqual({ kind: "wait", reasons: ["texts_in_7_days"] });
  });

  test("is old enough after 24 hours to the millisecond, and its day must have come on the club's calendar", () => {
    const warned = (deliveredAt: Date | null, namesOn = "2026-11-21") =>
      lockAt({ warning: { deliveredAt, namesOn, episodeOn: "2026-11-11" } });
    expect(warned(hoursAgo(24))).toMatchObject({ kind: "lock" });
    expect(warned(ms(hoursAgo(24), 1))).toEqual({ kind: "wait", reasons: ["warning_recent"] });
    expect(warned(hoursAgo(48), "2026-11-22")).toEqual({ kind: "wait", reasons: ["date_ahead"] });
    expect(warned(null)).toEqual({ kind: "wait", reasons: ["warning_under_way"] });
  });

  test("all that makes a lock wait is told together", () => {
    expect(
      lockAt(
        {
          warning: { deliveredAt: hoursAgo(-9), namesOn: "2026-11-22", episodeOn: "2026-11-11" },
          isStaffedNow: false,
          balanceReadAt: hoursAgo(-10),
        },
        hoursAgo(-10),
      ),
    ).toEqual({ kind: "wait", reasons: ["warning_recent", "date_ahead", "no_staff", "night"] });
  });
});

describe("the night", () => {
  const timeZone = "America/New_York";
  const isNightAt = (iso: string, night = DOOR) => isNight(night, { timeZone, now: new Date(iso) });

  test("goes from its first minute up to its last, over midnight or not", () => {
    expect(isNightAt("2026-11-22T01:59:59Z")).toBe(false);
    expect(isNightAt("2026-11-22T02:00:00Z")).toBe(true);
    expect(isNightAt("2026-11-22T12:59:59Z")).toBe(true);
    expect(isNightAt("2026-11-22T13:00:00Z")).toBe(false);
    const early = { ...DOOR, nightFromMinute: 65, nightUntilMinute: 430 };
    expect(isNightAt("2026-11-22T06:04:59Z", early)).toBe(false);
    expect(isNightAt("2026-11-22T06:05:00Z", early)).toBe(true);
    expect(isNightAt("2026-11-22T12:09:59Z", early)).toBe(true);
    expect(isNightAt("2026-11-22T12:10:00Z", early)).toBe(false);
    expect(isNightAt("2026-11-22T02:00:00Z", early)).toBe(false);
  });
});

describe("unlocking", () => {
  const lock = { isOurs: true, lockedAt: hoursAgo(30), boundMinor: 10_000n };

  test("is never refused to whoever fell under the bound: no hold, stale balance, night or empty desk stands against it", () => {
    fc.assert(
      fc.property(anyDebt, fc.bigInt({ min: 1n, max: 20_000n }), fc.bigInt({ min: 1n, max: 30_000n }), (facts, boundMinor, less) => {
        const locked = { ...facts, lock: { ...lock, boundMinor }, dueMinor: boundMinor - less };
        expect(decideUnlock(locked, { isToldByPerson: false, now: NOON })).toEqual({ kind: "unlock", reason: "paid" });
      }),
    );
  });

  test("happens only for money, an exception or a person, and of locks that are not ours only by a person", () => {
    fc.assert(
      fc.property(anyDebt, fc.boolean(), (facts, isToldByPerson) => {
        const decision = decideUnlock(facts, { isToldByPerson, now: NOON });
        const isPaid = facts.lock !== null && facts.dueMinor < facts.lock.boundMinor;
        const isExempt = facts.holds.some(
          ({ kind, since, until }) => kind === "exemption" && since <= NOON && (until === null || until > NOON),
        );
        const mayOpen = facts.lock !== null && (isToldByPerson || (facts.lock.isOurs && (isPaid || isExempt)));
        expect(decision.kind).toBe(mayOpen ? "unlock" : "none");
      }),
      { numRuns: 5_000 },
    );
  });

  test("whoever owes the bound stays locked, one cent less opens, and nothing owed opens whatever the bound", () => {
    const unlock = (dueMinor: bigint, boundMinor = 10_000n) =>
      decideUnlock(debt({ dueMinor, lock: { ...lock, boundMinor } }), { isToldByPerson: false, now: NOON });
    expect(unlock(10_000n)).toEqual({ kind: "none" });
    expect(unlock(9_999n)).toEqual({ kind: "unlock", reason: "paid" });
    expect(unlock(0n, 0n)).toEqual({ kind: "unlock", reason: "paid" });
    expect(unlock(1n, 0n)).toEqual({ kind: "none" });
  });

  test("says why, a person's word first; other holds open nothing", () => {
    const at = { isToldByPerson: false, now: NOON };
    const holding = (kind: (typeof RECORDED_HOLD_KINDS)[number], until: Date | null = null) =>
      debt({ lock, dueMinor: 20_000n, holds: [{ kind, since: hoursAgo(1), until }] });
    for (const kind of RECORDED_HOLD_KINDS) {
      expect(decideUnlock(holding(kind), at)).toEqual(kind === "exemption" ? { kind: "unlock", reason: "exemption" } : { kind: "none" });
    }
    expect(decideUnlock(holding("exemption", NOON), at)).toEqual({ kind: "none" });
    expect(decideUnlock(holding("exemption", ms(NOON, 1)), at)).toMatchObject({ kind: "unlock" });
    expect(decideUnlock(holding("exemption"), { ...at, now: ms(hoursAgo(1), -1) })).toEqual({ kind: "none" });
    expect(decideUnlock(holding("exemption"), { ...at, now: hoursAgo(1) })).toMatchObject({ kind: "unlock" });
    const both = [{ kind: "plan" as const, since: hoursAgo(1), until: null }, ...holding("exemption").holds];
    expect(decideUnlock({ ...holding("plan"), holds: both }, at)).toMatchObject({ reason: "exemption" });
    expect(decideUnlock(debt({ lock, dueMinor: 1n }), { ...at, isToldByPerson: true })).toEqual({ kind: "unlock", reason: "person" });
    expect(decideUnlock(debt({ lock: null }), { ...at, isToldByPerson: true })).toEqual({ kind: "none" });
  });
});

describe("the locks of a run", () => {
  const candidates = Array.from({ length: 37 }, (_, index) => ({
    key: `mem_${String(index).padStart(2, "0")}`,
    dueMinor: BigInt(1 + (index % 3)),
    daysPastDue: 4 + (index % 5),
  }));
  const auto = { ...DOOR, isAutoLockOn: true };

  test("are one question until the owner lets them happen", () => {
    expect(shareLocks(candidates, { door: DOOR, lockedToday: 0 })).toMatchObject({ lock: [], ask: { length: 37 } });
  });

  test("happen up to what is left of the day's ten, and a person is asked about the others", () => {
    for (const [lockedToday, room] of [
      [0, 10],
      [4, 6],
      [10, 0],
      [12, 0],
    ] as const) {
      const { lock, ask } = shareLocks(candidates, { door: auto, lockedToday });
      expect([lock.length, ask.length]).toEqual([room, 37 - room]);
      expect([...lock, ...ask].map(({ key }) => key).toSorted()).toEqual(candidates.map(({ key }) => key));
    }
  });

  test("the longest due come first, then the largest, and the order never depends on how they were listed", () => {
    const ordered = shareLocks(candidates, { door: auto, lockedToday: 0 }).lock;
    expect(shareLocks(candidates.toReversed(), { door: auto, lockedToday: 0 }).lock).toEqual(ordered);
    expect(ordered.map(({ daysPastDue, dueMinor, key }) => `${daysPastDue} ${dueMinor} ${key}`)).toEqual([
      "8 3 mem_14",
      "8 3 mem_29",
      "8 2 mem_04",
      "8 2 mem_19",
      "8 2 mem_34",
      "8 1 mem_09",
      "8 1 mem_24",
      "7 3 mem_08",
      "7 3 mem_23",
      "7 2 mem_13",
    ]);
  });
});
