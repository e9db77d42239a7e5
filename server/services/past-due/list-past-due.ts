import "server-only";

import { z } from "zod";

import {
  chooseDebts,
  DEBT_SORTS,
  DEBT_STATES,
  debtState,
  DOOR_STATES,
  type DebtRow,
  type DebtState,
  type DoorState,
} from "#server/domain/past-due/debt-list.ts";
import { activeHolds, TIERS } from "#server/domain/past-due/facts.ts";
import { decideReminder, stepOf } from "#server/domain/past-due/ladder.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { ClubState } from "#server/services/past-due/club-state.ts";
import { listDebtors } from "#server/services/past-due/list-debtors.ts";
import { loadDebts, type Debt } from "#server/services/past-due/load-facts.ts";

const PAGE_SIZE = 50;
/** Longer than any name, number or address somebody looks for. */
const SEARCH_MAX_LENGTH = 100;
/** More than any club we know has; whoever comes after them is counted as left out, and the page says so. */
const DEBTORS_MAX = 5_000;

export const ListPastDueInput = z.object({
  search: z.string().trim().max(SEARCH_MAX_LENGTH).default(""),
  state: z.enum(DEBT_STATES).nullable().default(null),
  tier: z.enum(TIERS).nullable().default(null),
  door: z.enum(DOOR_STATES).nullable().default(null),
  sort: z.enum(DEBT_SORTS).default("due"),
  isAscending: z.boolean().default(false),
  /** How many rows were shown before. */
  cursor: z.int().min(0).nullish(),
});

export type PastDuePage = {
  readonly items: readonly DebtRow[];
  readonly nextCursor: number | null;
  /** Of those that were asked for. */
  readonly count: number;
  /** Of everybody who owes, whatever was asked for. */
  readonly totals: {
    readonly count: number;
    /** Whole minor units as a decimal string. */
    readonly dueMinor: string;
    readonly currency: string;
    readonly byState: Readonly<Record<DebtState, number>>;
    readonly isCutOff: boolean;
  };
};

/**
 * Everybody who owes something now, with what the ladder and the doors do about it. The filters are about what is decided, which stands
 * in no column: all debts of the club are looked at in a fixed number of statements, and a page of them answered.
 */
export const listPastDue = async (ctx: ServiceContext, raw: z.input<typeof ListPastDueInput>): Promise<PastDuePage> => {
  assertCan(ctx, "member.read");
  const { cursor, ...choice } = ListPastDueInput.parse(raw);
  const { currency, isCutOff, rows } = await withClub(
    ctx,
    async (tx) => {
      const read = { ...tx, news: { changes: [], actions: [] } };
      const { next, payerIds } = await listDebtors(read, ctx, { after: null, limit: DEBTORS_MAX });
      const { club, debts } = await loadDebts(read, ctx, { payerIds });
      return {
        currency: club.currency,
        isCutOff: next !== null,
        rows: payerIds.flatMap((id) => {
          const debt = debts.get(id);
          return debt === undefined ? [] : [rowOf(debt, { club, now: tx.now })];
        }),
      };
    },
    { fixedNow: ctx.fixedNow },
  );
  const chosen = chooseDebts(rows, choice);
  const from = cursor ?? 0;
  return {
    items: chosen.slice(from, from + PAGE_SIZE),
    nextCursor: from + PAGE_SIZE < chosen.length ? from + PAGE_SIZE : null,
    count: chosen.length,
    totals: {
      count: rows.length,
      dueMinor: `${rows.reduce((sum, { dueMinor }) => sum + BigInt(dueMinor), 0n)}`,
      currency,
      byState: countStates(rows),
      isCutOff,
    },
  };
};

const countStates = (rows: readonly DebtRow[]): Record<DebtState, number> => {
  const counts: Record<DebtState, number> = { reminded: 0, waiting: 0, paused: 0, ended: 0, referred: 0, quiet: 0 };
  for (const { state } of rows) {
    counts[state] += 1;
  }
  return counts;
};

type At = { readonly club: ClubState; readonly now: Date };

const rowOf = (debt: Debt, { club, now }: At): DebtRow => {
  const { facts, lastAttempt, members, payer } = debt;
  const decision = decideReminder(facts, club.settings, now);
  return {
    contactId: debt.contactId,
    name: nameOfPayer(debt),
    phone: payer.phone,
    email: payer.email,
    dueMinor: `${facts.dueMinor}`,
    currency: facts.currency,
    daysPastDue: facts.daysPastDue,
    oldestOn: members.flatMap(({ pastDueSinceOn }) => pastDueSinceOn ?? []).toSorted()[0] ?? null,
    attempts: facts.attempts,
    tier: stepOf(facts, club.settings).tier,
    state: debtState(decision),
    reason: decision.reason,
    until: decision.kind === "held" || decision.kind === "deferred" ? decision.until : null,
    holds: activeHolds(facts, club.settings, now).map(({ kind, until }) => ({ kind, until })),
    lastContact: lastAttempt === null ? null : { kind: lastAttempt.kind, at: lastAttempt.at },
    door: doorOfAll(debt),
  };
};

export const nameOfPayer = ({ payer }: Pick<Debt, "payer">): string =>
  `${payer.firstName} ${payer.lastName}`.trim() || (payer.phone ?? payer.email ?? "Somebody without a name");

/** The most that is shut of all the doors the payer pays for. */
const doorOfAll = ({ doors }: Debt): DoorState => {
  const states = new Set([...doors.values()].map(doorStateOf));
  return (["locked", "foreign", "asked"] as const).find((state) => states.has(state)) ?? "open";
};

type Door = { readonly isLockUnderWay: boolean; readonly lock: { readonly isOurs: boolean } | null };

export const doorStateOf = ({ isLockUnderWay, lock }: Door): DoorState => {
  if (lock !== null) {
    return lock.isOurs ? "locked" : "foreign";
  }
  return isLockUnderWay ? "asked" : "open";
};
