import "server-only";

import { DomainError, notFound } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { formatMoney } from "#server/domain/money.ts";
import type { Capability } from "#server/connectors/ports.ts";
import { connectionsWith } from "#server/services/connections/with-capability.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { externalIdOf } from "#server/services/members/external-id-of.ts";
import { balanceReadAt } from "#server/services/members/balance-read-at.ts";
import { BALANCE_FRESH_MINUTES } from "#server/services/members/read-own-account.ts";

/** A member of this club as the planning transaction sees them. @throws `not_found` */
export const memberToActFor = async (tx: ServiceTx, ctx: ServiceContext, memberId: Id<"member">) => {
  const member = await tx.db.member.findFirst({ where: { id: memberId, clubId: ctx.clubId, archivedAt: null } });
  if (member === null) {
    throw notFound("member");
  }
  return { ...member, id: memberId, name: `${member.firstName} ${member.lastName}`.trim() };
};

export type MemberToActFor = Awaited<ReturnType<typeof memberToActFor>>;

/** A balance that may be named or acted on: read within the hour and owed. @throws `precondition_failed` */
export const owedNow = async (tx: ServiceTx, ctx: ServiceContext, member: MemberToActFor) => {
  const readAt = await balanceReadAt(tx, { clubId: ctx.clubId, memberId: member.id });
  const { balanceMinor, currency } = member;
  const isFresh = readAt !== null && tx.now.getTime() - readAt.getTime() < BALANCE_FRESH_MINUTES * 60_000;
  if (!isFresh || balanceMinor === null || balanceMinor <= 0n) {
    throw new DomainError("precondition_failed", "nothing is owed, or nobody has read the balance within the hour");
  }
  return { balanceMinor, amount: formatMoney(String(balanceMinor), currency) };
};

type Wanted = { readonly memberId: Id<"member">; readonly capability: Capability };

/** The first connection that can do it and knows this member. @throws `precondition_failed` */
export const connectionFor = async (tx: ServiceTx, ctx: ServiceContext, { memberId, capability }: Wanted) => {
  for (const connectionId of await connectionsWith(tx, ctx, capability)) {
    const personExternalId = await externalIdOf(tx, ctx, { memberId, connectionId });
    if (personExternalId !== null) {
      return { connectionId, personExternalId };
    }
  }
  throw new DomainError("precondition_failed", "no connection of this club that can do this knows the member");
};
