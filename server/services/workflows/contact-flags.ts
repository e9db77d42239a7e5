import "server-only";

import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { sendingChannels } from "#server/services/messages/sending-channels.ts";

/** What stands in the way of writing to somebody at all, and what is owed under all records of the contact together. */
export type ContactFlags = {
  readonly contactId: string;
  readonly isAgentOff: boolean;
  readonly hasOptedOut: boolean;
  readonly hasAddress: boolean;
  readonly owesMinor: bigint;
};

/** Two statements, however many contacts; archived ones are missing. */
export const contactFlags = async (
  tx: ServiceTx,
  { clubId, ...ctx }: ServiceContext,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, ContactFlags>> => {
  const kinds = [...(await sendingChannels(tx, { clubId, ...ctx })).keys()];
  const rows = await tx.db.$queryRaw<(Omit<ContactFlags, "owesMinor"> & { readonly owes: string })[]>`
    with page as (select unnest(${[...contactIds]}::text[]) as id),
    records as (
      select m."contactId", sum(greatest(coalesce(m."balanceMinor", 0), coalesce(m."trainingBalanceMinor", 0), 0)) as owes
      from page join "Member" m on m."clubId" = ${clubId} and m."contactId" = page.id and m."archivedAt" is null group by 1),
    addresses as (
      select i."contactId", bool_or(i."channelKind" = any (${kinds}::text[]) and coalesce(i.address, i."externalId") is not null) as reachable,
             bool_or(s.id is not null) as stopped
      from page join "ContactIdentity" i on i."clubId" = ${clubId} and i."contactId" = page.id
      left join "Suppression" s on s."franchiseId" = ${ctx.franchiseId} and s."addressKey" = i."addressKey" and s."channelKind" = i."channelKind" and s."liftedAt" is null
      group by 1)
    select c.id as "contactId", c."isAgentOff", coalesce(addresses.stopped, false) as "hasOptedOut", coalesce(addresses.reachable, false) as "hasAddress",
           coalesce(records.owes, 0)::text as owes
    from page join "Contact" c on c."clubId" = ${clubId} and c.id = page.id
    left join records on records."contactId" = c.id left join addresses on addresses."contactId" = c.id
    where c."archivedAt" is null`;
  return new Map(rows.map(({ owes, ...row }) => [row.contactId, { ...row, owesMinor: BigInt(owes) }]));
};
