import "server-only";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { formatMoney } from "#server/domain/money.ts";
import { TIERS, type Tier } from "#server/domain/past-due/facts.ts";
import { decideReminder } from "#server/domain/past-due/ladder.ts";
import { REMINDER_REASONS } from "#server/domain/past-due/reasons.ts";
import { withOptOut } from "#server/domain/workflows/merge-fields.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { ClubDeed } from "#server/services/effects/act-for-club.ts";
import { textOver } from "#server/services/messages/text-over.ts";
import { unaskedRoad } from "#server/services/messages/unasked-road.ts";
import { loadDebt, type Debt } from "#server/services/past-due/load-facts.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";
import { payersOf } from "#server/services/past-due/payers-of.ts";
import { trackEpisodes } from "#server/services/past-due/track-episodes.ts";
import { reminderText } from "#server/services/workflows/past-due/reminder-text.ts";

type Wanted = {
  /** Whoever owes, or for whom somebody pays. */
  readonly contactId: string;
  /** What was asked for; never firmer than what the ladder says. Absent = what the ladder says. */
  readonly tier?: Tier;
};

/**
 * One more reminder of a debt as a deed, by the facts and the rules of the ladder: its pace, its holds, its end, its wordings.
 * @throws `not_found`, `precondition_failed` with the ladder's own reason where no reminder is due
 */
export const reminderDeed = async (tx: ServiceTx, ctx: ServiceContext, { contactId, tier: asked }: Wanted): Promise<ClubDeed> => {
  const [payerId] = await payersOf(tx, ctx, [contactId]);
  if (payerId === undefined) {
    throw notFound("member");
  }
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, phone: true } });
  // A conversation comes before a debt in the order of locks.
  const found = await unaskedRoad(tx, ctx, { contactId: payerId, club });
  if (found.kind === "none") {
    throw new DomainError("precondition_failed", "no channel of this club leads to this member, or they want no machine to write");
  }
  await lockDebts(tx, ctx, [payerId]);
  await trackEpisodes(tx, ctx, { payerIds: [payerId] });
  const { debt, tier } = await dueReminder(tx, ctx, { payerId, asked });
  const words = wordsOf(debt, { tier, club, payLink: await openLink(tx, ctx, debt) });
  if (words === null) {
    throw noReminder("attempts_spent");
  }
  const { currency, dueMinor, episodeOn } = debt.facts;
  const { key: wordingKey, text } = words;
  const reminder = {
    tier,
    amountMinor: `${dueMinor}`,
    currency,
    episodeOn: episodeOn ?? "",
    ...(wordingKey === null ? {} : { wordingKey }),
  };
  return {
    summary: `Send ${`${debt.payer.firstName} ${debt.payer.lastName}`.trim() || "a member"} this text: “${text}”`,
    plan: textOver(ctx, { road: found.road, purpose: "billing", text, subject: `${club.name}: your balance`, proof: { reminder } }),
  };
};

type Due = { readonly payerId: string; readonly asked: Tier | undefined };

const dueReminder = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { asked, payerId }: Due,
): Promise<{ readonly debt: Debt; readonly tier: Tier }> => {
  const { club, debt } = await loadDebt(tx, ctx, payerId);
  const decision = debt === null ? null : decideReminder(debt.facts, club.settings, tx.now);
  if (debt === null || decision?.kind !== "remind") {
    throw noReminder(decision?.reason ?? "nothing_due");
  }
  if (asked !== undefined && TIERS.indexOf(asked) > TIERS.indexOf(decision.tier)) {
    throw new DomainError("precondition_failed", `the ladder is at a ${decision.tier} reminder: nobody gets a firmer one`);
  }
  return { debt, tier: asked ?? decision.tier };
};

const noReminder = (reason: keyof typeof REMINDER_REASONS): DomainError =>
  new DomainError("precondition_failed", `no reminder goes out now: ${REMINDER_REASONS[reason]}`, { details: { reason } });

const openLink = async (tx: ServiceTx, { clubId }: ServiceContext, { contactId, facts }: Debt): Promise<string | null> => {
  const request = await tx.db.payRequest.findFirst({
    where: { clubId, contactId, status: "open", amountMinor: facts.dueMinor, currency: facts.currency, url: { not: null } },
    orderBy: { id: "desc" },
    select: { url: true },
  });
  return request?.url ?? null;
};

type Place = {
  readonly tier: Tier;
  readonly club: { readonly name: string; readonly phone: string | null };
  readonly payLink: string | null;
};

/** Without a link there is another easy way to pay. Null = this payer has had every wording of the tier. */
const wordsOf = (debt: Debt, { club, payLink, tier }: Place): { readonly key: string | null; readonly text: string } | null => {
  if (payLink !== null) {
    return reminderText(debt, { tier, clubName: club.name, payLink });
  }
  const { facts, payer, what } = debt;
  const way = club.phone === null ? "You can pay at the front desk." : `You can pay at the front desk or by phone at ${club.phone}.`;
  const amount = formatMoney(`${facts.dueMinor}`, facts.currency);
  const text = `Hi ${payer.firstName.trim() || "there"}, ${amount} for ${what} at ${club.name} is still open. ${way} If anything is in the way, reply and we will help, thank you!`;
  return { key: null, text: withOptOut(text) };
};
