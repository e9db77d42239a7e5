import { isAboutMoney, type SendPurpose } from "./send-purpose.ts";
import type { SendReason } from "./send-reasons.ts";
import { COLLECTION_CEILING, DEFAULT_CAP, NEW_YORK_CITY_CEILING, STATE_CAPS, URGENCY } from "./send-rules.ts";
import type { SendSettings } from "./settings.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/** A proactive message that went, or may have gone, to a person: over any number, from any club of the franchise. */
export type Touch = { readonly at: Date; readonly purpose: SendPurpose };

export type BudgetFacts = {
  readonly purpose: SendPurpose;
  readonly regions: readonly string[];
  readonly isNewYorkCity: boolean;
  /** Of the last seven days. */
  readonly touches: readonly Touch[];
  /** What else is planned for this person and due, by purpose. */
  readonly waiting: readonly SendPurpose[];
  readonly settings: Pick<SendSettings, "proactivePerDay" | "billingGapHours" | "billingPerWeek">;
};

/** Why a person is left in peace, and until when. */
export type Wait = { readonly reason: SendReason; readonly until: Date };

/** What the budget of one person holds against one more message now. */
export const budgetWaits = (facts: BudgetFacts, now: Date): readonly Wait[] => {
  const { purpose, settings, waiting } = facts;
  const all = instantsOf(facts.touches);
  const perDay = dailyCap(facts);
  const ahead = waiting.filter((other) => URGENCY[other] > URGENCY[purpose]).map(() => now.getTime());
  const isUsedUp = blockedUntil(all, { count: perDay, spanMs: DAY_MS }) > now.getTime();
  const free = blockedUntil([...all, ...ahead], { count: perDay, spanMs: DAY_MS });
  const waits: (Wait | null)[] = [waitOf(isUsedUp ? "person_day" : "makes_way", free, now)];
  if (isAboutMoney(purpose)) {
    const money = instantsOf(facts.touches.filter((touch) => isAboutMoney(touch.purpose)));
    waits.unshift(
      waitOf("billing_gap", blockedUntil(money, { count: 1, spanMs: settings.billingGapHours * HOUR_MS }), now),
      waitOf("billing_week", blockedUntil(money, { count: weeklyCap(facts), spanMs: WEEK_MS }), now),
    );
  }
  return waits.filter((wait) => wait !== null);
};

const instantsOf = (touches: readonly Touch[]): readonly number[] => touches.map(({ at }) => at.getTime());

/** The strictest of what the franchise set and what applies where the person is. */
const dailyCap = ({ settings, regions }: BudgetFacts): number =>
  Math.min(settings.proactivePerDay, DEFAULT_CAP.perDay, ...regions.flatMap((region) => STATE_CAPS[region]?.perDay ?? []));

const weeklyCap = ({ settings, regions, isNewYorkCity }: BudgetFacts): number =>
  Math.min(
    settings.billingPerWeek,
    ...(isNewYorkCity ? [NEW_YORK_CITY_CEILING.perWeek] : []),
    ...(regions.some((region) => COLLECTION_CEILING.regions.some((one) => one === region)) ? [COLLECTION_CEILING.perWeek] : []),
  );

type Cap = { readonly count: number; readonly spanMs: number };

/**
 * Until when a rolling span holds `count` messages: the instant at which the count-th newest falls out of it, which is
 * past where there were fewer.
 */
const blockedUntil = (instants: readonly number[], { count, spanMs }: Cap): number => {
  const nth = instants.toSorted((left, right) => right - left)[count - 1];
  return nth === undefined ? Number.NEGATIVE_INFINITY : nth + spanMs;
};

const waitOf = (reason: SendReason, until: number, now: Date): Wait | null =>
  until > now.getTime() ? { reason, until: new Date(until) } : null;
