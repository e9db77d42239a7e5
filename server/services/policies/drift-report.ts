import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { diffPolicies, type PolicyDifference } from "#server/domain/policy-diff.ts";
import { resolvePolicy } from "#server/domain/policy.ts";
import { withFranchise } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { assertOwnsFranchise, franchiseLayers } from "./franchise-layers.ts";

export type ClubDifferences = {
  readonly clubId: Id<"club">;
  readonly slug: string;
  readonly name: string;
  readonly differences: readonly PolicyDifference[];
};

/** Where each club of the franchise does otherwise than the franchise's default, by the name of the club. */
export const driftReport = async (ctx: ServiceContext): Promise<readonly ClubDifferences[]> => {
  assertCan(ctx, "policy.publish");
  return withFranchise(
    ctx,
    async (tx) => {
      await assertOwnsFranchise(tx, ctx);
      const { franchise, clubs } = await franchiseLayers(tx, ctx);
      const { policy: standard } = resolvePolicy({ franchise, club: null });
      return clubs.map(({ id, slug, name, layer }) => ({
        clubId: id,
        slug,
        name,
        differences: diffPolicies(standard, resolvePolicy({ franchise, club: layer }).policy),
      }));
    },
    { fixedNow: ctx.fixedNow },
  );
};
