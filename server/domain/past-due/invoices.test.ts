import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { debt, hoursAgo, NOON } from "#server/testing/past-due-facts.ts";

import { decideInvoice, invoiceRangeOf, invoiceRangeText, invoiceTotals } from "./invoices.ts";
import { escalationPreview, invoicePreview, lockPreview, referralPreview, reminderPreview, unlockPreview } from "./preview-lines.ts";
import { DEFAULT_INVOICE_SETTINGS as INVOICES, DEFAULT_PAST_DUE_SETTINGS as PAST_DUE } from "./settings.ts";

const plan = { kind: "plan", since: hoursAgo(1), until: null } as const;

describe("invoices", () => {
  const settings = { invoices: INVOICES, pastDue: PAST_DUE };
  const invoice = (over: Parameters<typeof debt>[0]) => decideInvoice(debt(over), settings, NOON);

  test.each([
    [0n, null],
    [1n, "first"],
    [5_000n, "first"],
    [5_001n, "second"],
    [9_999n, "second"],
    [10_000n, "third"],
    [20_000n, "third"],
    [20_001n, "fourth"],
  ] as const)("an amount of %i lies in the %s range", (dueMinor, range) => {
    expect(invoiceRangeOf(dueMinor, INVOICES)).toBe(range);
  });

  test("the ladder's questions are asked, but attempts are no end", () => {
    expect(invoice({ dueMinor: 0n, isReferred: true })).toEqual({ kind: "nothing", reason: "nothing_due" });
    expect(invoice({ isReferred: true, holds: [plan] })).toEqual({ kind: "nothing", reason: "referred" });
    expect(invoice({ holds: [plan], billingTextsAt: [hoursAgo(1)] })).toEqual({ kind: "held", reason: "plan", until: null });
    expect(invoice({ billingTextsAt: [hoursAgo(1)] })).toEqual({ kind: "deferred", reason: "recent_text", until: hoursAgo(-71) });
    expect(invoice({ attempts: 9, isInvoiceDay: true })).toEqual({ kind: "invoice", range: "second" });
    const late = decideInvoice(debt({ dueMinor: 499n }), { ...settings, invoices: { ...INVOICES, fromMinor: 500 } }, NOON);
    expect(late).toEqual({ kind: "nothing", reason: "below_minimum" });
  });

  test("the ranges are told as people read them", () => {
    expect((["first", "second", "third", "fourth"] as const).map((range) => invoiceRangeText(range, INVOICES, "USD"))).toEqual([
      "$0.01 to $50.00",
      "$50.01 to $99.99",
      "$100.00 to $200.00",
      "above $200.00",
    ]);
  });

  test("totals add up over the ranges, failures are only counted", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ dueMinor: fc.bigInt({ min: 1n, max: 30_000n }), hasFailed: fc.boolean() })), (invoices) => {
        const { count, failedCount, ranges, totalMinor } = invoiceTotals(invoices, INVOICES);
        expect(count + failedCount).toBe(invoices.length);
        expect(failedCount).toBe(invoices.filter(({ hasFailed }) => hasFailed).length);
        expect(ranges.reduce((sum, range) => sum + range.count, 0)).toBe(count);
        expect(ranges.reduce((sum, range) => sum + range.totalMinor, 0n)).toBe(totalMinor);
        expect(totalMinor).toBe(invoices.reduce((sum, { dueMinor, hasFailed }) => sum + (hasFailed ? 0n : dueMinor), 0n));
      }),
    );
    expect(invoiceTotals([{ dueMinor: 20_001n, hasFailed: false }], INVOICES).ranges.at(-1)).toEqual({
      range: "fourth",
      count: 1,
      totalMinor: 20_001n,
    });
  });
});

describe("the lines of a preview", () => {
  const debts = (small: number, large: number) => [
    ...Array.from({ length: small }, () => ({ dueMinor: 999n, tier: "friendly" as const })),
    ...Array.from({ length: large }, () => ({ dueMinor: 1_000n, tier: "final" as const })),
  ];

  test.each([
    [lockPreview(debts(21, 16), "USD"), "would lock 37 today, 21 of them owe less than $10"],
    [lockPreview(debts(1, 1), "USD"), "would lock 2 today, 1 of them owes less than $10"],
    [lockPreview(debts(0, 2), "CAD"), "would lock 2 today, none of them owes less than CA$10"],
    [lockPreview([], "USD"), "would lock nobody today"],
    [reminderPreview(debts(2, 1), "USD"), "would remind 3 today: 2 friendly, 0 firm, 1 final; 2 of them owe less than $10"],
    [reminderPreview([], "USD"), "would remind nobody today"],
    [invoicePreview(debts(1, 1), "USD"), "would send 2 invoices over $19.99 today, 1 of them owes less than $10"],
    [invoicePreview(debts(0, 1), "USD"), "would send 1 invoice over $10.00 today, none of them owes less than $10"],
    [invoicePreview([], "USD"), "would send no invoice today"],
    [escalationPreview(debts(0, 2), "USD"), "would escalate 2 cases over $20.00 today"],
    [escalationPreview([], "USD"), "would escalate nothing today"],
    [referralPreview(debts(0, 1), "USD"), "would ask two people about referring 1 case over $10.00"],
    [referralPreview([], "USD"), "would refer nobody today"],
    [unlockPreview(3), "would unlock 3 at once"],
    [unlockPreview(0), "would unlock nobody today"],
  ])("%s", (line, expected) => {
    expect(line).toBe(expected);
  });
});
