import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { anyDebt, debt, hoursAgo, NOON } from "#server/testing/past-due-facts.ts";

import type { DoorFacts, Tier } from "./facts.ts";
import { decideReminder, paceOf, stepOf } from "./ladder.ts";
import { DEFAULT_PAST_DUE_SETTINGS, PastDueSettings } from "./settings.ts";

const SETTINGS = DEFAULT_PAST_DUE_SETTINGS;
const HOUR_MS = 3_600_000;

/** The rule table, cell for cell: an amount from, an amount to, and what follows after 0, 1, 2, 3, 4 and 5 attempts. */
const TABLE = [
  [1n, 5_000n, ["friendly", "friendly", "firm", "firm", "final", "final"]],
  [5_001n, 9_999n, ["friendly", "firm", "firm", "firm", "final", "final"]],
  [10_000n, null, ["friendly", "final", "final", "final", "final, note, lock", "final, note, lock"]],
] as const;
/** The first column where the first notice is as firm as any other. */
const STRICT_FIRST = ["friendly", "firm", "final"] as const;

const cellOf = (dueMinor: bigint, { attempts, isStrict }: { readonly attempts: number; readonly isStrict: boolean }): string => {
  const index = TABLE.findIndex(([from, to]) => dueMinor >= from && (to === null || dueMinor <= to));
  const cells: readonly string[] = TABLE[index]?.[2] ?? [];
  return (isStrict && attempts === 0 ? STRICT_FIRST[index] : cells[attempts]) ?? "no such cell";
};

const cellText = (step: { tier: Tier; alsoUrgentNote: boolean; alsoLockRequest: boolean }): string =>
  [step.tier, ...(step.alsoUrgentNote ? ["note"] : []), ...(step.alsoLockRequest ? ["lock"] : [])].join(", ");

/** Whether a text may go out at an instant, counted anew for it. */
const isPacedOut = (textsAt: readonly Date[], at: number): boolean => {
  const ages = textsAt.map((text) => at - text.getTime());
  return ages.some((age) => age < 72 * HOUR_MS) || ages.filter((age) => age < 168 * HOUR_MS).length >= 3;
};

const isHeld = ({ balanceReadAt, holds, isMinor, paidClaimAt }: DoorFacts): boolean => {
  const now = NOON.getTime();
  const isStale = balanceReadAt === null || Math.abs(now - balanceReadAt.getTime()) > HOUR_MS;
  const isClaimed = paidClaimAt !== null && paidClaimAt.getTime() <= now && now < paidClaimAt.getTime() + 72 * HOUR_MS;
  return (
    isStale ||
    isClaimed ||
    isMinor ||
    holds.some(({ since, until }) => since.getTime() <= now && now < (until?.getTime() ?? Number.MAX_SAFE_INTEGER))
  );
};

/** The questions in the order of the rules: the first that is answered yes decides. */
const ORACLE: readonly (readonly [string, (facts: DoorFacts) => boolean])[] = [
  ["nothing", ({ dueMinor }) => dueMinor < 1n],
  ["nothing", ({ isReferred }) => isReferred],
  ["held", isHeld],
  ["deferred", ({ billingTextsAt }) => isPacedOut(billingTextsAt, NOON.getTime())],
  ["ended", ({ attempts }) => attempts >= 6],
  ["nothing", ({ isInvoiceDay }) => isInvoiceDay],
  ["remind", () => true],
];

const anySettings: fc.Arbitrary<PastDueSettings> = fc
  .record({
    amounts: fc.uniqueArray(fc.integer({ min: 1, max: 40_000 }), { minLength: 3, maxLength: 3 }),
    urgentMore: fc.nat({ max: 5_000 }),
    attempts: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 3 }),
    endsAtAttempts: fc.constantFrom(6),
    firstNoticeFriendly: fc.boolean(),
  })
  .map(({ amounts, urgentMore, attempts, endsAtAttempts, firstNoticeFriendly }) => {
    const [remind = 1, firm = 2, final = 3] = amounts.toSorted((left, right) => left - right);
    const [firmFrom = 1, finalFrom = 2, urgentFrom = 3] = attempts.toSorted((left, right) => left - right);
    return PastDueSettings.parse({
      ...SETTINGS,
      remindFromMinor: remind,
      firmFromMinor: firm,
      finalFromMinor: final,
      urgentFromMinor: final + urgentMore,
      firmFromAttempts: firmFrom,
      finalFromAttempts: finalFrom,
      urgentFromAttempts: urgentFrom,
      endsAtAttempts,
      firstNoticeFriendly,
    });
  });

