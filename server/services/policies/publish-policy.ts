import "server-only";

import { z } from "zod";

import { diffPolicies } from "#server/domain/policy-diff.ts";
import { expandLocks } from "#server/domain/policy-leaves.ts";
import { LockedPath, POLICY_PATHS, PolicyDocument, resolvePolicy } from "#server/domain/policy.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inFranchiseTransaction, inTransaction, type ServiceContext } from "#server/services/context.ts";

import { appendVersion, assertUnlocked } from "./append-version.ts";
import { assertOwnsFranchise, franchiseLayers } from "./franchise-layers.ts";
import { policyLayers } from "./read-layers.ts";
import { assertInOrder } from "./seen-automations.ts";

const NOTE_MAX_CHARACTERS = 300;

/** Whose rules: the club's own, or what the franchise sets for all its clubs. */
export const PolicyScope = z.enum(["club", "franchise"]);

export const PublishNote = z
  .string()
  .trim()
  .max(NOTE_MAX_CHARACTERS)
  .transform((note) => (note === "" ? null : note))
  .nullable()
  .default(null);

export const PublishPolicyInput = z.object({
  layer: PolicyScope,
  /** The version the author began from; 0 = the layer had none. */
  baseVersion: z.int().min(0),
  /** The whole layer; what is absent comes from the layer below. */
  document: PolicyDocument,
  /** Of the franchise only: settings that no club may override. */
  lockedPaths: z.array(LockedPath).max(POLICY_PATHS.length).default([]),
  note: PublishNote,
});

type PublishPolicyInput = z.output<typeof PublishPolicyInput>;

export type PublishedPolicy = { readonly version: number; readonly changeCount: number };

/**
 * Puts a new version of one layer into force: the next message is decided by it. The versions before it are kept.
 * @throws `conflict` when somebody else published meanwhile, `invalid` with the name of a setting the franchise holds,
 * `precondition_failed` when nothing changes or an automation is switched on before its time
 */
export const publishPolicy = async (ctx: ServiceContext, raw: z.input<typeof PublishPolicyInput>): Promise<PublishedPolicy> => {
  assertCan(ctx, "policy.publish");
  const input = PublishPolicyInput.parse(raw);
  return input.layer === "club" ? publishForClub(ctx, input) : publishForFranchise(ctx, input);
};

const publishForClub = (ctx: ServiceContext, { baseVersion, document, note }: PublishPolicyInput): Promise<PublishedPolicy> =>
  inTransaction(ctx, async (tx) => {
    const { franchise, club } = await policyLayers(tx, ctx);
    assertUnlocked({ franchise, club, document });
    const published = await appendVersion(tx, ctx, { clubId: ctx.clubId, baseVersion, newest: club, document, lockedPaths: [], note });
    const after = resolvePolicy({ franchise, club: { document, version: published.version } });
    await assertInOrder(tx, ctx.clubId, { before: resolvePolicy({ franchise, club }).policy, after: after.policy });
    await recordAudit(tx, ctx, { action: "policy.published", entityId: ctx.clubId, details: { layer: "club", ...published, note } });
    tx.news.actions.push({
      kind: "policy.published",
      risk: "reversible",
      outcome: "done",
      summary: `The club's rules were published as version ${published.version}: ${changes(published.changeCount)}.`,
      policyVersion: after.version,
    });
    tx.news.changes.push({ topic: "club" });
    return published;
  });

const publishForFranchise = (ctx: ServiceContext, input: PublishPolicyInput): Promise<PublishedPolicy> =>
  inFranchiseTransaction(ctx, async (tx) => {
    await assertOwnsFranchise(tx, ctx);
    const { franchise, clubs } = await franchiseLayers(tx, ctx);
    const { baseVersion, document, note } = input;
    const lockedPaths = expandLocks(input.lockedPaths);
    const published = await appendVersion(tx, ctx, { clubId: null, baseVersion, newest: franchise, document, lockedPaths, note });
    for (const { id, name, layer } of clubs) {
      const before = resolvePolicy({ franchise, club: layer });
      const after = resolvePolicy({ franchise: { document, lockedPaths, version: published.version }, club: layer });
      await assertInOrder(tx, id, { before: before.policy, after: after.policy, club: name });
      const news = tx.newsOf(id);
      news.actions.push({
        kind: "policy.published",
        risk: "reversible",
        outcome: "done",
        summary: `The franchise's rules were published as version ${published.version}: ${changes(diffPolicies(before.policy, after.policy).length)} here.`,
        policyVersion: after.version,
      });
      news.changes.push({ topic: "club" });
    }
    await recordAudit(tx, ctx, {
      action: "policy.published",
      entityId: ctx.franchiseId,
      details: { layer: "franchise", ...published, note },
    });
    return published;
  });

const changes = (count: number): string => (count === 1 ? "1 change" : `${count} changes`);
