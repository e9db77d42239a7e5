import "server-only";

import type { z } from "zod";

import { diffPolicies } from "#server/domain/policy-diff.ts";
import { resolvePolicy } from "#server/domain/policy.ts";
import { withFranchise } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import type { ClubDifferences } from "./drift-report.ts";
import { assertOwnsFranchise, franchiseLayers } from "./franchise-layers.ts";
import { PublishPolicyInput } from "./publish-policy.ts";

export const PreviewPushInput = PublishPolicyInput.pick({ document: true, lockedPaths: true });

/** What would change in each club if the franchise published this. Nothing is written. */
export const previewPush = async (ctx: ServiceContext, raw: z.input<typeof PreviewPushInput>): Promise<readonly ClubDifferences[]> => {
  assertCan(ctx, "policy.publish");
  const { document, lockedPaths } = PreviewPushInput.parse(raw);
  return withFranchise(
    ctx,
    async (tx) => {
      await assertOwnsFranchise(tx, ctx);
      const { franchise, clubs } = await franchiseLayers(tx, ctx);
      const proposed = { document, lockedPaths, version: (franchise?.version ?? 0) + 1 };
      return clubs.map(({ id, slug, name, layer }) => ({
        clubId: id,
        slug,
        name,
        differences: diffPolicies(
          resolvePolicy({ franchise, club: layer }).policy,
          resolvePolicy({ franchise: proposed, club: layer }).policy,
        ),
      }));
    },
    { fixedNow: ctx.fixedNow },
  );
};
