import "server-only";

import { z } from "zod";

import { MEMBER_STATUSES } from "#server/domain/vocabulary.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

const { sql } = Prisma;

const PAGE_ROWS = 10;
const PAGES_MAX = 50;
const DAY_MS = 86_400_000;
const Days = z.int().min(1).max(3_660);

const FindMembersInput = z.strictObject({
  /** Without a status only those who belong to the club now. */
  status: z.enum(MEMBER_STATUSES).optional(),
  /** Nobody who was at the club within so many days; whoever was never there counts. */
  notSeenDays: Days.optional(),
  /** Only who was at the club within so many days. */
  seenWithinDays: Days.optional(),
  /** Only who joined within so many days. */
  joinedWithinDays: Days.optional(),
  /** By the balance last read, in minor units. Whose balance nobody knows owes neither something nor nothing. */
  owesNothing: z.boolean().optional(),
  minOwedMinor: z.bigint().min(0n).optional(),
  hasPhone: z.boolean().optional(),
  page: z.int().min(1).max(PAGES_MAX).default(1),
});

type FoundMember = {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly status: string;
  readonly balanceMinor: string | null;
  readonly joinedOn: string | null;
  readonly lastVisitAt: Date | null;
  readonly hasPhone: boolean;
};

/** Members of whom every condition holds, ten a page in an order that stays, with how many there are and how many of them have no phone. */
export const findMembers = async (ctx: ServiceContext, raw: z.input<typeof FindMembersInput>) => {
  assertCan(ctx, "member.read");
  const { page, ...wanted } = FindMembersInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const { currency, timeZone } = await tx.db.club.findFirstOrThrow({
        where: { id: ctx.clubId },
        select: { currency: true, timeZone: true },
      });
      const where = conditionsOf(wanted, { clubId: ctx.clubId, now: tx.now });
      const [counted] = await tx.db.$queryRaw<{ count: number; withoutPhone: number }[]>`
        select count(*)::int as count, (count(*) filter (where phone is null))::int as "withoutPhone" from "Member" ${where}`;
      const rows = await tx.db.$queryRaw<FoundMember[]>`
        select id, "firstName", "lastName", status, "balanceMinor"::text, "joinedOn", "lastVisitAt", phone is not null as "hasPhone"
        from "Member" ${where} order by id limit ${PAGE_ROWS} offset ${(page - 1) * PAGE_ROWS}`;
      const count = counted?.count ?? 0;
      return { count, withoutPhone: counted?.withoutPhone ?? 0, page, pageCount: Math.ceil(count / PAGE_ROWS), currency, timeZone, rows };
    },
    { fixedNow: ctx.fixedNow },
  );
};

type Wanted = Omit<z.output<typeof FindMembersInput>, "page">;

const conditionsOf = (wanted: Wanted, { clubId, now }: { readonly clubId: string; readonly now: Date }): Prisma.Sql => {
  const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
  const { hasPhone, joinedWithinDays, minOwedMinor, notSeenDays, owesNothing, seenWithinDays, status } = wanted;
  const conditions = [
    sql`"clubId" = ${clubId}`,
    sql`"archivedAt" is null`,
    status === undefined ? sql`status <> 'cancelled'` : sql`status = ${status}`,
    ...(notSeenDays === undefined ? [] : [sql`("lastVisitAt" is null or "lastVisitAt" < ${daysAgo(notSeenDays)})`]),
    ...(seenWithinDays === undefined ? [] : [sql`"lastVisitAt" >= ${daysAgo(seenWithinDays)}`]),
    ...(joinedWithinDays === undefined ? [] : [sql`"joinedOn" >= ${daysAgo(joinedWithinDays).toISOString().slice(0, 10)}`]),
    ...(owesNothing === undefined ? [] : [owesNothing ? sql`"balanceMinor" <= 0` : sql`"balanceMinor" > 0`]),
    ...(minOwedMinor === undefined ? [] : [sql`"balanceMinor" >= ${minOwedMinor}`]),
    ...(hasPhone === undefined ? [] : [hasPhone ? sql`phone is not null` : sql`phone is null`]),
  ];
  return sql`where ${Prisma.join(conditions, " and ")}`;
};
