import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { chooseDebts, DEBT_SORTS, DEBT_STATES, debtState, DOOR_STATES, type DebtChoice, type DebtRow } from "./debt-list.ts";
import { TIERS } from "./facts.ts";
import { decideReminder } from "./ladder.ts";
import { DEFAULT_PAST_DUE_SETTINGS } from "./settings.ts";
import { anyDebt, NOON } from "#server/testing/past-due-facts.ts";

const anyRow: fc.Arbitrary<DebtRow> = fc.record({
  contactId: fc.uuid(),
  name: fc.constantFrom("Dana Wells", "Robin Hale", "robin Doe", "Ada"),
  phone: fc.constantFrom(null, "+13035550101", "+13035550202"),
  email: fc.constantFrom(null, "dana@example.com"),
  dueMinor: fc.bigInt({ min: 1n, max: 10n ** 9n }).map(String),
  currency: fc.constant("USD"),
  daysPastDue: fc.nat({ max: 60 }),
  oldestOn: fc.constantFrom(null, "2026-10-01"),
  attempts: fc.nat({ max: 6 }),
  tier: fc.constantFrom(...TIERS),
  state: fc.constantFrom(...DEBT_STATES),
  reason: fc.constant("amount" as const),
  until: fc.constant(null),
  holds: fc.constant([]),
  lastContact: fc.constantFrom(null, { kind: "call", at: NOON }, { kind: "firm", at: new Date(NOON.getTime() - 1) }),
  door: fc.constantFrom(...DOOR_STATES),
});
const anyRows = fc.uniqueArray(anyRow, { selector: ({ contactId }) => contactId, maxLength: 20 });
const anyChoice: fc.Arbitrary<DebtChoice> = fc.record({
  search: fc.constantFrom("", "robin", " DANA ", "5550101", "555", "nobody"),
  state: fc.constantFrom(null, ...DEBT_STATES),
  tier: fc.constantFrom(null, ...TIERS),
  door: fc.constantFrom(null, ...DOOR_STATES),
  sort: fc.constantFrom(...DEBT_SORTS),
  isAscending: fc.boolean(),
});
const ALL: DebtChoice = { search: "", state: null, tier: null, door: null, sort: "due", isAscending: false };

describe("the list of debts", () => {
  test("shows each row that fits once, and none that does not", () => {
    fc.assert(
      fc.property(anyRows, anyChoice, (rows, choice) => {
        const chosen = chooseDebts(rows, choice);
        const fits = rows.filter(
          ({ door, state, tier }) => (choice.state ?? state) === state && (choice.tier ?? tier) === tier && (choice.door ?? door) === door,
        );
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(chosen.every((row) => fits.includes(row))).toBe(true);
        if (choice.search === "") {
          expect(chosen).toHaveLength(fits.length);
        }
      }),
    );
  });

  test("has one order, whatever the order it was read in", () => {
    fc.assert(
      fc.property(anyRows, anyChoice, (rows, choice) => {
        expect(chooseDebts(rows.toReversed(), choice)).toEqual(chooseDebts(rows, choice));
      }),
    );
  });

  test("puts the largest debt first unless asked otherwise", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const amounts = chooseDebts(rows, ALL).map(({ dueMinor }) => BigInt(dueMinor));
        expect(amounts.every((amount, index) => index === 0 || amount <= (amounts[index - 1] ?? 0n))).toBe(true);
      }),
    );
  });

  test("finds by any part of a name in any case, by an address, and by four digits of a number", () => {
    const [row] = fc.sample(anyRow, 1);
    const dana = { ...row, name: "Dana Wells", email: "dw@example.com", phone: "+13035550101" } as DebtRow;
    const found = (search: string): number => chooseDebts([dana], { ...ALL, search }).length;
    expect([found("wELL"), found("dw@"), found("(303) 555-0101"), found("0101"), found("101"), found("Robin")]).toEqual([1, 1, 1, 1, 0, 0]);
  });
});

test("every decision of the ladder is one of the states, and a pause is never shown as anything else", () => {
  fc.assert(
    fc.property(anyDebt, (facts) => {
      const decision = decideReminder(facts, DEFAULT_PAST_DUE_SETTINGS, NOON);
      expect(DEBT_STATES).toContain(debtState(decision));
      expect(debtState(decision) === "paused").toBe(decision.kind === "held");
    }),
  );
});
