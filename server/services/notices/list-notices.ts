import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffNames } from "#server/services/conversations/staff-names.ts";
import { lastDayOf } from "#server/services/knowledge/known-today.ts";

const NOTICES_MAX_COUNT = 50;

export type NoticeItem = {
  readonly id: Id<"clubNotice">;
  readonly text: string;
  readonly untilOn: string;
  readonly createdAt: Date;
  readonly createdBy: string | null;
};

/** Notices that hold now, newest first. */
export const listNotices = async (ctx: ServiceContext): Promise<readonly NoticeItem[]> => {
  assertCan(ctx, "knowledge.read");
  return withClub(
    ctx,
    async (tx) => {
      const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
      const rows = await tx.db.clubNotice.findMany({
        where: { clubId: ctx.clubId, validUntil: { gt: tx.now }, endedAt: null },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: NOTICES_MAX_COUNT,
        select: { id: true, text: true, validUntil: true, createdAt: true, createdById: true },
      });
      const names = await staffNames(
        tx,
        rows.map(({ createdById }) => createdById),
      );
      return rows.map(({ id, text, validUntil, createdAt, createdById }) => ({
        id: id as Id<"clubNotice">,
        text,
        untilOn: lastDayOf(validUntil, timeZone),
        createdAt,
        createdBy: names.get(createdById) ?? null,
      }));
    },
    { fixedNow: ctx.fixedNow },
  );
};
