import { formatMoney } from "../money.ts";
import { TIERS } from "./facts.ts";
import type { Tier } from "./facts.ts";

/** Chosen by us: debts below ten units of the currency are the ones an owner is surprised to see someone locked out for. */
const SMALL_DEBT_MINOR = 1_000n;

type Debt = { readonly dueMinor: bigint };

/** "would lock 37 today, 21 of them owe less than $10" */
export const lockPreview = (debts: readonly Debt[], currency: string): string => {
  if (debts.length === 0) {
    return "would lock nobody today";
  }
  return `would lock ${debts.length} today, ${smallDebts(debts, currency)}`;
};

/** "would remind 80 today: 52 friendly, 20 firm, 8 final; 12 of them owe less than $10" */
export const reminderPreview = (debts: readonly (Debt & { readonly tier: Tier })[], currency: string): string => {
  if (debts.length === 0) {
    return "would remind nobody today";
  }
  const byTier = TIERS.map((tier) => `${debts.filter((debt) => debt.tier === tier).length} ${tier}`).join(", ");
  return `would remind ${debts.length} today: ${byTier}; ${smallDebts(debts, currency)}`;
};

/** "would send 80 invoices over $3,120.50 today, 12 of them owe less than $10" */
export const invoicePreview = (debts: readonly Debt[], currency: string): string => {
  if (debts.length === 0) {
    return "would send no invoice today";
  }
  return `would send ${debts.length} ${debts.length === 1 ? "invoice" : "invoices"} over ${sum(debts, currency)} today, ${smallDebts(debts, currency)}`;
};

/** "would escalate 9 cases over $2,310.00 today" */
export const escalationPreview = (debts: readonly Debt[], currency: string): string =>
  debts.length === 0 ? "would escalate nothing today" : `would escalate ${cases(debts)} over ${sum(debts, currency)} today`;

/** "would ask two people about referring 4 cases over $610.00" */
export const referralPreview = (debts: readonly Debt[], currency: string): string =>
  debts.length === 0 ? "would refer nobody today" : `would ask two people about referring ${cases(debts)} over ${sum(debts, currency)}`;

/** "would unlock 3 at once" */
export const unlockPreview = (count: number): string => (count === 0 ? "would unlock nobody today" : `would unlock ${count} at once`);

const cases = (debts: readonly Debt[]): string => `${debts.length} ${debts.length === 1 ? "case" : "cases"}`;
const sum = (debts: readonly Debt[], currency: string): string =>
  formatMoney(`${debts.reduce((total, { dueMinor }) => total + dueMinor, 0n)}`, currency);

const smallDebts = (debts: readonly Debt[], currency: string): string => {
  const count = debts.filter(({ dueMinor }) => dueMinor < SMALL_DEBT_MINOR).length;
  const bound = formatMoney(`${SMALL_DEBT_MINOR}`, currency).replace(/\.00$/, "");
  return count === 0 ? `none of them owes less than ${bound}` : `${count} of them ${count === 1 ? "owes" : "owe"} less than ${bound}`;
};
