import { addDays, daysBetween, todayIn } from "../calendar-date.ts";
import { startOfDay } from "../local-time.ts";
import type { RecordedHold } from "./facts.ts";
import type { PastDueSettings } from "./settings.ts";

export const PROMISE_STATUSES = ["open", "kept", "broken", "withdrawn"] as const;
export type PromiseStatus = (typeof PROMISE_STATUSES)[number];

/** What somebody said they will pay, and when. */
export type PaymentPromise = {
  readonly status: PromiseStatus;
  readonly madeAt: Date;
  /** The club-calendar day they named. */
  readonly promisedOn: string;
  /** What they named; null = all that was owed. */
  readonly amountMinor: bigint | null;
  /** What was owed when they said so. */
  readonly dueWhenMadeMinor: bigint;
};

/** Money that arrived, or went back with a negative amount. */
export type PaidAmount = { readonly at: Date; readonly amountMinor: bigint };

type PromiseFacts = {
  readonly payments: readonly PaidAmount[];
  /** What is owed now, dues and training together. */
  readonly dueMinor: bigint;
  readonly timeZone: string;
  readonly now: Date;
};

type Grace = Pick<PastDueSettings, "promiseGraceDays">;

/**
 * The state of a promise at a moment. Kept: nothing is owed any more, or as much was paid since as was promised. Broken: the day
 * and the days of grace behind it have passed. What is kept, broken or withdrawn stays so.
 */
export const settlePromise = (promise: PaymentPromise, facts: PromiseFacts, settings: Grace): PromiseStatus => {
  if (promise.status !== "open") {
    return promise.status;
  }
  if (facts.dueMinor <= 0n || promiseProgress(promise, facts.payments).leftMinor === 0n) {
    return "kept";
  }
  return todayIn(facts.timeZone, facts.now) > lastDayOf(promise, settings) ? "broken" : "open";
};

/** How much of a promise has arrived since it was made, and how much has not; neither is ever negative. */
export const promiseProgress = (
  promise: Pick<PaymentPromise, "amountMinor" | "dueWhenMadeMinor" | "madeAt">,
  payments: readonly PaidAmount[],
): { readonly paidMinor: bigint; readonly leftMinor: bigint } => {
  const sum = payments.filter(({ at }) => at >= promise.madeAt).reduce((total, { amountMinor }) => total + amountMinor, 0n);
  const promised = promise.amountMinor ?? promise.dueWhenMadeMinor;
  return { paidMinor: atLeastZero(sum), leftMinor: atLeastZero(promised - atLeastZero(sum)) };
};

/** Only an open promise can be withdrawn: by whoever made it, by a person, or by a newer one that takes its place. */
export const withdrawPromise = (status: PromiseStatus): PromiseStatus => (status === "open" ? "withdrawn" : status);

/** Whether the friendly line on the promised day is due: on that day only, once, while the promise is open. */
export const isPromiseReminderDue = (
  promise: Pick<PaymentPromise, "status" | "promisedOn">,
  { timeZone, now, hasReminded }: { readonly timeZone: string; readonly now: Date; readonly hasReminded: boolean },
): boolean => promise.status === "open" && !hasReminded && todayIn(timeZone, now) === promise.promisedOn;

/** The hold of an open promise: from when it was made to the end of its last day of grace. A settled one holds nothing. */
export const holdOfPromise = (promise: PaymentPromise, timeZone: string, settings: Grace): RecordedHold | null =>
  promise.status === "open"
    ? { kind: "promise", since: promise.madeAt, until: startOfDay(addDays(lastDayOf(promise, settings), 1), timeZone) }
    : null;

/** What may be noted without a person; `past` and `far` ask one, for the first is a slip and the second a plan. */
export const promiseVerdict = (
  promisedOn: string,
  { today, promiseMaxDays }: { readonly today: string } & Pick<PastDueSettings, "promiseMaxDays">,
): "fine" | "past" | "far" => {
  const days = daysBetween(today, promisedOn);
  if (days < 0) {
    return "past";
  }
  return days > promiseMaxDays ? "far" : "fine";
};

const lastDayOf = ({ promisedOn }: Pick<PaymentPromise, "promisedOn">, { promiseGraceDays }: Grace): string =>
  addDays(promisedOn, promiseGraceDays);

const atLeastZero = (value: bigint): bigint => (value > 0n ? value : 0n);
