import type { HoldKind, Tier } from "./facts.ts";
import type { ReminderDecision } from "./ladder.ts";

/** How a debt stands with the ladder, in one word. */
export const DEBT_STATES = ["reminded", "waiting", "paused", "ended", "referred", "quiet"] as const;
export type DebtState = (typeof DEBT_STATES)[number];

/** How the doors of a payer's people stand. `asked` = a lock waits for a yes or is on its way; `foreign` = locked, and not by Spotter. */
export const DOOR_STATES = ["open", "asked", "locked", "foreign"] as const;
export type DoorState = (typeof DOOR_STATES)[number];

export const DEBT_SORTS = ["due", "days", "attempts", "contact", "name"] as const;
export type DebtSort = (typeof DEBT_SORTS)[number];

/** One payer who owes something, as the list tells it. */
export type DebtRow = {
  readonly contactId: string;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  /** Whole minor units as a decimal string. */
  readonly dueMinor: string;
  readonly currency: string;
  readonly daysPastDue: number;
  /** The oldest day that is not paid, as the club's system tells it; null = it does not. */
  readonly oldestOn: string | null;
  readonly attempts: number;
  /** What the next reminder would be, whatever holds. */
  readonly tier: Tier;
  readonly state: DebtState;
  /** A code of `REMINDER_REASONS`. */
  readonly reason: ReminderDecision["reason"];
  /** When a pause or a wait ends by itself. */
  readonly until: Date | null;
  readonly holds: readonly { readonly kind: HoldKind; readonly until: Date | null }[];
  readonly lastContact: { readonly kind: string; readonly at: Date } | null;
  readonly door: DoorState;
};

export const debtState = (decision: ReminderDecision): DebtState => {
  switch (decision.kind) {
    case "remind":
      return "reminded";
    case "deferred":
      return "waiting";
    case "held":
      return "paused";
    case "ended":
      return "ended";
    case "nothing":
      return decision.reason === "referred" ? "referred" : "quiet";
  }
};

export type DebtChoice = {
  /** A part of a name, a number or an address; empty = everybody. */
  readonly search: string;
  readonly state: DebtState | null;
  readonly tier: Tier | null;
  readonly door: DoorState | null;
  readonly sort: DebtSort;
  readonly isAscending: boolean;
};

/** Who of the list is shown, and in which order; of equals in the order of their ids, so that pages do not overlap. */
export const chooseDebts = (rows: readonly DebtRow[], choice: DebtChoice): readonly DebtRow[] => {
  const { door, isAscending, search, sort, state, tier } = choice;
  const wanted = search.trim().toLowerCase();
  const digits = wanted.replaceAll(/\D/g, "");
  const matches = (row: DebtRow): boolean =>
    wanted === "" ||
    row.name.toLowerCase().includes(wanted) ||
    row.email?.toLowerCase().includes(wanted) === true ||
    (digits.length >= MIN_PHONE_DIGITS && row.phone?.includes(digits) === true);
  const sign = isAscending ? 1 : -1;
  return rows
    .filter(
      (row) =>
        (state === null || row.state === state) &&
        (tier === null || row.tier === tier) &&
        (door === null || row.door === door) &&
        matches(row),
    )
    .toSorted((left, right) => sign * COMPARE[sort](left, right) || (left.contactId < right.contactId ? -1 : 1));
};

/** From so many digits on, a search is taken for a part of a number. */
const MIN_PHONE_DIGITS = 4;

const COMPARE = {
  due: (left, right) => Number(BigInt(left.dueMinor) - BigInt(right.dueMinor)),
  days: (left, right) => left.daysPastDue - right.daysPastDue,
  attempts: (left, right) => left.attempts - right.attempts,
  // Whoever was never spoken to comes before everybody who was.
  contact: (left, right) => (left.lastContact?.at.getTime() ?? 0) - (right.lastContact?.at.getTime() ?? 0),
  name: (left, right) => left.name.localeCompare(right.name, "en"),
} as const satisfies Record<DebtSort, (left: DebtRow, right: DebtRow) => number>;
