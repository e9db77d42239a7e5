import fc from "fast-check";
import { expect, test } from "vitest";

import { PAYMENT_STATUSES } from "#server/domain/vocabulary.ts";

import { overrules } from "./overrules.ts";

const AT = new Date("2026-11-21T15:00:00Z");
const LATER = new Date("2026-11-21T15:00:01Z");

test("a newer word counts, whatever it says, and an older or equal one does not", () => {
  expect(overrules({ status: "approved", at: LATER }, { status: "completed", at: AT })).toBe(true);
  expect(overrules({ status: "completed", at: AT }, { status: "approved", at: LATER })).toBe(false);
  expect(overrules({ status: "completed", at: AT }, { status: "completed", at: AT })).toBe(false);
});

test("in whatever order and however often words arrive, the last one standing has the latest time, and in it the furthest status", () => {
  const word = fc.record({ status: fc.constantFrom(...PAYMENT_STATUSES), at: fc.constantFrom(AT, LATER) });
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), (words, numbers) => {
      const last = (heard: typeof words) => heard.reduce((known, next) => (overrules(next, known) ? next : known));
      const shuffled = [...words, ...words]
        .map((one) => ({ one, order: numbers.next().value }))
        .toSorted((a, b) => a.order - b.order)
        .map(({ one }) => one);
      const [left, right] = [last(words), last(shuffled)];
      // Failed and cancelled stand side by side: a payment is never both.
      const rank = (status: string): string => (status === "failed" || status === "cancelled" ? "ended" : status);
      return left.at.getTime() === right.at.getTime() && rank(left.status) === rank(right.status);
    }),
  );
});
