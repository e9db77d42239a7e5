import "server-only";

import { stagePathOf, type AutonomyScope } from "#server/domain/autonomy.ts";
import { isLocked, leafOf, withLeaf } from "#server/domain/policy-leaves.ts";
import { PolicyDocument, resolvePolicy } from "#server/domain/policy.ts";
import type { Stage } from "#server/domain/vocabulary.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { appendVersion, assertUnlocked } from "#server/services/policies/append-version.ts";
import { policyLayers, type PolicyLayers } from "#server/services/policies/read-layers.ts";
import { assertInOrder } from "#server/services/policies/seen-automations.ts";

type Change = { readonly scope: AutonomyScope; readonly to: Stage; /** Stands beside the version. */ readonly note: string };

/**
 * Publishes the club's rules with one stage changed, as a version like any other, so that it can be looked at and rolled
 * back. Part of the caller's transaction, which has asked who may. Returns the version that holds from now on.
 * @throws `conflict`, `invalid` where the franchise holds the stage, `precondition_failed`
 */
export const setStage = async (tx: ServiceTx, ctx: ServiceContext, { note, scope, to }: Change): Promise<string> => {
  const { franchise, club } = await policyLayers(tx, ctx);
  const before = resolvePolicy({ franchise, club });
  const path = stagePathOf(scope);
  const value = scope.startsWith("automation:") ? { ...Object(leafOf(before.policy, path)), stage: to } : to;
  const document = PolicyDocument.parse(withLeaf(club?.document ?? {}, path, value));
  assertUnlocked({ franchise, club, document });
  const published = await appendVersion(tx, ctx, {
    clubId: ctx.clubId,
    baseVersion: club?.version ?? 0,
    newest: club,
    document,
    lockedPaths: [],
    note,
  });
  const after = resolvePolicy({ franchise, club: { document, version: published.version } });
  await assertInOrder(tx, ctx.clubId, { before: before.policy, after: after.policy });
  await recordAudit(tx, ctx, { action: "policy.published", entityId: ctx.clubId, details: { layer: "club", ...published, note } });
  tx.news.changes.push({ topic: "club" });
  return after.version;
};

/** Whether the franchise holds the stage of a topic for its clubs. */
export const isStageLocked = ({ franchise }: PolicyLayers, scope: AutonomyScope): boolean =>
  isLocked(stagePathOf(scope), franchise?.lockedPaths ?? []);
