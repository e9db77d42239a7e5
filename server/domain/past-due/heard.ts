import type { Category, RiskFlag } from "../intent.ts";
import { namedDay } from "./promise-day.ts";

/** What somebody said about a debt of theirs. */
export type Heard =
  | {
      readonly kind: "promise";
      readonly promisedOn: string;
      /** Null = all that is owed. */
      readonly amountMinor: bigint | null;
      /** Day and amount leave no doubt: it may be thanked for without a person. */
      readonly isClear: boolean;
    }
  | { readonly kind: "paid_claim" | "hardship" | "dispute" | "plan" };

type Said = {
  readonly text: string;
  readonly category: Category;
  /** Of all readings of the message. */
  readonly subIntents: readonly string[];
  readonly riskFlags: readonly RiskFlag[];
};

/** Only what is about money: a dispute over anything else is no word about a debt. */
const ABOUT_MONEY: ReadonlySet<Category> = new Set(["payment_inquiry", "complaint", "confirmation"]);

/**
 * The one thing that follows from a message about a debt; null = nothing. What needs a person most comes first, but "I paid already" before
 * a dispute, which it also is. A promise without a day is none.
 */
export const heardOf = (said: Said, clock: { readonly timeZone: string; readonly now: Date }): Heard | null => {
  if (!ABOUT_MONEY.has(said.category) && said.riskFlags.length === 0) {
    return null;
  }
  const says = (name: string): boolean => said.subIntents.includes(name);
  if (said.riskFlags.includes("hardship") || says("hardship")) {
    return { kind: "hardship" };
  }
  if (says("paid_already")) {
    return { kind: "paid_claim" };
  }
  if (says("payment_plan")) {
    return { kind: "plan" };
  }
  if (said.riskFlags.includes("dispute") || said.riskFlags.includes("chargeback")) {
    return ABOUT_MONEY.has(said.category) ? { kind: "dispute" } : null;
  }
  return says("promise_to_pay") ? promiseOf(said.text, clock) : null;
};

const promiseOf = (text: string, clock: { readonly timeZone: string; readonly now: Date }): Heard | null => {
  const amounts = new Set([...text.matchAll(AMOUNT)].map(([, dollars = "", cents = ""]) => toMinor(dollars, cents)));
  const day = namedDay(text.replaceAll(AMOUNT, " "), clock);
  if (day === null) {
    return null;
  }
  const [amount = null] = amounts;
  const isClear = day.isExact && amounts.size <= 1 && !IN_DOUBT.test(text);
  return { kind: "promise", promisedOn: day.on, amountMinor: amounts.size === 1 ? amount : null, isClear };
};

/** `$45`, `$1,200.50`, `45 dollars`. */
const AMOUNT = /(?:\$\s?|\b(?=[\d,]+(?:\.\d\d)?\s?(?:dollars|bucks|usd)\b))(\d[\d,]*)(?:\.(\d\d))?(?:\s?(?:dollars|bucks|usd)\b)?/gi;
const IN_DOUBT =
  /\b(?:half|part|some of it|rest|maybe|might|hopefully|if|try(?:ing)?|probably|not sure|unless|can't|cant|cannot|won't|wont|don't|dont|(?:when|once|as soon as|after) (?:i|my|we|the))\b|\?/i;

const toMinor = (dollars: string, cents: string): bigint => BigInt(dollars.replaceAll(",", "") || "0") * 100n + BigInt(cents || "0");
