import "server-only";

import { expandLocks, originsOf, type PolicyOrigin } from "#server/domain/policy-leaves.ts";
import { resolvePolicy, type Policy, type PolicyDocument } from "#server/domain/policy.ts";
import { can } from "#server/domain/permissions.ts";
import { LISTED_MODELS } from "#server/platform/model-prices.ts";
import { defaultModel } from "#server/platform/anthropic.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffNames } from "#server/services/conversations/staff-names.ts";

import { ownsFranchise } from "./franchise-layers.ts";
import { policyLayers, type PolicyLayer } from "./read-layers.ts";

export type LayerSettings = {
  /** 0 = nothing was ever published, and the layer sets nothing. */
  readonly version: number;
  readonly document: PolicyDocument;
  readonly lockedPaths: readonly string[];
  readonly publishedAt: Date | null;
  readonly publishedBy: string | null;
};

export type PolicySettings = {
  /** What holds now. */
  readonly policy: Policy;
  readonly version: string;
  /** The layer each value comes from, by path. */
  readonly origins: Readonly<Record<string, PolicyOrigin>>;
  /** Settings the franchise holds for its clubs, section locks written out. */
  readonly locked: readonly string[];
  readonly club: LayerSettings;
  readonly franchise: LayerSettings;
  readonly models: { readonly installed: string; readonly listed: readonly string[] };
  readonly mayPublish: { readonly club: boolean; readonly franchise: boolean };
};

/** The rules of a club as they hold now, with where each comes from and who may change them. */
export const getPolicySettings = async (ctx: ServiceContext): Promise<PolicySettings> => {
  assertCan(ctx, "policy.read");
  return withClub(
    ctx,
    async (tx) => {
      const layers = await policyLayers(tx, ctx);
      const mayPublish = can(ctx.actor, "policy.publish");
      return {
        ...resolvePolicy(layers),
        origins: originsOf(layers),
        locked: expandLocks(layers.franchise?.lockedPaths ?? []),
        club: await settingsOf(tx, layers.club),
        franchise: await settingsOf(tx, layers.franchise),
        models: { installed: defaultModel(), listed: LISTED_MODELS },
        mayPublish: { club: mayPublish, franchise: mayPublish && (await ownsFranchise(tx, ctx)) },
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};

const settingsOf = async (tx: Tx, layer: PolicyLayer | null): Promise<LayerSettings> => {
  if (layer === null) {
    return { version: 0, document: {}, lockedPaths: [], publishedAt: null, publishedBy: null };
  }
  const names = await staffNames(tx, [layer.publishedById]);
  const { version, document, lockedPaths, publishedAt, publishedById } = layer;
  return { version, document, lockedPaths, publishedAt, publishedBy: publishedById === null ? null : (names.get(publishedById) ?? null) };
};
