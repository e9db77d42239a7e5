import "server-only";

import { z } from "zod";

import { actorId } from "#server/domain/actor.ts";
import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { stripInvisible } from "#server/domain/text.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

export const ReleaseHoldInput = z.object({ holdId: idSchema("billingHold"), reason: z.string().trim().min(3, "say why").max(500) });

/** Ends a hold; ended already it stays as it was. The ladder goes on with the next run. @throws `not_found` */
export const releaseHold = async (ctx: ServiceContext, raw: z.input<typeof ReleaseHoldInput>): Promise<void> => {
  assertCan(ctx, "debt.note");
  const { holdId, reason } = ReleaseHoldInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const hold = await tx.db.billingHold.findFirst({ where: { id: holdId, clubId: ctx.clubId }, select: { kind: true } });
    if (hold === null) {
      throw notFound("hold");
    }
    assertCan(ctx, hold.kind === "exemption" ? "access.decide" : "debt.note");
    const { count } = await tx.db.billingHold.updateMany({
      where: { id: holdId, clubId: ctx.clubId, releasedAt: null },
      data: { releasedAt: tx.now, releasedBy: actorId(ctx.actor), releaseReason: stripInvisible(reason), updatedAt: tx.now },
    });
    if (count > 0) {
      await recordAudit(tx, ctx, { action: "hold.released", entityId: holdId, details: { kind: hold.kind } });
      tx.news.changes.push({ topic: "club" });
    }
  });
};
