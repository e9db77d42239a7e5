import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { can } from "#server/domain/permissions.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";

export const ArchiveFilterInput = z.object({ filterId: idSchema("savedFilter") });

/** Removes one's own filter; a shared one by whoever may share. What is another's is as good as missing. @throws `not_found` */
export const archiveFilter = async (ctx: ServiceContext, raw: z.input<typeof ArchiveFilterInput>): Promise<void> => {
  assertCan(ctx, "member.read");
  const { filterId } = ArchiveFilterInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const own = { isShared: false, createdById: staffUserId(ctx) ?? "" };
    const { count } = await tx.db.savedFilter.updateMany({
      where: {
        id: filterId,
        clubId: ctx.clubId,
        archivedAt: null,
        OR: can(ctx.actor, "filter.share") ? [own, { isShared: true }] : [own],
      },
      data: { archivedAt: tx.now, updatedAt: tx.now },
    });
    if (count === 0) {
      throw notFound("filter");
    }
    await recordAudit(tx, ctx, { action: "filter.archived", entityId: filterId });
  });
};
