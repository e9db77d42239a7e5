import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { newId } from "#server/platform/ids.ts";
import { credentialsKeys, type CredentialsKeys } from "#server/platform/keys.ts";
import { newDataKey, open, seal } from "#server/platform/secrets.ts";
import type { Tx } from "#server/platform/tenant.ts";

export type KeyScope = { readonly franchiseId: string; readonly clubId: string };
type KeyPlace = { readonly clubId: string; readonly version: number };

/** The data key of one club, in the clear: it never leaves the call that asked for it. */
type DataKey = { readonly key: Buffer; readonly version: number };

/** A data key under the newest key-encryption key, bound to its club and version. */
export const wrapKey = (plain: string, place: KeyPlace, keys: CredentialsKeys = credentialsKeys()): string =>
  seal(plain, { key: keys[0], bound: boundTo(place) });

/**
 * Unwraps with the first key-encryption key that fits. `isCurrent` is false where an older one was needed.
 * @throws `precondition_failed` when none fits, or the key was destroyed
 */
export const unwrapKey = (
  wrapped: string,
  place: KeyPlace,
  keys: CredentialsKeys = credentialsKeys(),
): { readonly key: Buffer; readonly isCurrent: boolean } => {
  for (const [index, key] of keys.entries()) {
    try {
      return { key: Buffer.from(open(wrapped, { key, bound: boundTo(place) }), "base64"), isCurrent: index === 0 };
    } catch (error) {
      if (index === keys.length - 1) {
        throw error;
      }
    }
  }
  throw new DomainError("precondition_failed", "there is no key to open stored credentials with");
};

/** The club's newest data key, made now where there is none. Holds off the end of a rotation until this transaction has ended. */
export const newestKey = async (tx: Tx, scope: KeyScope): Promise<DataKey> => {
  await lockSealing(tx, scope, "shared");
  const existing = await tx.db.clubKey.findFirst({
    where: { clubId: scope.clubId, retiredAt: null },
    orderBy: { version: "desc" },
    select: { version: true, wrappedKey: true },
  });
  if (existing !== null) {
    return { ...unwrapKey(existing.wrappedKey, { clubId: scope.clubId, version: existing.version }), version: existing.version };
  }
  const plain = newDataKey();
  const version = 1;
  const { count } = await addKey(tx, scope, { plain, version });
  // Two first credentials of a club at once: the second finds the first one's key.
  return count === 1 ? { key: Buffer.from(plain, "base64"), version } : newestKey(tx, scope);
};

/** Count 0 when that version exists already. */
export const addKey = (
  tx: Tx,
  scope: KeyScope,
  { plain, version }: { readonly plain: string; readonly version: number },
): Promise<{ count: number }> =>
  tx.db.clubKey.createMany({
    data: {
      id: newId("clubKey"),
      franchiseId: scope.franchiseId,
      clubId: scope.clubId,
      version,
      wrappedKey: wrapKey(plain, { clubId: scope.clubId, version }),
      createdAt: tx.now,
    },
    skipDuplicates: true,
  });

/**
 * Whoever seals holds the lock together with others to the end of the transaction; the end of a rotation takes it
 * alone, so that nothing can still be sealed with a key that is about to be destroyed.
 */
export const lockSealing = async (tx: Tx, { clubId }: KeyScope, mode: "shared" | "alone"): Promise<void> => {
  const name = `club-key|${clubId}`;
  if (mode === "shared") {
    await tx.db.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended(${name}, 2))`;
  } else {
    await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${name}, 2))`;
  }
};

const boundTo = ({ clubId, version }: KeyPlace): string => `club-key|${clubId}|${version}`;
