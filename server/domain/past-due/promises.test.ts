import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { holdOfPromise, isPromiseReminderDue, promiseProgress, promiseVerdict, settlePromise, withdrawPromise } from "./promises.ts";
import type { PaidAmount, PaymentPromise, PromiseStatus } from "./promises.ts";
import { DEFAULT_PAST_DUE_SETTINGS as SETTINGS } from "./settings.ts";

const timeZone = "America/New_York";
const DAY_MS = 86_400_000;
const MADE_AT = new Date("2026-11-16T17:00:00Z");
const dayAt = (days: number, hours = 0): Date => new Date(MADE_AT.getTime() + days * DAY_MS + hours * 3_600_000);

/** Made on Monday for Friday. */
const promise = (over: Partial<PaymentPromise> = {}): PaymentPromise => ({
  status: "open",
  madeAt: MADE_AT,
  promisedOn: "2026-11-20",
  amountMinor: 5_000n,
  dueWhenMadeMinor: 8_000n,
  ...over,
});
const settle = (one: PaymentPromise, { payments = [] as readonly PaidAmount[], dueMinor = 8_000n, now = dayAt(1) } = {}): PromiseStatus =>
  settlePromise(one, { payments, dueMinor, timeZone, now }, SETTINGS);

type Step =
  | { readonly kind: "day" }
  | { readonly kind: "pay"; readonly amountMinor: bigint }
  | { readonly kind: "refund"; readonly amountMinor: bigint }
  | { readonly kind: "withdraw" };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: "day" as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("pay" as const), amountMinor: fc.bigInt({ min: 1n, max: 5_000n }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("refund" as const), amountMinor: fc.bigInt({ min: 1n, max: 2_000n }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: "withdraw" as const }) },
);

describe("a promise to pay", () => {
  test("through any sequence of days, payments, refunds and withdrawals: what is settled stays settled, and each end has its ground", () => {
    const ends = new Map<PromiseStatus, number>();
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 14 }), fc.boolean(), (steps, isWhole) => {
        const made = promise(isWhole ? { amountMinor: null } : {});
        let [status, day, paid, due]: [PromiseStatus, number, bigint, bigint] = ["open", 0, 0n, 8_000n];
        const payments: PaidAmount[] = [];
        for (const step of steps) {
          const before = status;
          if (step.kind === "day") {
            day += 1;
          } else if (step.kind === "withdraw") {
            status = withdrawPromise(status);
          } else {
            const amountMinor = step.kind === "pay" ? step.amountMinor : -step.amountMinor;
            payments.push({ at: dayAt(day), amountMinor });
            [paid, due] = [paid + amountMinor, due - amountMinor];
          }
          status = settle({ ...made, status }, { payments, dueMinor: due, now: dayAt(day) });
          if (before !== "open") {
            expect(status).toBe(before);
          } else if (step.kind === "withdraw") {
            expect(status).toBe("withdrawn");
          } else if (due <= 0n || paid >= (isWhole ? 8_000n : 5_000n)) {
            expect(status).toBe("kept");
          } else {
            // Monday and four days are Friday; Saturday is the day of grace.
            expect(status).toBe(day > 5 ? "broken" : "open");
          }
        }
        ends.set(status, (ends.get(status) ?? 0) + 1);
      }),
      { numRuns: 3_000 },
    );
    for (const status of ["open", "kept", "broken", "withdrawn"] as const) {
      expect(ends.get(status) ?? 0, status).toBeGreaterThan(50);
    }
  });

  test("is broken only after the named day and its day of grace, by the club's calendar", () => {
    expect(settle(promise(), { now: new Date("2026-11-22T04:59:59Z") })).toBe("open");
    expect(settle(promise(), { now: new Date("2026-11-22T05:00:00Z") })).toBe("broken");
    expect(
      settlePromise(promise(), { payments: [], dueMinor: 1n, timeZone, now: new Date("2026-11-21T05:00:00Z") }, { promiseGraceDays: 0 }),
    ).toBe("broken");
  });

  test("money that arrives after the day, but before anybody looked, still keeps it", () => {
    expect(settle(promise(), { payments: [{ at: dayAt(9), amountMinor: 5_000n }], now: dayAt(9) })).toBe("kept");
  });

  test("a part of it leaves it open, tells what is left, and is not enough in the end", () => {
    const payments = [
      { at: dayAt(-1), amountMinor: 9_000n },
      { at: MADE_AT, amountMinor: 2_000n },
      { at: dayAt(1), amountMinor: 2_999n },
    ];
    expect(promiseProgress(promise(), payments)).toEqual({ paidMinor: 4_999n, leftMinor: 1n });
    expect(settle(promise(), { payments })).toBe("open");
    expect(settle(promise(), { payments, now: dayAt(6) })).toBe("broken");
    expect(settle(promise(), { payments: [...payments, { at: dayAt(1), amountMinor: 1n }] })).toBe("kept");
    expect(promiseProgress(promise({ amountMinor: null }), payments)).toEqual({ paidMinor: 4_999n, leftMinor: 3_001n });
    expect(promiseProgress(promise(), [{ at: dayAt(1), amountMinor: -700n }])).toEqual({ paidMinor: 0n, leftMinor: 5_000n });
    expect(promiseProgress(promise(), [{ at: dayAt(1), amountMinor: 6_000n }])).toEqual({ paidMinor: 6_000n, leftMinor: 0n });
  });

  test("its line comes on the named day, once, and only while it is open", () => {
    const at = { timeZone, now: new Date("2026-11-20T15:00:00Z"), hasReminded: false };
    expect(isPromiseReminderDue(promise(), at)).toBe(true);
    expect(isPromiseReminderDue(promise(), { ...at, hasReminded: true })).toBe(false);
    expect(isPromiseReminderDue(promise(), { ...at, now: new Date("2026-11-20T04:59:59Z") })).toBe(false);
    expect(isPromiseReminderDue(promise(), { ...at, now: new Date("2026-11-21T05:00:00Z") })).toBe(false);
    for (const status of ["kept", "broken", "withdrawn"] as const) {
      expect(isPromiseReminderDue(promise({ status }), at)).toBe(false);
    }
  });

  test("holds from when it was made until it would be broken, and no longer once it is settled", () => {
    expect(holdOfPromise(promise(), timeZone, SETTINGS)).toEqual({
      kind: "promise",
      since: MADE_AT,
      until: new Date("2026-11-22T05:00:00Z"),
    });
    expect(holdOfPromise(promise({ status: "broken" }), timeZone, SETTINGS)).toBeNull();
  });

  test.each([
    ["2026-11-15", "past"],
    ["2026-11-16", "fine"],
    ["2026-12-16", "fine"],
    ["2026-12-17", "far"],
  ] as const)("for %s it is %s", (promisedOn, verdict) => {
    expect(promiseVerdict(promisedOn, { today: "2026-11-16", promiseMaxDays: 30 })).toBe(verdict);
  });
});
