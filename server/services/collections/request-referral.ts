import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { addDays, todayIn } from "#server/domain/calendar-date.ts";
import { formatMoney } from "#server/domain/money.ts";
import { assertCan } from "#server/services/authorize.ts";
import { connectionsWith } from "#server/services/connections/with-capability.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { actForClub, type ClubActResult } from "#server/services/effects/act-for-club.ts";

/** The customer's rule: under these nobody is referred, whatever is asked for. */
export const REFERRAL_LEAST = { attempts: 3, daysPastDue: 14, amountMinor: 5_000n } as const;
const CASES_MAX = 50;
/** So many decide, two different people. */
const DECIDERS = 2;

export const RequestReferralInput = z.object({
  minAttempts: z.int().min(REFERRAL_LEAST.attempts).max(100),
  minDaysPastDue: z.int().min(REFERRAL_LEAST.daysPastDue).max(3_660),
  minAmountMinor: z.bigint().min(REFERRAL_LEAST.amountMinor),
  callKey: z.string(),
});

type Case = {
  readonly memberId: string;
  readonly personExternalId: string;
  readonly name: string;
  readonly amountMinor: string;
  readonly attemptCount: number;
  readonly pastDueSinceOn: string;
};

export type ReferralList = ClubActResult & {
  readonly caseCount: number;
  readonly total: string;
  readonly currency: string;
  readonly cases: readonly Case[];
};

/**
 * Proposes to refer the ripe debts of the club to collections: two different people decide over exactly this list. Whoever has
 * promised to pay, is frozen, or was referred before is not on it. @throws `precondition_failed` when nobody is
 */
export const requestReferral = async (ctx: ServiceContext, raw: z.input<typeof RequestReferralInput>): Promise<ReferralList> => {
  assertCan(ctx, "effect.plan");
  const { callKey, ...bounds } = RequestReferralInput.parse(raw);
  let cases: readonly Case[] = [];
  let totals = { total: "", currency: "USD" };
  const result = await actForClub(ctx, {
    callKey,
    isAlone: false,
    requiredRole: "manager",
    requiredCount: DECIDERS,
    choose: async (tx) => {
      const [connectionId] = await connectionsWith(tx, ctx, "notes.write");
      if (connectionId === undefined) {
        throw new DomainError("precondition_failed", "no connection of this club can write notes");
      }
      const { currency, timeZone } = await tx.db.club.findFirstOrThrow({
        where: { id: ctx.clubId },
        select: { currency: true, timeZone: true },
      });
      const overdueOn = addDays(todayIn(timeZone, tx.now), -bounds.minDaysPastDue);
      cases = await ripeCases(tx, ctx, { ...bounds, connectionId, overdueOn });
      if (cases.length === 0) {
        throw new DomainError("precondition_failed", "no debt is ripe to be referred now");
      }
      const totalMinor = String(cases.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n));
      const total = formatMoney(totalMinor, currency);
      totals = { total, currency };
      return {
        summary: `Refer ${cases.length} members who owe ${total} together to collections: ${cases.map(({ name }) => name).join(", ")}`,
        plan: {
          kind: "referral.list",
          connectionId,
          purpose: "billing",
          arguments: { currency, totalMinor, cases: cases.map((one) => ({ ...one })) },
        },
      };
    },
  });
  return { ...result, caseCount: cases.length, ...totals, cases };
};

type Bounds = Omit<z.output<typeof RequestReferralInput>, "callKey"> & { readonly connectionId: string; readonly overdueOn: string };

const ripeCases = (tx: ServiceTx, { clubId }: ServiceContext, bounds: Bounds): Promise<Case[]> =>
  tx.db.$queryRaw<Case[]>`
    select m.id as "memberId", i."externalId" as "personExternalId", trim(m."firstName" || ' ' || m."lastName") as name,
           m."balanceMinor"::text as "amountMinor", a.count as "attemptCount", m."pastDueSinceOn"
    from "Member" m
    join "MemberIdentity" i on i."clubId" = m."clubId" and i."memberId" = m.id and i."connectionId" = ${bounds.connectionId} and i."archivedAt" is null
    cross join lateral (select count(*)::int as count from "CollectionAttempt" c
                        where c."clubId" = m."clubId" and c."contactId" = m."contactId" and c."episodeOn" = m."pastDueSinceOn") a
    where m."clubId" = ${clubId} and m."archivedAt" is null and m."balanceMinor" >= ${bounds.minAmountMinor}
      and m."pastDueSinceOn" <= ${bounds.overdueOn} and m.status not in ('frozen', 'in_collections') and a.count >= ${bounds.minAttempts}
      and not exists (select 1 from "PaymentPromise" p where p."clubId" = m."clubId" and p."contactId" = m."contactId" and p.status = 'open')
      and not exists (select 1 from "Effect" e where e."clubId" = m."clubId" and e.kind = 'referral.list' and e.status not in ('dropped', 'failed')
                      and e.arguments -> 'cases' @> jsonb_build_array(jsonb_build_object('memberId', m.id)))
    order by m."balanceMinor" desc, m.id limit ${CASES_MAX}`;
