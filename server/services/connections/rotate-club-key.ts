import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { newDataKey } from "#server/platform/secrets.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { addKey, lockSealing } from "#server/services/connections/club-keys.ts";
import { openCredentials, sealCredentials, SealedCredentials } from "#server/services/connections/credentials.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

/** Each pass finds only what was sealed by a transaction older than the new key: two passes see all of it. */
const MAX_PASSES = 10;

export type KeyRotation = { readonly version: number; readonly resealedCount: number };

/**
 * Gives a club a new data key while everything runs: credentials are sealed anew row by row, each compared with what was
 * read so that a change meanwhile is not lost; then the old keys are destroyed. Openings in between find what they need.
 * When it is interrupted, nothing is lost, and the next rotation destroys what this one left.
 * @throws `conflict` while another rotation of the club begins, `precondition_failed` when a credential cannot be opened
 */
export const rotateClubKey = async (ctx: ServiceContext): Promise<KeyRotation> => {
  assertCan(ctx, "key.rotate");
  const version = await begin(ctx);
  let resealedCount = 0;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const connectionIds = await withClub(ctx, (tx) => listStale(tx, ctx, version));
    for (const connectionId of connectionIds) {
      resealedCount += (await reseal(ctx, connectionId)) ? 1 : 0;
    }
    if (await retire(ctx, { version, resealedCount })) {
      return { version, resealedCount };
    }
  }
  throw new DomainError("conflict", "credentials keep being sealed with the old key, rotate again");
};

const begin = (ctx: ServiceContext): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    const newest = await tx.db.clubKey.findFirst({
      where: { clubId: ctx.clubId },
      orderBy: { version: "desc" },
      select: { version: true },
    });
    const version = (newest?.version ?? 0) + 1;
    const { count } = await addKey(tx, ctx, { plain: newDataKey(), version });
    if (count === 0) {
      throw new DomainError("conflict", "another rotation of this club's key has just begun");
    }
    return version;
  });

/** Connections of the club, removed ones too, that hold something under an older key. */
const listStale = async (tx: Tx, ctx: ServiceContext, version: number): Promise<readonly string[]> => {
  const rows = await tx.db.connection.findMany({
    where: { clubId: ctx.clubId },
    orderBy: { id: "asc" },
    select: { id: true, sealedCredentials: true },
  });
  return rows.flatMap(({ id, sealedCredentials }) =>
    Object.values(SealedCredentials.parse(sealedCredentials)).some((entry) => entry.keyVersion < version) ? [id] : [],
  );
};

/** False when the credentials were changed at the same moment: the next pass looks at them again. */
const reseal = (ctx: ServiceContext, connectionId: string): Promise<boolean> =>
  inTransaction(ctx, async (tx) => {
    const { sealed: old, credentials } = await openCredentials(tx, ctx, { connectionId });
    const fresh = await sealCredentials(tx, ctx, { connectionId, credentials });
    const merged = Object.fromEntries(
      Object.entries(fresh).map(([field, { keyVersion, sealed }]) => [field, { ...old[field], keyVersion, sealed }]),
    );
    const { count } = await tx.db.connection.updateMany({
      where: { id: connectionId, clubId: ctx.clubId, sealedCredentials: { equals: old } },
      data: { sealedCredentials: merged },
    });
    return count > 0;
  });

/** Destroys the older keys once nothing is left under them; false when something still is. */
const retire = (ctx: ServiceContext, { version, resealedCount }: KeyRotation): Promise<boolean> =>
  inTransaction(ctx, async (tx) => {
    await lockSealing(tx, ctx, "alone");
    if ((await listStale(tx, ctx, version)).length > 0) {
      return false;
    }
    await tx.db.clubKey.updateMany({
      where: { clubId: ctx.clubId, version: { lt: version } },
      data: { wrappedKey: "", retiredAt: tx.now },
    });
    await recordAudit(tx, ctx, { action: "key.rotated", details: { version, resealedCount } });
    return true;
  });
