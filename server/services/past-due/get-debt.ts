import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { asId, idSchema, type Id } from "#server/domain/ids.ts";
import { debtState, type DebtState, type DoorState } from "#server/domain/past-due/debt-list.ts";
import { activeHolds, type Tier } from "#server/domain/past-due/facts.ts";
import { decideReminder, stepOf } from "#server/domain/past-due/ladder.ts";
import { decideLock } from "#server/domain/past-due/locks.ts";
import { doorStep, referralStep, reminderStep, type NextStep } from "#server/domain/past-due/next-steps.ts";
import { HOLD_WORDS } from "#server/domain/past-due/reasons.ts";
import { decideReferral } from "#server/domain/past-due/referral.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { lockSettings } from "#server/services/access/lock-settings.ts";
import { assertCan } from "#server/services/authorize.ts";
import { referralSettings } from "#server/services/collections/referral-facts.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { staffNames } from "#server/services/conversations/staff-names.ts";
import type { ClubState } from "#server/services/past-due/club-state.ts";
import { debtTimeline, type TimelineLine } from "#server/services/past-due/debt-timeline.ts";
import { doorStateOf, nameOfPayer } from "#server/services/past-due/list-past-due.ts";
import { doorFactsOf, loadDebt, type Debt } from "#server/services/past-due/load-facts.ts";
import { payersOf } from "#server/services/past-due/payers-of.ts";

export const GetDebtInput = z.object({ contactId: idSchema("contact") });

/** Of somebody who owes nothing now, what happened in these days is shown. */
const QUIET_DAYS = 90;

export type DebtStory = {
  readonly payer: {
    readonly contactId: Id<"contact">;
    readonly name: string;
    readonly phone: string | null;
    readonly email: string | null;
    /** Somebody else than the contact who was asked about. */
    readonly isAnother: boolean;
  };
  /** Whole minor units as a decimal string. */
  readonly dueMinor: string;
  readonly trainingMinor: string;
  readonly currency: string;
  readonly daysPastDue: number;
  readonly episodeOn: string | null;
  readonly balanceReadAt: Date | null;
  readonly attempts: number;
  /** The ladder ends there. */
  readonly endsAtAttempts: number;
  readonly tier: Tier;
  readonly state: DebtState;
  /** What the machinery does next about it, and why. */
  readonly next: readonly NextStep[];
  /** What holds now, of itself or because somebody said so. */
  readonly holdingNow: readonly { readonly words: string; readonly until: Date | null }[];
  /** What somebody wrote down and can lift. */
  readonly holds: Awaited<ReturnType<typeof openHolds>>;
  readonly promise: Awaited<ReturnType<typeof openPromise>>;
  readonly doors: readonly { readonly memberId: Id<"member">; readonly name: string; readonly state: DoorState }[];
  readonly timeline: readonly TimelineLine[];
  /** The club's day, and as many days ahead as a promise may lie. */
  readonly today: string;
  readonly promiseMaxDays: number;
};

