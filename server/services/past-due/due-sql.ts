import "server-only";

import { Prisma } from "#server/platform/generated/client.ts";

const { sql } = Prisma;

/**
 * What the record `m` owes. The balance is all of it and training is a part; where the source of the balance leaves training out, or tells
 * none, what is owed for training is owed all the same. A credit pays for training first.
 */
export const DUE = sql`case when m."balanceMinor" is null then m."trainingBalanceMinor"
  when m."balanceMinor" < 0 then m."balanceMinor" + greatest(coalesce(m."trainingBalanceMinor", 0), 0)
  else greatest(m."balanceMinor", coalesce(m."trainingBalanceMinor", 0)) end`;

/**
 * The record `p` of whoever pays for `m`, where that is somebody else of the club. Lateral, so that it is looked up for those few alone: as
 * a plain join the planner compares everybody with everybody.
 */
export const PAYER = sql`left join lateral (
  select own.id, own."contactId" from "Member" own where m."payerExternalId" is not null and own."clubId" = m."clubId" and own."connectionId" = m."connectionId"
    and own."externalId" = m."payerExternalId" and own."archivedAt" is null limit 1) p on true`;

/** The live records `m` with their payers `p`, of some payers or of all. Two roads, so that each finds its people by an index. */
export const recordsOf = (
  clubId: string,
  { columns, payerIds }: { readonly columns: Prisma.Sql; readonly payerIds: readonly string[] | null },
) =>
  payerIds === null
    ? sql`select ${columns} from "Member" m ${PAYER} where m."clubId" = ${clubId} and m."archivedAt" is null`
    : sql`select ${columns} from "Member" m ${PAYER}
            where m."clubId" = ${clubId} and m."archivedAt" is null and m."contactId" = any(${[...payerIds]}::text[]) and p.id is null
          union all
          select ${columns} from "Member" p join "Member" m on m."clubId" = p."clubId" and m."connectionId" = p."connectionId"
            and m."payerExternalId" = p."externalId" and m."archivedAt" is null
            where p."clubId" = ${clubId} and p."archivedAt" is null and p."contactId" = any(${[...payerIds]}::text[])`;

/** The contact who pays. */
export const PAYER_ID = sql`coalesce(p."contactId", m."contactId")`;
