import "server-only";

import { Prisma } from "#server/platform/generated/client.ts";
import { raiseAlert, settleAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { rankOf } from "#server/services/members/identities.ts";
import { ARCHIVE_FREE_COUNT, ARCHIVE_MAX_RATIO } from "#server/services/members/limits.ts";
import type { SyncClaim, SyncPlace } from "#server/services/members/schemas.ts";

type Input = { readonly claim: SyncClaim; readonly place: SyncPlace };

const DAY_MS = 86_400_000;

/**
 * After a complete pass: who was not in it, nor in a complete pass before, has left the vendor's list and is archived. When
 * more than a fifth of the list would go within a day, nobody goes: the list may have been cut short, and a person must
 * close a card to say that it was not. Returns how many entries of the list were archived.
 */
export const archiveMissing = async (tx: ServiceTx, ctx: ServiceContext, { claim, place }: Input): Promise<number> => {
  const { connectionId } = claim;
  const live = { clubId: ctx.clubId, connectionId, archivedAt: null };
  const absent = { ...live, seenAt: { lt: place.startedAt } };
  const gone = await tx.db.memberIdentity.findMany({
    where: { ...absent, missingSince: { lt: place.startedAt } },
    select: { id: true, missingSince: true },
  });
  await tx.db.memberIdentity.updateMany({ where: { ...absent, missingSince: null }, data: { missingSince: tx.now } });
  const key = `members-missing:${connectionId}`;
  if (gone.length === 0) {
    await settleAlert(tx, ctx, key);
    return 0;
  }
  const listedCount = await tx.db.memberIdentity.count({ where: live });
  const lately = await tx.db.memberIdentity.count({
    where: { clubId: ctx.clubId, connectionId, archivedAt: { gt: new Date(tx.now.getTime() - DAY_MS) } },
  });
  const allowedCount = Math.max(ARCHIVE_FREE_COUNT, Math.floor((listedCount + lately) * ARCHIVE_MAX_RATIO)) - lately;
  if (gone.length <= allowedCount) {
    await settleAlert(tx, ctx, key);
    return archive(tx, ctx, { connectionId, ids: gone.map(({ id }) => id) });
  }
  const agreedAt = await agreementOf(tx, ctx, key);
  const agreed = gone.filter(({ missingSince }) => agreedAt !== null && missingSince !== null && missingSince < agreedAt);
  if (agreed.length < gone.length) {
    await raiseAlert(tx, ctx, {
      kind: "limit_reached",
      severity: "warning",
      key,
      title: `${gone.length - agreed.length} of ${listedCount} people are gone from ${claim.name}`,
      detail:
        "Two complete readings did not list them. So many at once may mean that the list was cut short, so everybody stays as they were. Look at the list in the vendor's own system; if they are really gone, resolve this card, and the next reading archives them.",
      connectionId,
    });
  }
  return agreed.length === 0 ? 0 : archive(tx, ctx, { connectionId, ids: agreed.map(({ id }) => id) });
};

/** When a person last closed the card, and so agreed to those who were missing by then. */
const agreementOf = async (tx: ServiceTx, ctx: ServiceContext, key: string): Promise<Date | null> => {
  const card = await tx.db.alert.findFirst({
    where: { clubId: ctx.clubId, key, resolvedById: { not: null } },
    orderBy: { resolvedAt: "desc" },
    select: { resolvedAt: true },
  });
  return card?.resolvedAt ?? null;
};

type Gone = { readonly connectionId: string; readonly ids: readonly string[] };

const archive = async (tx: ServiceTx, ctx: ServiceContext, { connectionId, ids }: Gone): Promise<number> => {
  await tx.db.memberIdentity.updateMany({
    where: { clubId: ctx.clubId, id: { in: [...ids] } },
    data: { archivedAt: tx.now, updatedAt: tx.now },
  });
  const gone = Prisma.sql`"clubId" = ${ctx.clubId} and id = any(${[...ids]}::text[])`;
  // Who trains no more owes nothing that anybody still tells of: an old amount must not be asked for.
  await tx.db.$executeRaw`
    update "Member" as record set "trainingBalanceMinor" = null, "updatedAt" = ${tx.now}
    where record."clubId" = ${ctx.clubId} and record."trainingBalanceMinor" is not null
      and record.id in (select "memberId" from "MemberIdentity" where ${gone})
      and (select provider from "Connection" where id = ${connectionId}) = 'clubos'`;
  // Somebody whom another source takes for a prospect only is a member no more; that source brings the prospect itself.
  await tx.db.$executeRaw`
    update "Member" as record set "archivedAt" = ${tx.now}, "updatedAt" = ${tx.now}
    where record."clubId" = ${ctx.clubId} and record."archivedAt" is null
      and record.id in (select "memberId" from "MemberIdentity" where ${gone})
      and not exists (select 1 from "MemberIdentity" other where other."clubId" = ${ctx.clubId} and other."memberId" = record.id
                        and other.kind = 'member' and other."archivedAt" is null)`;
  await tx.db.$executeRaw`
    update "Prospect" as record set "archivedAt" = ${tx.now}, "updatedAt" = ${tx.now}
    where record."clubId" = ${ctx.clubId} and record."archivedAt" is null
      and record.id in (select "prospectId" from "MemberIdentity" where ${gone})
      and not exists (select 1 from "MemberIdentity" other where other."clubId" = ${ctx.clubId} and other."prospectId" = record.id
                        and other."archivedAt" is null)`;
  await tx.db.memberIdentity.updateMany({
    where: { clubId: ctx.clubId, archivedAt: null, member: { archivedAt: tx.now } },
    data: { archivedAt: tx.now, updatedAt: tx.now },
  });
  await handOverLead(tx, ctx, ids);
  await recordAudit(tx, ctx, { action: "members.archived", entityId: connectionId, details: { archivedCount: ids.length } });
  return ids.length;
};

/** Who is known elsewhere stays, and from now on the best of the other sources decides; its next pass writes the row. */
const handOverLead = async (tx: ServiceTx, ctx: ServiceContext, ids: readonly string[]): Promise<void> => {
  const left = await tx.db.memberIdentity.findMany({
    where: { clubId: ctx.clubId, id: { in: [...ids] } },
    select: { connectionId: true, externalId: true, memberId: true, prospectId: true },
  });
  for (const { connectionId, externalId, memberId, prospectId } of left) {
    const others = await tx.db.memberIdentity.findMany({
      where: { clubId: ctx.clubId, archivedAt: null, ...(memberId === null ? { prospectId } : { memberId }) },
      orderBy: { id: "asc" },
      select: { id: true, connectionId: true, externalId: true, connection: { select: { provider: true } } },
    });
    const [next] = others.toSorted((a, b) => rankOf(a.connection?.provider ?? null) - rankOf(b.connection?.provider ?? null));
    if (next !== undefined) {
      const where = { clubId: ctx.clubId, connectionId, externalId };
      const data = { connectionId: next.connectionId, externalId: next.externalId, updatedAt: tx.now };
      const { count } = await (memberId === null
        ? tx.db.prospect.updateMany({ where: { ...where, id: prospectId ?? "" }, data })
        : tx.db.member.updateMany({ where: { ...where, id: memberId }, data }));
      if (count > 0) {
        await tx.db.memberIdentity.updateMany({ where: { id: next.id, clubId: ctx.clubId }, data: { sourceHash: "" } });
      }
    }
  }
};
