import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { diffLocks, diffPolicies } from "#server/domain/policy-diff.ts";
import { isLocked, isSameValue, leafOf, setPaths } from "#server/domain/policy-leaves.ts";
import { settingLabel } from "#server/domain/policy-words.ts";
import type { PolicyDocument } from "#server/domain/policy.ts";
import { newId } from "#server/platform/ids.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

import type { PolicyLayer } from "./read-layers.ts";

type NewVersion = {
  /** Null = the franchise's layer. */
  readonly clubId: string | null;
  /** The version the author had before their eyes; 0 = the layer had none. */
  readonly baseVersion: number;
  readonly newest: PolicyLayer | null;
  readonly document: PolicyDocument;
  readonly lockedPaths: readonly string[];
  readonly note: string | null;
};

/**
 * The next version of a layer; the ones before it stay as they are. Its number is unique per layer, so of two authors
 * who began from the same version one is too late.
 * @throws `conflict` when somebody published meanwhile, `precondition_failed` when nothing changes
 */
export const appendVersion = async (tx: Tx, ctx: ServiceContext, next: NewVersion): Promise<{ version: number; changeCount: number }> => {
  const { newest, document, lockedPaths } = next;
  if ((newest?.version ?? 0) !== next.baseVersion) {
    throw overtaken();
  }
  const changeCount = diffPolicies(newest?.document ?? {}, document).length + diffLocks(newest?.lockedPaths ?? [], lockedPaths).length;
  if (changeCount === 0) {
    throw new DomainError("precondition_failed", "nothing changes by this");
  }
  const version = next.baseVersion + 1;
  const { count } = await tx.db.policy.createMany({
    data: {
      id: newId("policy"),
      franchiseId: ctx.franchiseId,
      clubId: next.clubId,
      version,
      document,
      lockedPaths: [...lockedPaths],
      note: next.note,
      publishedById: ctx.actor.kind === "staff" ? ctx.actor.userId : null,
      publishedAt: tx.now,
    },
    skipDuplicates: true,
  });
  if (count === 0) {
    throw overtaken();
  }
  return { version, changeCount };
};

const overtaken = (): DomainError => new DomainError("conflict", "somebody published a newer version meanwhile");

type Wish = { readonly franchise: PolicyLayer | null; readonly club: PolicyLayer | null; readonly document: PolicyDocument };

/**
 * A club changes nothing that its franchise holds. What it had set there before the lock came may stay: it has no effect.
 * @throws `invalid` with the name of the setting
 */
export const assertUnlocked = ({ franchise, club, document }: Wish): void => {
  const held = setPaths(document).find(
    (path) => isLocked(path, franchise?.lockedPaths ?? []) && !isSameValue(leafOf(document, path), leafOf(club?.document ?? {}, path)),
  );
  if (held !== undefined) {
    throw new DomainError("invalid", `the franchise holds "${settingLabel(held)}" for its clubs`, { details: { path: held } });
  }
};
