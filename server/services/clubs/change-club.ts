import "server-only";

import { z } from "zod";

import { ClubFacts } from "#server/domain/club-facts.ts";
import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inFranchiseTransaction, type ServiceContext } from "#server/services/context.ts";
import { assertOwnsFranchise } from "#server/services/policies/franchise-layers.ts";

export const ChangeClubInput = z.object({ changedClubId: idSchema("club"), facts: ClubFacts });

/**
 * What a club of the franchise is called, where it is and how it is reached; its address in the browser stays. A new time
 * zone counts from the next question that is asked of the clock.
 * @throws `forbidden` for whoever does not own the franchise, `not_found` for a club of another one
 */
export const changeClub = async (ctx: ServiceContext, raw: z.input<typeof ChangeClubInput>): Promise<void> => {
  assertCan(ctx, "club.manage");
  const { changedClubId, facts } = ChangeClubInput.parse(raw);
  await inFranchiseTransaction(ctx, async (tx) => {
    await assertOwnsFranchise(tx, ctx);
    const { count } = await tx.db.club.updateMany({
      where: { id: changedClubId, franchiseId: ctx.franchiseId, archivedAt: null },
      data: facts,
    });
    if (count === 0) {
      throw notFound("club");
    }
    await recordAudit(tx, { ...ctx, clubId: changedClubId }, { action: "club.changed", entityId: changedClubId });
    tx.newsOf(changedClubId).changes.push({ topic: "club" });
  });
};
