import "server-only";

import { todayIn } from "#server/domain/calendar-date.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { DUE, PAYER_ID, recordsOf } from "#server/services/past-due/due-sql.ts";

type Risen = { readonly payer: string; readonly due: string; readonly currency: string };

/**
 * Begins and ends the episodes of debt by the balances as they stand, of some payers or of the whole club, in a few statements. A debt
 * that comes back on the day it went goes on. Harmless to repeat.
 */
export const trackEpisodes = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { payerIds }: { readonly payerIds: readonly string[] | null },
): Promise<void> => {
  if (payerIds?.length === 0) {
    return;
  }
  const { clubId, franchiseId } = ctx;
  const dues = Prisma.sql`select payer, sum(due)::bigint as due, min(currency) as currency from (
    ${recordsOf(clubId, { payerIds, columns: Prisma.sql`${PAYER_ID} as payer, ${DUE} as due, m.currency` })}) as records
    where due is not null group by payer`;
  await tx.db.$executeRaw`
    with d as materialized (${dues})
    update "DebtEpisode" e set "dueMinor" = greatest(d.due, 0), "peakMinor" = greatest(e."peakMinor", d.due), "updatedAt" = ${tx.now},
      "endedAt" = case when d.due <= 0 then ${tx.now}::timestamptz end
    from d where e."clubId" = ${clubId} and e."contactId" = d.payer and e."endedAt" is null and e."dueMinor" <> greatest(d.due, 0)`;
  const risen = await tx.db.$queryRaw<Risen[]>`
    with d as materialized (${dues}), running as materialized (
      select "contactId" from "DebtEpisode" where "clubId" = ${clubId} and "endedAt" is null)
    select d.payer, d.due::text as due, d.currency from d
    where d.due > 0 and not exists (select 1 from running where running."contactId" = d.payer)`;
  if (risen.length === 0) {
    return;
  }
  const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: clubId }, select: { timeZone: true } });
  const startedOn = todayIn(timeZone, tx.now);
  const again = await tx.db.$queryRaw<{ contactId: string }[]>`
    with d as materialized (${dues})
    update "DebtEpisode" e set "endedAt" = null, "dueMinor" = d.due, "peakMinor" = greatest(e."peakMinor", d.due), "updatedAt" = ${tx.now}
    from d where e."clubId" = ${clubId} and e."contactId" = d.payer and e."startedOn" = ${startedOn} and d.due > 0 and e."endedAt" is not null
    returning e."contactId"`;
  const known = new Set(again.map(({ contactId }) => contactId));
  await tx.db.debtEpisode.createMany({
    data: risen
      .filter(({ payer }) => !known.has(payer))
      .map(({ currency, due, payer }) => ({
        id: newId("debtEpisode"),
        franchiseId,
        clubId,
        contactId: payer,
        startedOn,
        startedAt: tx.now,
        dueMinor: BigInt(due),
        peakMinor: BigInt(due),
        currency,
        createdAt: tx.now,
        updatedAt: tx.now,
      })),
    skipDuplicates: true,
  });
};
