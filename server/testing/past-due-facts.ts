import fc from "fast-check";

import { RECORDED_HOLD_KINDS } from "#server/domain/past-due/facts.ts";
import type { DoorFacts, RecordedHold } from "#server/domain/past-due/facts.ts";

/** A Saturday, 12:00 in New York. */
export const NOON = new Date("2026-11-21T17:00:00Z");

const HOUR_MS = 3_600_000;

/** @param hours before noon; negative = after it */
export const hoursAgo = (hours: number): Date => new Date(NOON.getTime() - hours * HOUR_MS);

/** A debt with nothing special about it: reminded, and locked by the door workflow. */
export const debt = (over: Partial<DoorFacts> = {}): DoorFacts => ({
  dueMinor: 7_500n,
  currency: "USD",
  daysPastDue: 10,
  episodeOn: "2026-11-11",
  attempts: 1,
  attemptsIn30Days: 1,
  failedSends: 0,
  billingTextsAt: [],
  holds: [],
  paidClaimAt: null,
  balanceReadAt: hoursAgo(0.5),
  isReferred: false,
  isMinor: false,
  isInvoiceDay: false,
  timeZone: "America/New_York",
  lock: null,
  isLockSpent: false,
  warning: { deliveredAt: hoursAgo(48), namesOn: "2026-11-21", episodeOn: "2026-11-11" },
  isDoorWorkflowOn: true,
  isStaffedNow: true,
  ...over,
});

/** Amounts around every bound of the rule table, and any other. */
const anyDue = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(-1n, 0n, 1n, 999n, 4_999n, 5_000n, 5_001n, 9_999n, 10_000n, 10_001n, 20_000n, 20_001n) },
  { weight: 3, arbitrary: fc.bigInt({ min: -5_000n, max: 60_000n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: 1n, max: 10n ** 12n }) },
);

/** Seldom something, so that most cases are not held by the first question. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>, nil: T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(nil) }, { weight: 1, arbitrary });

const anyHours = fc.oneof(
  fc.constantFrom(0, 1, 24, 72, 168).chain((hours) => fc.constantFrom(-1, 0, 1).map((ms) => hours + ms / HOUR_MS)),
  fc.double({ min: 0, max: 240, noNaN: true }),
);
const anyPast = anyHours.map((hours) => new Date(Math.round(hoursAgo(hours).getTime())));

const anyHold: fc.Arbitrary<RecordedHold> = fc.record({
  kind: fc.constantFrom(...RECORDED_HOLD_KINDS),
  since: fc.constantFrom(hoursAgo(100), hoursAgo(1), NOON, hoursAgo(-1)),
  until: fc.constantFrom(null, hoursAgo(2), NOON, hoursAgo(-0.001), hoursAgo(-50)),
});

export const anyDebt: fc.Arbitrary<DoorFacts> = fc.record({
  dueMinor: anyDue,
  currency: fc.constant("USD"),
  daysPastDue: fc.oneof(fc.nat({ max: 8 }), fc.nat({ max: 60 })),
  episodeOn: fc.constant("2026-11-11"),
  attempts: fc.nat({ max: 8 }),
  attemptsIn30Days: fc.nat({ max: 8 }),
  failedSends: fc.nat({ max: 4 }),
  billingTextsAt: fc.oneof(fc.constant([]), fc.array(anyPast, { maxLength: 5 })),
  holds: seldom(fc.array(anyHold, { maxLength: 3 }), []),
  paidClaimAt: seldom(anyPast, null),
  balanceReadAt: seldom(fc.constantFrom(null, hoursAgo(1), new Date(hoursAgo(1).getTime() - 1), hoursAgo(-2)), hoursAgo(0.2)),
  isReferred: seldom(fc.boolean(), false),
  isMinor: seldom(fc.boolean(), false),
  isInvoiceDay: seldom(fc.boolean(), false),
  timeZone: fc.constantFrom("America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "Pacific/Chatham"),
  lock: seldom(
    fc.record({ isOurs: fc.boolean(), lockedAt: fc.constant(hoursAgo(30)), boundMinor: fc.constantFrom(1n, 5_000n, 10_000n) }),
    null,
  ),
  isLockSpent: seldom(fc.boolean(), false),
  warning: fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    {
      weight: 6,
      arbitrary: fc.record({
        deliveredAt: fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 6, arbitrary: anyPast }),
        namesOn: fc.constantFrom("2026-11-14", "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"),
        episodeOn: seldom(fc.constantFrom("2026-10-01"), "2026-11-11"),
      }),
    },
  ),
  isDoorWorkflowOn: fc.boolean(),
  isStaffedNow: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});
