import type { HoldKind, PastDueFacts } from "./facts.ts";
import { heldBy, paceOf } from "./ladder.ts";
import type { PaceReason } from "./ladder.ts";
import { formatMoney } from "../money.ts";
import type { InvoiceSettings, PastDueSettings } from "./settings.ts";

export type InvoiceDecision =
  | { readonly kind: "nothing"; readonly reason: "nothing_due" | "below_minimum" | "referred" }
  | { readonly kind: "held"; readonly reason: HoldKind | "minor"; readonly until: Date | null }
  | { readonly kind: "deferred"; readonly reason: PaceReason; readonly until: Date }
  | { readonly kind: "invoice"; readonly range: InvoiceRange };

export const INVOICE_RANGES = ["first", "second", "third", "fourth"] as const;
export type InvoiceRange = (typeof INVOICE_RANGES)[number];

type Settings = { readonly invoices: InvoiceSettings; readonly pastDue: PastDueSettings };

/** Whether this month's invoice goes out now. It asks the ladder's questions, but knows no end: an invoice is no attempt. */
export const decideInvoice = (facts: PastDueFacts, { invoices, pastDue }: Settings, now: Date): InvoiceDecision => {
  if (facts.dueMinor <= 0n) {
    return { kind: "nothing", reason: "nothing_due" };
  }
  const range = invoiceRangeOf(facts.dueMinor, invoices);
  if (range === null) {
    return { kind: "nothing", reason: "below_minimum" };
  }
  if (facts.isReferred) {
    return { kind: "nothing", reason: "referred" };
  }
  const held = heldBy(facts, pastDue, now);
  if (held !== null) {
    return { kind: "held", reason: held.reason, until: held.until };
  }
  const pace = paceOf(facts.billingTextsAt, pastDue, now);
  return pace === null ? { kind: "invoice", range } : { kind: "deferred", ...pace };
};

/** The range of the report in which an amount lies; null = too little for an invoice. */
export const invoiceRangeOf = (dueMinor: bigint, settings: InvoiceSettings): InvoiceRange | null =>
  INVOICE_RANGES.findLast((range) => dueMinor >= startOf(range, settings)) ?? null;

const startOf = (range: InvoiceRange, settings: InvoiceSettings): bigint =>
  BigInt(
    { first: settings.fromMinor, second: settings.secondFromMinor, third: settings.thirdFromMinor, fourth: settings.fourthFromMinor }[
      range
    ],
  );

/** `$0.01 to $50.00`, `above $200.00` */
export const invoiceRangeText = (range: InvoiceRange, settings: InvoiceSettings, currency: string): string => {
  const amount = (minor: bigint): string => formatMoney(`${minor}`, currency);
  const next = INVOICE_RANGES[INVOICE_RANGES.indexOf(range) + 1];
  return next === undefined
    ? `above ${amount(startOf(range, settings) - 1n)}`
    : `${amount(startOf(range, settings))} to ${amount(startOf(next, settings) - 1n)}`;
};

export type InvoiceTotals = {
  readonly count: number;
  readonly totalMinor: bigint;
  readonly failedCount: number;
  /** All four, the lowest first, also those in which nobody is. */
  readonly ranges: readonly { readonly range: InvoiceRange; readonly count: number; readonly totalMinor: bigint }[];
};

/** What a run sent, by range of the amount. Failed ones are counted and add nothing to the sums. */
export const invoiceTotals = (
  invoices: readonly { readonly dueMinor: bigint; readonly hasFailed: boolean }[],
  settings: InvoiceSettings,
): InvoiceTotals => {
  const sent = invoices.filter(({ hasFailed }) => !hasFailed);
  return {
    count: sent.length,
    totalMinor: sumOf(sent),
    failedCount: invoices.length - sent.length,
    ranges: INVOICE_RANGES.map((range) => {
      const own = sent.filter(({ dueMinor }) => invoiceRangeOf(dueMinor, settings) === range);
      return { range, count: own.length, totalMinor: sumOf(own) };
    }),
  };
};

const sumOf = (amounts: readonly { readonly dueMinor: bigint }[]): bigint => amounts.reduce((sum, { dueMinor }) => sum + dueMinor, 0n);
