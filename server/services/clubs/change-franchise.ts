import "server-only";

import { z } from "zod";

import { FranchiseName } from "#server/domain/club-facts.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inFranchiseTransaction, type ServiceContext } from "#server/services/context.ts";
import { assertOwnsFranchise } from "#server/services/policies/franchise-layers.ts";

export const ChangeFranchiseInput = z.object({ name: FranchiseName });

/** What the franchise is called; its address stays. @throws `forbidden` for whoever does not own all of it */
export const changeFranchise = async (ctx: ServiceContext, raw: z.input<typeof ChangeFranchiseInput>): Promise<void> => {
  assertCan(ctx, "club.manage");
  const { name } = ChangeFranchiseInput.parse(raw);
  await inFranchiseTransaction(ctx, async (tx) => {
    await assertOwnsFranchise(tx, ctx);
    await tx.db.franchise.updateMany({ where: { id: ctx.franchiseId }, data: { name } });
    await recordAudit(tx, ctx, { action: "franchise.changed", entityId: ctx.franchiseId, details: { name } });
    tx.newsOf(ctx.clubId).changes.push({ topic: "club" });
  });
};
