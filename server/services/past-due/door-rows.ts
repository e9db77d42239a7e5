import "server-only";

import type { DoorFacts } from "#server/domain/past-due/facts.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type Who = { readonly contactIds: readonly string[] };

export type LockRow = {
  readonly id: string;
  readonly memberId: string;
  readonly episodeOn: string;
  readonly boundMinor: bigint;
  readonly status: string;
  readonly lockedAt: Date | null;
};

/** Our locks of these payers' people, by member, the newest last. */
export const locksOf = async (
  tx: ServiceTx,
  { clubId }: ServiceContext,
  { contactIds }: Who,
): Promise<ReadonlyMap<string, readonly LockRow[]>> => {
  const rows = await tx.db.accessLock.findMany({
    where: { clubId, contactId: { in: [...contactIds] } },
    orderBy: [{ askedAt: "asc" }, { id: "asc" }],
    select: { id: true, memberId: true, episodeOn: true, boundMinor: true, status: true, lockedAt: true },
  });
  const locks = new Map<string, LockRow[]>();
  for (const row of rows) {
    locks.set(row.memberId, [...(locks.get(row.memberId) ?? []), row]);
  }
  return locks;
};

type Warning = NonNullable<DoorFacts["warning"]>;

/**
 * The newest warning of each member that has not failed. It is delivered when the vendor says so; where a channel never does, when the
 * vendor took it.
 */
export const warningsOf = async (tx: ServiceTx, { clubId }: ServiceContext, { contactIds }: Who): Promise<ReadonlyMap<string, Warning>> => {
  const rows = await tx.db.$queryRaw<(Warning & { readonly memberId: string })[]>`
    select distinct on (w."memberId") w."memberId", w."namesOn", w."episodeOn",
           coalesce(m."deliveredAt", case when e.status = 'confirmed' and e."channelKind" <> 'sms' then e."settledAt" end) as "deliveredAt"
    from "LockWarning" w join "Effect" e on e."clubId" = w."clubId" and e.id = w."effectId"
    left join "Message" m on m."clubId" = w."clubId" and m."effectId" = w."effectId" and m.direction = 'outbound'
    where w."clubId" = ${clubId} and w."contactId" = any(${[...contactIds]}::text[]) and e.status not in ('failed', 'dropped')
      and coalesce(m.status, '') <> 'failed'
    order by w."memberId", w."createdAt" desc`;
  return new Map(rows.map(({ memberId, ...warning }) => [memberId, warning]));
};