/** The story of a debt and what comes next. @throws `not_found` where nobody of the club pays for this contact */
export const getDebt = (ctx: ServiceContext, raw: z.input<typeof GetDebtInput>): Promise<DebtStory> => {
  assertCan(ctx, "member.read");
  const { contactId } = GetDebtInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const read = { ...tx, news: { changes: [], actions: [] } };
      const [payerId] = await payersOf(read, ctx, [contactId]);
      const { club, debt } = payerId === undefined ? { club: null, debt: null } : await loadDebt(read, ctx, payerId);
      if (club === null || debt === null) {
        throw notFound("member");
      }
      const who = [...new Set([debt.contactId, contactId, ...debt.members.map((member) => member.contactId)])];
      const since = await storyBegins(tx, ctx, debt);
      return {
        payer: payerView(debt, contactId),
        ...figures(debt, { club, now: tx.now }),
        next: await nextSteps(read, ctx, { club, debt }),
        holds: await openHolds(tx, ctx, who),
        promise: await openPromise(tx, ctx, debt.contactId),
        doors: debt.members.map(({ firstName, lastName, memberId }) => ({
          memberId,
          name: `${firstName} ${lastName}`.trim(),
          state: doorStateOf(debt.doors.get(memberId) ?? { isLockUnderWay: false, lock: null }),
        })),
        timeline: await debtTimeline(tx, ctx, { contactIds: who, since }),
        today: club.today,
        promiseMaxDays: club.settings.promiseMaxDays,
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};

const payerView = (debt: Debt, contactId: string): DebtStory["payer"] => ({
  contactId: asId("contact", debt.contactId),
  name: nameOfPayer(debt),
  phone: debt.payer.phone,
  email: debt.payer.email,
  isAnother: debt.contactId !== contactId,
});

type At = { readonly club: ClubState; readonly now: Date };

const figures = ({ facts, members }: Debt, { club: { settings }, now }: At) => ({
  dueMinor: `${facts.dueMinor}`,
  trainingMinor: `${members.reduce((sum, { trainingMinor }) => sum + trainingMinor, 0n)}`,
  currency: facts.currency,
  daysPastDue: facts.daysPastDue,
  episodeOn: facts.episodeOn,
  balanceReadAt: facts.balanceReadAt,
  attempts: facts.attempts,
  endsAtAttempts: settings.endsAtAttempts,
  tier: stepOf(facts, settings).tier,
  state: debtState(decideReminder(facts, settings, now)),
  holdingNow: activeHolds(facts, settings, now).map(({ kind, until }) => ({ words: HOLD_WORDS[kind], until })),
});

type Owing = { readonly club: ClubState; readonly debt: Debt };

const nextSteps = async (tx: ServiceTx, ctx: ServiceContext, { club, debt }: Owing): Promise<readonly NextStep[]> => {
  const { facts } = debt;
  const { now } = tx;
  const locks = await lockSettings(tx, ctx, club);
  const referral = await referralSettings(tx, ctx);
  return [
    reminderStep(decideReminder(facts, club.settings, now), { facts, settings: club.settings, now }),
    ...debt.members.map(({ firstName, memberId }) =>
      doorStep(decideLock(doorFactsOf(debt, { club, memberId }), locks, now), {
        isAutoLockOn: locks.door.isAutoLockOn,
        who: firstName.trim() || "This member",
      }),
    ),
    referralStep(decideReferral(facts, { referral, pastDue: club.settings }, now)),
  ];
};

/** When the episode began, else some months ago. */
const storyBegins = async (tx: Tx, { clubId }: ServiceContext, { episode }: Debt): Promise<Date> => {
  const row =
    episode === null ? null : await tx.db.debtEpisode.findFirst({ where: { id: episode.id, clubId }, select: { startedAt: true } });
  return row?.startedAt ?? new Date(tx.now.getTime() - QUIET_DAYS * 86_400_000);
};

const openHolds = async (tx: Tx, { clubId }: ServiceContext, who: readonly string[]) => {
  const rows = await tx.db.billingHold.findMany({
    where: { clubId, contactId: { in: [...who] }, releasedAt: null, OR: [{ until: null }, { until: { gt: tx.now } }] },
    orderBy: [{ since: "desc" }, { id: "desc" }],
    select: { id: true, kind: true, reason: true, since: true, until: true, placedBy: true },
  });
  const names = await staffNames(
    tx,
    rows.map(({ placedBy }) => placedBy),
  );
  return rows.map(({ id, kind, placedBy, ...hold }) => ({
    ...hold,
    id: asId("billingHold", id),
    kind: kind as "plan" | "hardship" | "dispute" | "paid_claim" | "exemption",
    by: names.get(placedBy) ?? null,
  }));
};

const openPromise = async (tx: Tx, { clubId }: ServiceContext, contactId: string) => {
  const row = await tx.db.paymentPromise.findFirst({
    where: { clubId, contactId, status: "open" },
    select: { id: true, promisedOn: true, amountMinor: true },
  });
  return row === null
    ? null
    : {
        id: asId("paymentPromise", row.id),
        promisedOn: row.promisedOn,
        amountMinor: row.amountMinor === null ? null : `${row.amountMinor}`,
      };
};
