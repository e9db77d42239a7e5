import "server-only";

import { resolvePolicy, type Policy, type PolicyDocument } from "#server/domain/policy.ts";
import type { Tx } from "#server/platform/tenant.ts";

import { policyLayers } from "./read-layers.ts";

export type ResolvedPolicy = { readonly policy: Policy; readonly version: string };

/**
 * The rules a club works under now: the newest version of both layers. With `proposed` that document stands in for the
 * club's own, to see what it would change.
 */
export const resolvedPolicy = async (
  tx: Tx,
  scope: { readonly franchiseId: string; readonly clubId: string },
  proposed?: PolicyDocument,
): Promise<ResolvedPolicy> => {
  const { franchise, club } = await policyLayers(tx, scope);
  return resolvePolicy({ franchise, club: proposed === undefined ? club : { document: proposed, version: club?.version ?? 0 } });
};
