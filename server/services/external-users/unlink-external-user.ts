import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

export const UnlinkExternalUserInput = z.object({ externalUserId: idSchema("externalUser") });

/** From now on what this person presses decides nothing. @throws `not_found` for a link of another club or one that is gone */
export const unlinkExternalUser = async (ctx: ServiceContext, raw: z.input<typeof UnlinkExternalUserInput>): Promise<void> => {
  assertCan(ctx, "connection.manage");
  const { externalUserId } = UnlinkExternalUserInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.externalUser.updateMany({
      where: { id: externalUserId, clubId: ctx.clubId, archivedAt: null },
      data: { archivedAt: tx.now, updatedAt: tx.now },
    });
    if (count === 0) {
      throw notFound("link");
    }
    await recordAudit(tx, ctx, { action: "person.unlinked", entityId: externalUserId });
    tx.news.changes.push({ topic: "connection" });
  });
};
