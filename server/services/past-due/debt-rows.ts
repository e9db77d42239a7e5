import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { DUE, PAYER_ID, recordsOf } from "#server/services/past-due/due-sql.ts";

/** One record a payer pays for, their own among them. */
export type DebtMember = {
  readonly memberId: Id<"member">;
  readonly contactId: Id<"contact">;
  /** The record is the payer's own. */
  readonly isPayer: boolean;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly status: string;
  readonly membershipType: string | null;
  readonly dateOfBirth: string | null;
  readonly accessState: string | null;
  readonly pastDueSinceOn: string | null;
  readonly currency: string;
  /** Null = nobody has told. A credit is negative. */
  readonly dueMinor: bigint | null;
  /** The part of it that is owed for training. */
  readonly trainingMinor: bigint;
  /** When what is owed was last known to be true; null = nobody knows, or it could not be read the last time. */
  readonly readAt: Date | null;
  readonly isFrozen: boolean;
};

type Row = Omit<DebtMember, "dueMinor" | "trainingMinor"> & {
  readonly payer: string;
  readonly due: string | null;
  readonly training: string;
};

type Wanted = { readonly payerIds: readonly string[]; readonly today: string };

/** The records of some payers in one statement, by payer; a payer's own come first. */
export const debtRows = async (
  tx: ServiceTx,
  { clubId }: ServiceContext,
  { payerIds, today }: Wanted,
): Promise<ReadonlyMap<string, readonly DebtMember[]>> => {
  const columns = Prisma.sql`${PAYER_ID} as payer, p.id is null as "isPayer", ${DUE} as due, m.*`;
  const rows = await tx.db.$queryRaw<Row[]>`
    select m.payer, m.id as "memberId", m."contactId", m."isPayer", m."firstName", m."lastName", m.phone, m.email, m.status,
           m."membershipType", m."dateOfBirth", m."accessState", m."pastDueSinceOn", m.currency, m.due::text as due,
           greatest(coalesce(m."trainingBalanceMinor", 0), 0)::text as training,
           case when m.due is null then null when m."connectionId" is null then m."balanceReadAt"
                when i."balanceUnreadSince" is null then i."seenAt" end as "readAt",
           m.status = 'frozen' or exists (
             select 1 from "GymMembership" g where g."clubId" = ${clubId} and g."memberId" = m.id and g."frozenFromOn" <= ${today}
               and (g."frozenUntilOn" is null or g."frozenUntilOn" >= ${today})) as "isFrozen"
    from (${recordsOf(clubId, { payerIds, columns })}) m
    left join "MemberIdentity" i on i."clubId" = ${clubId} and i."connectionId" = m."connectionId" and i."externalId" = m."externalId"
    order by m.payer, m."isPayer" desc, m.id`;
  const members = new Map<string, DebtMember[]>();
  for (const { due, payer, training, ...row } of rows) {
    const own = { ...row, dueMinor: due === null ? null : BigInt(due), trainingMinor: BigInt(training) };
    members.set(payer, [...(members.get(payer) ?? []), own]);
  }
  return members;
};
