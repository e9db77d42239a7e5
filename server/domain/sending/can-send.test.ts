import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { ChannelKind } from "../vocabulary.ts";
import { canSend, type ProactiveMessage, type SendFacts, type SendVerdict } from "./can-send.ts";
import type { ConsentFact } from "./consent.ts";
import { SEND_PURPOSES } from "./send-purpose.ts";
import { SendSettings } from "./settings.ts";
import { oracleAllowsMinute, oracleForbids, type OraclePlace } from "./testing-oracle.ts";
import { AREA, placeByHand, STATES, ZIPS, type Clues } from "./testing-places.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CHANNELS = ["sms", "sms", "sms", "email", "clubos"] as const satisfies readonly ChannelKind[];
const SEEDS = [20_261_121, 8, 15, 64];
const CASES_PER_SEED = 5_000;
/** So many of the deferred ones are walked minute by minute. */
const WALKED = 20;
/** Each of the cases asks the slow clock of `Intl` for every zone: seconds on a busy machine. */
const TIMEOUT_MS = 60_000;

const seldom = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.integer({ min: 0, max: 7 }).chain<T | null>((dice) => (dice === 0 ? value : fc.constant(null)));

const anyClues: fc.Arbitrary<Clues> = fc.record({
  // 999 is nobody's area code, 800 is a free number.
  areaCode: fc.option(fc.constantFrom(...Object.keys(AREA), "999", "800"), { freq: 6 }),
  zip: fc.option(fc.constantFrom(...Object.keys(ZIPS)), { freq: 2 }),
  state: fc.option(fc.constantFrom(...Object.keys(STATES)), { freq: 1 }),
  timeZone: seldom(fc.constantFrom("America/New_York", "Pacific/Honolulu")),
  clubTimeZone: fc.constantFrom("America/Denver", "America/New_York", "America/Los_Angeles"),
});

/** Around both changes of the clocks, around the end of the waiver, and on any day between. */
const anyNow: fc.Arbitrary<number> = fc
  .tuple(
    fc.constantFrom(
      "2026-03-07",
      "2026-03-08",
      "2026-11-01",
      "2026-10-31",
      "2027-03-14",
      "2027-11-07",
      "2027-01-30",
      "2026-07-04",
      "2026-12-24",
    ),
    fc.integer({ min: 0, max: 3 * 1_440 }),
    fc.constantFrom(0, 0, 0, 30_000),
  )
  .map(([day, minute, rest]) => Date.parse(`${day}T00:00:00Z`) + minute * MINUTE + rest);

const anyConsent = (now: number): fc.Arbitrary<ConsentFact> =>
  fc.record({
    purpose: fc.constantFrom(...SEND_PURPOSES),
    channelKind: fc.constantFrom(...CHANNELS),
    isGranted: fc.boolean().chain((first) => (first ? fc.constant(true) : fc.boolean())),
    wording: fc.constantFrom("I agree to texts", "I agree to texts", null, " "),
    proof: fc.constantFrom("form 12", "form 12", null, ""),
    source: fc.constant("file"),
    at: fc.constantFrom(1, 2, 3).map((day) => new Date(now - day * 24 * HOUR)),
  });

const anySettings: fc.Arbitrary<SendSettings> = fc
  .record({
    marketingStates: fc.oneof(
      fc.constant(["unknown", ...new Set([...Object.values(AREA), ...Object.values(ZIPS)].map(({ state }) => state))]),
      fc.constantFrom([], ["CA"], ["unknown"], ["NY", "CA", "TX"]),
    ),
    contractConsent: fc.constantFrom(
      null,
      { purposes: ["service" as const, "billing" as const], wording: "I agree to be texted about my contract." },
      { purposes: ["service" as const], wording: "I agree to be texted about my visits." },
    ),
    keepsStopToItsTopic: fc.boolean(),
    remindersAreCollectionInNewYorkCity: fc.boolean(),
    proactivePerDay: fc.integer({ min: 1, max: 3 }),
    billingGapHours: fc.constantFrom(24, 48, 72, 168),
    billingPerWeek: fc.integer({ min: 1, max: 7 }),
  })
  .map((settings) => SendSettings.parse(settings));

const rarely = fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0);
const instantAround = (now: number, hours: number) =>
  fc.integer({ min: -hours * 60, max: 0 }).map((minute) => new Date(floor(now) + minute * MINUTE));
const floor = (at: number): number => Math.floor(at / MINUTE) * MINUTE;

type Case = { readonly message: ProactiveMessage; readonly facts: SendFacts; readonly place: OraclePlace; readonly now: number };

