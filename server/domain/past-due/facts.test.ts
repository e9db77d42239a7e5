import { describe, expect, test } from "vitest";

import { debt, hoursAgo, NOON } from "#server/testing/past-due-facts.ts";

import { ATTEMPT_KINDS, ATTEMPT_OUTCOME, countAttempts, daysPastDue, episodeAfter, episodeOf } from "./episode.ts";
import type { Attempt } from "./episode.ts";
import { activeHolds, dueOf, HOLD_KINDS, holdsEndAt, RECORDED_HOLD_KINDS } from "./facts.ts";
import { DEFAULT_PAST_DUE_SETTINGS as SETTINGS } from "./settings.ts";

const kindsAt = (facts: Parameters<typeof activeHolds>[0], now = NOON): readonly string[] =>
  activeHolds(facts, SETTINGS, now).map(({ kind }) => kind);
const ms = (at: Date, more: number): Date => new Date(at.getTime() + more);

describe("what is owed", () => {
  test.each([
    [{ duesMinor: 3_000n, trainingMinor: 2_500n }, 5_500n],
    [{ duesMinor: 3_000n, trainingMinor: null }, 3_000n],
    [{ duesMinor: null, trainingMinor: 2_500n }, 2_500n],
    [{ duesMinor: null, trainingMinor: null }, 0n],
    [{ duesMinor: 3_000n, trainingMinor: -4_000n }, -1_000n],
  ])("is dues and training together, a credit counts: %o", (parts, sum) => {
    expect(dueOf(parts)).toBe(sum);
  });
});

describe("holds", () => {
  test.each(RECORDED_HOLD_KINDS)("%s holds from its first instant to its last, and not at its end", (kind) => {
    const facts = debt({ holds: [{ kind, since: hoursAgo(2), until: NOON }] });
    expect(kindsAt(facts, ms(hoursAgo(2), -1))).not.toContain(kind);
    expect(activeHolds({ ...facts, balanceReadAt: hoursAgo(2) }, SETTINGS, hoursAgo(2))).toEqual(facts.holds);
    expect(kindsAt(facts, ms(NOON, -1))).toEqual([kind]);
    expect(kindsAt(facts, NOON)).toEqual([]);
    expect(kindsAt(debt({ holds: [{ kind, since: hoursAgo(2), until: null }] }))).toEqual([kind]);
  });

  test("`I paid already` holds for 72 hours", () => {
    expect(activeHolds(debt({ paidClaimAt: hoursAgo(10) }), SETTINGS, NOON)).toEqual([
      { kind: "paid_claim", since: hoursAgo(10), until: hoursAgo(10 - 72) },
    ]);
    expect(kindsAt(debt({ paidClaimAt: ms(hoursAgo(72), 1) }))).toEqual(["paid_claim"]);
    expect(kindsAt(debt({ paidClaimAt: hoursAgo(72) }))).toEqual([]);
  });

  test("a balance holds everything when it is older than an hour, from the future, or of unknown age", () => {
    expect(kindsAt(debt({ balanceReadAt: hoursAgo(1) }))).toEqual([]);
    for (const balanceReadAt of [null, ms(hoursAgo(1), -1), ms(hoursAgo(-1), 1)]) {
      expect(activeHolds(debt({ balanceReadAt }), SETTINGS, NOON)).toEqual([{ kind: "stale_balance", since: NOON, until: null }]);
    }
  });

  test("come in one order, the gravest first", () => {
    const holds = RECORDED_HOLD_KINDS.toReversed().map((kind) => ({ kind, since: hoursAgo(1), until: null }));
    expect(kindsAt(debt({ holds, paidClaimAt: hoursAgo(1), balanceReadAt: null }))).toEqual(HOLD_KINDS);
  });

  test("end with the last of them, or never by themselves", () => {
    const hold = (until: Date | null) => ({ kind: "freeze" as const, since: hoursAgo(9), until });
    expect(holdsEndAt([])).toBeNull();
    expect(holdsEndAt([hold(hoursAgo(-3)), hold(hoursAgo(-1))])).toEqual(hoursAgo(-3));
    expect(holdsEndAt([hold(hoursAgo(-3)), hold(null)])).toBeNull();
  });
});

