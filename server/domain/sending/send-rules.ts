import type { SendPurpose } from "./send-purpose.ts";

/**
 * Law and carrier rules as data. Each row bears the mark of its source: `D` documented by the owner of the thing, `D2`
 * by a second party, `K` well known and to be checked again, `J` our judgement. None of it is legal advice, and what is
 * uncertain is a switch of the franchise that stands on the strict side (`settings.ts`).
 */
export const SEND_RULES_VERSION = "us-2026-11-21";

export type Mark = "D" | "D2" | "K" | "J";

/** Minutes after midnight at the recipient, the end excluded. */
export type DayWindow = { readonly fromMinute: number; readonly untilMinute: number };

type WeekRow = { readonly weekdays: DayWindow; readonly saturday: DayWindow; readonly sunday: DayWindow; readonly mark: Mark };

const hours = (from: number, until: number): DayWindow => ({ fromMinute: from * 60, untilMinute: until * 60 });
const everyDay = (window: DayWindow, mark: Mark): WeekRow => ({ weekdays: window, saturday: window, sunday: window, mark });

/** For every proactive text, whatever a state allows beyond it. */
export const DEFAULT_WINDOW: WeekRow = { weekdays: hours(9, 20), saturday: hours(9, 20), sunday: hours(12, 20), mark: "J" };

/** Stricter than the federal 8 to 21 (47 CFR 64.1200(c)(1)). The narrower of all rows that apply to somebody holds. */
export const STATE_WINDOWS: Readonly<Record<string, WeekRow>> = {
  FL: everyDay(hours(8, 20), "D2"),
  OK: everyDay(hours(8, 20), "D2"),
  MD: everyDay(hours(8, 20), "D2"),
  NJ: everyDay(hours(8, 20), "D2"),
  MS: everyDay(hours(8, 20), "D2"),
  CT: everyDay(hours(9, 20), "D2"),
  TX: { weekdays: hours(9, 21), saturday: hours(9, 21), sunday: hours(12, 21), mark: "D2" },
  RI: { weekdays: hours(9, 18), saturday: hours(10, 17), sunday: hours(10, 17), mark: "D2" },
  // Canada's telecommunications regulator: 9:00 to 21:30, at weekends 10:00 to 18:00.
  CAN: { weekdays: { fromMinute: 540, untilMinute: 1_290 }, saturday: hours(10, 18), sunday: hours(10, 18), mark: "K" },
};

type Cap = { readonly perDay: number; readonly mark: Mark };

/** Proactive messages to one person within 24 hours, over all numbers and clubs of the franchise. */
export const DEFAULT_CAP: Cap = { perDay: 3, mark: "J" };

export const STATE_CAPS: Readonly<Record<string, Cap>> = {
  FL: { perDay: 3, mark: "D2" },
  OK: { perDay: 3, mark: "D2" },
  MD: { perDay: 3, mark: "D2" },
  NJ: { perDay: 3, mark: "D2" },
};

/** Between two messages about money to one person, whatever a franchise sets: at most one a day (J). */
export const MIN_BILLING_GAP_HOURS = 24;

/**
 * Where the ceiling of the federal collection rules (12 CFR 1006) binds the creditor itself: California's Rosenthal Act
 * (D2). What a franchise sets may be stricter there, never looser.
 */
export const COLLECTION_CEILING = { regions: ["CA"], perWeek: 3, mark: "D2" } as const;

/** New York City since 1 September 2026: three contacts in seven days, and electronic ones only after a written opt-in (D2). */
export const NEW_YORK_CITY_CEILING = { perWeek: 3, mark: "D2" } as const;

/** Texts that any brand may send within 24 hours to one carrier without a vetted score: the franchise names its own budget. */
export const DEFAULT_BRAND_TEXTS_PER_DAY = { count: 2_000, mark: "K" } as const;

/** A message to somebody who wrote so recently answers them: exempt from hours, frequency and consent, for service only (D2). */
export const REPLY_EXEMPTION_MINUTES = 15;

/**
 * Until then a wish for silence about one topic may be taken for that topic only (DA 26-12, D2); from then on it always
 * means all. Midnight in UTC comes before midnight in every state.
 */
export const STOP_SCOPE_ENDS_AT = new Date("2027-01-31T00:00:00Z");

/** Who goes first when several want to write to one person: the others count as sent. */
export const URGENCY: Readonly<Record<SendPurpose, number>> = { billing: 1, collections: 1, service: 1, marketing: 0 };

/** The name under which an owner ticks marketing to people whose state nobody knows. */
export const UNKNOWN_REGION = "unknown";
