import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { isLocked, isSameValue, leafOf, withLeaf } from "#server/domain/policy-leaves.ts";
import { POLICY_PATHS, type PolicyDocument } from "#server/domain/policy.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { PolicyScope, publishPolicy, PublishNote, type PublishedPolicy } from "./publish-policy.ts";
import { layerOf, policyLayers } from "./read-layers.ts";

export const RollBackPolicyInput = z.object({
  layer: PolicyScope,
  /** The version whose rules are to hold again. */
  version: z.int().min(1),
  baseVersion: z.int().min(1),
  note: PublishNote,
});

export type RolledBackPolicy = PublishedPolicy & {
  /** Settings that stay as they are because the franchise holds them by now. */
  readonly keptPaths: readonly string[];
};

/**
 * Publishes the rules of an earlier version again, as a version of their own. @throws as `publishPolicy`, and `not_found`
 * for a version that never was
 */
export const rollBackPolicy = async (ctx: ServiceContext, raw: z.input<typeof RollBackPolicyInput>): Promise<RolledBackPolicy> => {
  assertCan(ctx, "policy.publish");
  const { layer, version, baseVersion, note } = RollBackPolicyInput.parse(raw);
  const { earlier, layers } = await withClub(
    ctx,
    async (tx) => {
      const row = await tx.db.policy.findFirst({
        where: { franchiseId: ctx.franchiseId, clubId: layer === "club" ? ctx.clubId : null, version },
      });
      if (row === null) {
        throw notFound("version");
      }
      return { earlier: layerOf(row), layers: await policyLayers(tx, ctx) };
    },
    { fixedNow: ctx.fixedNow },
  );
  const locked = layer === "club" ? (layers.franchise?.lockedPaths ?? []) : [];
  const { document, keptPaths } = underLocks(earlier.document, { current: layers.club?.document ?? {}, locked });
  const published = await publishPolicy(ctx, {
    layer,
    baseVersion,
    document,
    lockedPaths: [...earlier.lockedPaths],
    note: note ?? `Back to version ${version}`,
  });
  return { ...published, keptPaths };
};

type Held = { readonly current: PolicyDocument; readonly locked: readonly string[] };

const underLocks = (earlier: PolicyDocument, { current, locked }: Held) => {
  const keptPaths = POLICY_PATHS.filter((path) => isLocked(path, locked) && !isSameValue(leafOf(earlier, path), leafOf(current, path)));
  const document = keptPaths.reduce((merged, path) => withLeaf(merged, path, leafOf(current, path)), earlier);
  return { document, keptPaths };
};
