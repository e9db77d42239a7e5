import "server-only";

import type { z } from "zod";

import { NewClubFacts } from "#server/domain/club-facts.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inFranchiseTransaction, type ServiceContext } from "#server/services/context.ts";
import { assertOwnsFranchise } from "#server/services/policies/franchise-layers.ts";
import { staffOf } from "#server/services/users/staff-of.ts";

import { placeClub, type PlacedClub } from "./place-club.ts";

/** One more club of the franchise, in shadow, with its first run begun. @throws `forbidden` for whoever does not own all of it */
export const addClub = async (ctx: ServiceContext, raw: z.input<typeof NewClubFacts>): Promise<PlacedClub> => {
  assertCan(ctx, "club.manage");
  const facts = NewClubFacts.parse(raw);
  return inFranchiseTransaction(ctx, async (tx) => {
    await assertOwnsFranchise(tx, ctx);
    const placed = await placeClub(tx, { franchiseId: ctx.franchiseId, userId: staffOf(ctx), facts });
    await recordAudit(tx, { ...ctx, clubId: placed.clubId }, { action: "club.created", entityId: placed.clubId });
    return placed;
  });
};