const anyCase: fc.Arbitrary<Case> = fc.tuple(anyNow, anyClues, fc.constantFrom(...SEND_PURPOSES)).chain(([now, clues, purpose]) =>
  fc
    .record({
      message: fc.record({
        channelKind: fc.constantFrom(...CHANNELS),
        purpose: fc.constant(purpose),
        statesAmount: rarely,
        hasOptOutLine: rarely.map((is) => !is),
      }),
      isMinor: rarely,
      binding: fc.constantFrom("bound" as const, "bound" as const, "bound" as const, "shared" as const, "unknown" as const),
      hasContract: fc.boolean(),
      consents: fc.oneof(
        fc.array(anyConsent(now), { maxLength: 4 }),
        fc.constant(
          CHANNELS.map((channelKind) => ({
            purpose,
            channelKind,
            isGranted: true,
            wording: "I agree to messages",
            proof: "form 7",
            source: "file",
            at: new Date(now - 48 * HOUR),
          })),
        ),
      ),
      suppressions: rarely.chain((is) =>
        fc.constantFrom<("all" | "marketing")[]>(...(is ? [["all" as const], ["marketing" as const]] : [[]])),
      ),
      lastInboundAt: seldom(fc.integer({ min: -20, max: 0 }).map((minute) => new Date(now + minute * MINUTE))),
      isDisputed: rarely,
      isReferred: rarely,
      promisedFrom: seldom(fc.integer({ min: -48, max: 96 }).map((hour) => new Date(floor(now) + hour * HOUR))),
      touches: fc.array(fc.record({ at: instantAround(now, 170), purpose: fc.constantFrom(...SEND_PURPOSES) }), { maxLength: 5 }),
      waiting: fc.array(fc.constantFrom(...SEND_PURPOSES), { maxLength: 2 }),
      brandFreeAt: seldom(fc.integer({ min: -60, max: 600 }).map((minute) => new Date(floor(now) + minute * MINUTE))),
      quietHours: fc.constantFrom(
        { startMinute: 21 * 60, endMinute: 8 * 60 },
        { startMinute: 19 * 60, endMinute: 10 * 60 + 30 },
        { startMinute: 12 * 60, endMinute: 14 * 60 },
        { startMinute: 90, endMinute: 150 },
        { startMinute: 600, endMinute: 600 },
      ),
      settings: anySettings,
    })
    .map(({ message, ...facts }) => ({
      message,
      now,
      place: placeByHand(clues),
      facts: {
        ...facts,
        whereabouts: {
          phone: clues.areaCode === null ? null : `+1${clues.areaCode}5550123`,
          state: clues.state,
          postalCode: clues.zip,
          timeZone: clues.timeZone,
          clubTimeZone: clues.clubTimeZone,
        },
      },
    })),
);

/** What the oracle says of one moment; of a later one only when: what forbids for good is asked again by then. */
const oracleAt = ({ message, facts, place, now }: Case, at: number): "send" | "never" | "later" => {
  const urgent = message.purpose === "marketing" ? facts.waiting.filter((one) => one !== "marketing") : [];
  const taken = urgent.map((purpose) => ({ at: new Date(now), purpose }));
  const told = at === now ? facts : { ...facts, suppressions: [], waiting: [], touches: [...facts.touches, ...taken] };
  const verdict = oracleForbids(message, told, { place, at });
  const isReply = message.purpose === "service" && facts.lastInboundAt !== null && at - facts.lastInboundAt.getTime() <= 15 * MINUTE;
  const isHour = isReply || oracleAllowsMinute(at, { place, quietHours: facts.quietHours, isMail: message.channelKind === "email" });
  return verdict ?? (isHour ? "send" : "later");
};

const verdictOf = ({ message, facts, now }: Case): SendVerdict => canSend(message, facts, new Date(now));

describe("against an oracle written apart", () => {
  test.each(SEEDS)(
    `of ${CASES_PER_SEED} cases none goes out that the rules forbid, and none is held that they allow (seed %i)`,
    (seed) => {
      const seen = { send: 0, defer: 0, suppress: 0 };
      let walked = 0;
      fc.assert(
        fc.property(anyCase, (one) => {
          const verdict = verdictOf(one);
          seen[verdict.kind] += 1;
          const expected = oracleAt(one, one.now);
          if (expected !== "later") {
            expect(verdict.kind).toBe(expected === "send" ? "send" : "suppress");
            return;
          }
          expect(verdict.kind).not.toBe("send");
          if (verdict.kind === "suppress") {
            expect(verdict.reason).toBe("no_hour_left");
            return;
          }
          if (verdict.kind === "defer") {
            const until = verdict.until.getTime();
            expect(oracleAt(one, until)).toBe("send");
            expect(until - MINUTE >= one.now && oracleAt(one, until - MINUTE) === "send").toBe(false);
            if (walked < WALKED) {
              walked += 1;
              expect(until).toBe(walkedTo(one, until));
            }
          }
        }),
        { numRuns: CASES_PER_SEED, seed },
      );
      // The generator reaches every answer often enough to mean something.
      expect(Math.min(...Object.values(seen))).toBeGreaterThan(CASES_PER_SEED / 20);
      expect(walked).toBe(WALKED);
    },
    TIMEOUT_MS,
  );
});

const walkedTo = (one: Case, limit: number): number => {
  for (let at = floor(one.now) + MINUTE; at < limit; at += MINUTE) {
    if (oracleAt(one, at) === "send") {
      return at;
    }
  }
  return limit;
};
