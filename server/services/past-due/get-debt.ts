import "server-only";

import { z } from "zod";

import { idSchema } from "#server/domain/ids.ts";
import { activeHolds } from "#server/domain/past-due/facts.ts";
import { decideReminder, type ReminderDecision } from "#server/domain/past-due/ladder.ts";
import { HOLD_WORDS } from "#server/domain/past-due/reasons.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { loadDebt } from "#server/services/past-due/load-facts.ts";
import { payersOf } from "#server/services/past-due/payers-of.ts";

export const GetDebtInput = z.object({ contactId: idSchema("contact") });

/** The newest first, as many as a panel shows. */
const ROWS_MAX = 30;

export type DebtStory = {
  readonly payer: { readonly contactId: string; readonly name: string; readonly isAnother: boolean };
  /** Whole minor units as a decimal string. */
  readonly dueMinor: string;
  readonly currency: string;
  readonly what: string;
  readonly daysPastDue: number;
  readonly episodeOn: string | null;
  readonly balanceReadAt: Date | null;
  /** What a reminder run would do now. */
  readonly next: ReminderDecision;
  /** What holds now, in the words people read. */
  readonly holdingNow: readonly { readonly words: string; readonly until: Date | null }[];
  readonly attempts: Awaited<ReturnType<typeof attemptRows>>;
  readonly holds: Awaited<ReturnType<typeof holdRows>>;
  readonly promises: readonly (Omit<Awaited<ReturnType<typeof promiseRows>>[number], "amountMinor"> & {
    readonly amountMinor: string | null;
  })[];
};

/** The story of a debt, for the panel beside a conversation; null = nobody of the club pays for this contact. */
export const getDebt = (ctx: ServiceContext, raw: z.input<typeof GetDebtInput>): Promise<DebtStory | null> => {
  assertCan(ctx, "member.read");
  const { contactId } = GetDebtInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const read = { ...tx, news: { changes: [], actions: [] } };
      const [payerId] = await payersOf(read, ctx, [contactId]);
      const { club, debt } = payerId === undefined ? { club: null, debt: null } : await loadDebt(read, ctx, payerId);
      if (club === null || debt === null) {
        return null;
      }
      const { facts, payer, what } = debt;
      const who = [...new Set([debt.contactId, contactId, ...debt.members.map((member) => member.contactId)])];
      return {
        payer: { contactId: debt.contactId, name: `${payer.firstName} ${payer.lastName}`.trim(), isAnother: debt.contactId !== contactId },
        dueMinor: `${facts.dueMinor}`,
        currency: facts.currency,
        what,
        daysPastDue: facts.daysPastDue,
        episodeOn: facts.episodeOn,
        balanceReadAt: facts.balanceReadAt,
        next: decideReminder(facts, club.settings, tx.now),
        holdingNow: activeHolds(facts, club.settings, tx.now).map(({ kind, until }) => ({ words: HOLD_WORDS[kind], until })),
        attempts: await attemptRows(tx, ctx, who),
        holds: await holdRows(tx, ctx, who),
        promises: (await promiseRows(tx, ctx, who)).map((row) => ({
          ...row,
          amountMinor: row.amountMinor === null ? null : `${row.amountMinor}`,
        })),
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};

const attemptRows = async (tx: Tx, { clubId }: ServiceContext, who: readonly string[]) => {
  const rows = await tx.db.collectionAttempt.findMany({
    where: { clubId, contactId: { in: [...who] } },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: ROWS_MAX,
    select: { id: true, tier: true, amountMinor: true, currency: true, episodeOn: true, at: true, note: true, effectId: true },
  });
  return rows.map(({ amountMinor, ...row }) => ({ ...row, amountMinor: `${amountMinor}` }));
};

const holdRows = (tx: Tx, { clubId }: ServiceContext, who: readonly string[]) =>
  tx.db.billingHold.findMany({
    where: { clubId, contactId: { in: [...who] } },
    orderBy: [{ since: "desc" }, { id: "desc" }],
    take: ROWS_MAX,
    select: { id: true, kind: true, reason: true, since: true, until: true, releasedAt: true, releaseReason: true, messageId: true },
  });

const promiseRows = (tx: Tx, { clubId }: ServiceContext, who: readonly string[]) =>
  tx.db.paymentPromise.findMany({
    where: { clubId, contactId: { in: [...who] } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: ROWS_MAX,
    select: { id: true, promisedOn: true, amountMinor: true, currency: true, status: true, createdAt: true, settledAt: true },
  });