describe("an episode", () => {
  const reading = (at: string, dueMinor: bigint) => ({ at: new Date(at), dueMinor });
  const timeZone = "America/New_York";

  test("begins on the club's day on which something is owed and goes on until nothing is", () => {
    const first = reading("2026-11-02T03:00:00Z", 1n);
    expect(episodeAfter(null, { reading: first, timeZone })).toBe("2026-11-01");
    expect(episodeAfter("2026-10-01", { reading: first, timeZone })).toBe("2026-10-01");
    for (const dueMinor of [0n, -1n]) {
      expect(episodeAfter("2026-10-01", { reading: reading("2026-11-02T03:00:00Z", dueMinor), timeZone })).toBeNull();
    }
  });

  test("is read from a history in any order", () => {
    const [first, paid, again, last] = [
      reading("2026-11-01T15:00:00Z", 4_000n),
      reading("2026-11-05T15:00:00Z", 0n),
      reading("2026-11-08T15:00:00Z", 7_000n),
      reading("2026-11-10T15:00:00Z", 900n),
    ];
    expect(episodeOf([last, again, first, paid], timeZone)).toBe("2026-11-08");
    expect(episodeOf([paid, first], timeZone)).toBeNull();
    expect(episodeOf([], timeZone)).toBeNull();
  });

  test.each([
    [{ oldestUnpaidOn: "2026-11-01", episodeOn: "2026-11-05", today: "2026-11-21" }, 20],
    [{ oldestUnpaidOn: null, episodeOn: "2026-11-05", today: "2026-11-21" }, 16],
    [{ oldestUnpaidOn: null, episodeOn: null, today: "2026-11-21" }, 0],
    [{ oldestUnpaidOn: "2026-11-22", episodeOn: null, today: "2026-11-21" }, 0],
    [{ oldestUnpaidOn: "2026-10-31", episodeOn: null, today: "2026-11-03" }, 3],
  ])("its days past due are those of the oldest unpaid due date: %o", (dates, days) => {
    expect(daysPastDue(dates)).toBe(days);
  });
});

describe("attempts", () => {
  const on = { episodeOn: "2026-10-01", today: "2026-11-21", timeZone: "America/New_York" };
  const attempt = (over: Partial<Attempt>): Attempt => ({
    kind: "friendly",
    episodeOn: "2026-10-01",
    at: hoursAgo(48),
    outcome: "confirmed",
    ...over,
  });

  test("are the reminders that went out or may have, and calls; invoices, lock notices and chat answers are none", () => {
    for (const kind of ATTEMPT_KINDS) {
      for (const outcome of ["confirmed", "unknown", "failed", "unsent"] as const) {
        const isReminder = kind === "friendly" || kind === "firm" || kind === "final";
        const isCounted = kind === "call" || (isReminder && (outcome === "confirmed" || outcome === "unknown"));
        expect(countAttempts([attempt({ kind, outcome })], on), `${kind} ${outcome}`).toEqual({
          attempts: isCounted ? 1 : 0,
          attemptsIn30Days: isCounted ? 1 : 0,
          failedSends: isReminder && outcome === "failed" ? 1 : 0,
        });
      }
    }
  });

  test("of another episode do not count", () => {
    expect(countAttempts([attempt({ episodeOn: "2026-11-01" }), attempt({ episodeOn: "2026-11-01", outcome: "failed" })], on)).toEqual({
      attempts: 0,
      attemptsIn30Days: 0,
      failedSends: 0,
    });
  });

  test("the last 30 days are days of the club's calendar and end with the thirtieth before today", () => {
    const attempts = [new Date("2026-10-22T04:00:00Z"), new Date("2026-10-22T03:59:59Z")].map((at) => attempt({ at }));
    expect(countAttempts(attempts, on)).toMatchObject({ attempts: 2, attemptsIn30Days: 1 });
  });

  test("a send of which nobody knows counts, one that never began or failed does not", () => {
    expect(ATTEMPT_OUTCOME).toEqual({
      planned: "unsent",
      approved: "unsent",
      dispatching: "unknown",
      confirmed: "confirmed",
      failed: "failed",
      unknown: "unknown",
      needs_human: "unknown",
      dropped: "unsent",
    });
  });
});