describe("the table of the ladder", () => {
  test("every amount around a bound and every number of attempts gets the cell of the rule table", () => {
    const amounts = [1n, 2n, 2_500n, 4_999n, 5_000n, 5_001n, 5_002n, 9_998n, 9_999n, 10_000n, 10_001n, 20_000n, 99_999_999n];
    for (const dueMinor of amounts) {
      for (const attempts of [0, 1, 2, 3, 4, 5]) {
        for (const isStrict of [false, true]) {
          const step = stepOf({ dueMinor, attempts }, { ...SETTINGS, firstNoticeFriendly: !isStrict });
          expect(cellText(step), `${dueMinor} after ${attempts}`).toBe(cellOf(dueMinor, { attempts, isStrict }));
        }
      }
    }
  });

  test("20,000 debts are answered as the rule table answers them, question for question and cell for cell", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(anyDebt, fc.boolean(), (facts, isStrict) => {
        const expected = ORACLE.find(([, holds]) => holds(facts))?.[0];
        const decision = decideReminder(facts, { ...SETTINGS, firstNoticeFriendly: !isStrict }, NOON);
        seen.set(decision.kind, (seen.get(decision.kind) ?? 0) + 1);
        const isCell = decision.kind !== "remind" || cellText(decision) === cellOf(facts.dueMinor, { attempts: facts.attempts, isStrict });
        return decision.kind === expected && isCell;
      }),
      { numRuns: 20_000 },
    );
    // An oracle that is hardly ever asked proves nothing.
    for (const kind of ["nothing", "held", "deferred", "ended", "remind"]) {
      expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(300);
    }
  });

  test("totality: with any valid settings every debt has exactly one step, and more debt or more attempts never make it milder", () => {
    const order = { friendly: 0, firm: 1, final: 2 };
    fc.assert(
      fc.property(anySettings, fc.bigInt({ min: 1n, max: 60_000n }), fc.nat({ max: 7 }), (settings, dueMinor, attempts) => {
        const step = stepOf({ dueMinor, attempts }, settings);
        expect(["friendly", "firm", "final"]).toContain(step.tier);
        expect(step.alsoUrgentNote).toBe(
          dueMinor >= BigInt(settings.urgentFromMinor) && attempts >= settings.urgentFromAttempts && attempts > 0,
        );
        expect(step.alsoLockRequest).toBe(step.alsoUrgentNote);
        expect(!step.alsoUrgentNote || step.tier === "final").toBe(true);
        expect(order[stepOf({ dueMinor: dueMinor + 1n, attempts }, settings).tier]).toBeGreaterThanOrEqual(order[step.tier]);
        expect(order[stepOf({ dueMinor, attempts: attempts + 1 }, settings).tier]).toBeGreaterThanOrEqual(order[step.tier]);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    [{ dueMinor: 5_000n, attempts: 0 }, "first_notice"],
    [{ dueMinor: 5_000n, attempts: 1 }, "amount"],
    [{ dueMinor: 5_000n, attempts: 2 }, "attempts"],
    [{ dueMinor: 5_001n, attempts: 2 }, "amount"],
    [{ dueMinor: 9_999n, attempts: 4 }, "attempts"],
    [{ dueMinor: 10_000n, attempts: 4 }, "amount"],
  ] as const)("says why it is as firm as it is: %o", (place, reason) => {
    expect(decideReminder(debt(place), SETTINGS, NOON)).toMatchObject({ kind: "remind", reason });
  });
});

describe("the questions before the table", () => {
  const inTheWay: readonly (readonly [string, Partial<DoorFacts>])[] = [
    ["nothing_due", { dueMinor: 0n }],
    ["referred", { isReferred: true }],
    ["dispute", { holds: [{ kind: "dispute", since: hoursAgo(1), until: null }] }],
    ["recent_text", { billingTextsAt: [hoursAgo(1)] }],
    ["attempts_spent", { attempts: 6 }],
    ["invoice_today", { isInvoiceDay: true }],
  ];

  test("each is asked before all that follow", () => {
    for (const [index, [reason]] of inTheWay.entries()) {
      const facts = debt(Object.assign({}, ...inTheWay.slice(index).map(([, over]) => over)));
      expect(decideReminder(facts, SETTINGS, NOON)).toMatchObject({ reason });
    }
  });

  test("a debt below the club's least amount is left alone, one of that amount is not", () => {
    const settings = PastDueSettings.parse({ ...SETTINGS, remindFromMinor: 500 });
    expect(decideReminder(debt({ dueMinor: 499n, isReferred: true }), settings, NOON)).toEqual({
      kind: "nothing",
      reason: "below_minimum",
    });
    expect(decideReminder(debt({ dueMinor: 500n }), settings, NOON)).toMatchObject({ kind: "remind" });
    expect(decideReminder(debt({ dueMinor: 0n }), settings, NOON)).toEqual({ kind: "nothing", reason: "nothing_due" });
  });

  test("the last of several holds says when it is over, and one without an end leaves it open", () => {
    const [short, long] = [hoursAgo(-5), hoursAgo(-50)];
    const holds = [
      { kind: "freeze", since: hoursAgo(9), until: long },
      { kind: "promise", since: hoursAgo(9), until: short },
    ] as const;
    expect(decideReminder(debt({ holds }), SETTINGS, NOON)).toEqual({
      kind: "held",
      reason: "promise",
      until: long,
      holds: [holds[1], holds[0]],
    });
    const open = { kind: "plan", since: hoursAgo(9), until: null } as const;
    expect(decideReminder(debt({ holds: [...holds, open] }), SETTINGS, NOON)).toMatchObject({ reason: "plan", until: null });
    expect(decideReminder(debt({ holds, isMinor: true }), SETTINGS, NOON)).toMatchObject({ reason: "promise", until: null });
    expect(decideReminder(debt({ isMinor: true }), SETTINGS, NOON)).toEqual({ kind: "held", reason: "minor", until: null, holds: [] });
  });
});

describe("the pace of texts about money", () => {
  test("the time it names is the first at which a text may go out", () => {
    const anyTexts = fc.array(
      fc.integer({ min: -2, max: 200 * 60 }).map((minutes) => hoursAgo(minutes / 60)),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(anyTexts, (textsAt) => {
        const pace = paceOf(textsAt, SETTINGS, NOON);
        expect(pace !== null).toBe(isPacedOut(textsAt, NOON.getTime()));
        if (pace !== null) {
          expect(isPacedOut(textsAt, pace.until.getTime() - 1)).toBe(true);
          expect(isPacedOut(textsAt, pace.until.getTime())).toBe(false);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test("72 hours after the last text to the millisecond the next may go out", () => {
    expect(paceOf([hoursAgo(72)], SETTINGS, NOON)).toBeNull();
    expect(paceOf([new Date(hoursAgo(72).getTime() + 1)], SETTINGS, NOON)).toEqual({
      reason: "recent_text",
      until: new Date(NOON.getTime() + 1),
    });
  });

  test("three in seven days wait for the oldest of them to be a week old", () => {
    const textsAt = [hoursAgo(80), hoursAgo(160), hoursAgo(120)];
    expect(paceOf(textsAt, SETTINGS, NOON)).toEqual({ reason: "texts_in_7_days", until: hoursAgo(160 - 168) });
    expect(paceOf([hoursAgo(80), hoursAgo(168), hoursAgo(120)], SETTINGS, NOON)).toBeNull();
    expect(paceOf([hoursAgo(80), hoursAgo(120)], SETTINGS, NOON)).toBeNull();
  });

  test("whichever of the two lasts longer is told, the ceiling where they end together", () => {
    expect(paceOf([hoursAgo(1), hoursAgo(150), hoursAgo(160)], SETTINGS, NOON)?.reason).toBe("recent_text");
    expect(paceOf([hoursAgo(71), hoursAgo(72), hoursAgo(73)], SETTINGS, NOON)?.reason).toBe("texts_in_7_days");
    expect(paceOf([hoursAgo(10), hoursAgo(20), hoursAgo(106)], SETTINGS, NOON)?.reason).toBe("texts_in_7_days");
  });
});
