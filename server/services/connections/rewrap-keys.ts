import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { credentialsKeys, type CredentialsKeys } from "#server/platform/keys.ts";
import { withSystem } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { unwrapKey, wrapKey } from "#server/services/connections/club-keys.ts";
import { inTransaction, systemContext, type ServiceContext } from "#server/services/context.ts";

export type Rewrap = { readonly rewrappedCount: number; readonly currentCount: number };

/**
 * Wraps the data keys of a club anew under the installation's newest key-encryption key. What is wrapped with it already
 * is left alone, so it may be run any number of times. Credentials themselves are not touched.
 * @throws `precondition_failed` when a key opens with none of the key-encryption keys: nothing of that club is changed
 */
export const rewrapClubKeys = async (ctx: ServiceContext, keys: CredentialsKeys = credentialsKeys()): Promise<Rewrap> => {
  assertCan(ctx, "key.rotate");
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.db.clubKey.findMany({
      where: { clubId: ctx.clubId, wrappedKey: { not: "" } },
      orderBy: { version: "asc" },
      select: { id: true, version: true, wrappedKey: true },
    });
    let rewrappedCount = 0;
    for (const { id, version, wrappedKey } of rows) {
      const place = { clubId: ctx.clubId, version };
      const { key, isCurrent } = unwrapKey(wrappedKey, place, keys);
      if (!isCurrent) {
        // Compared with what was read: a rotation may have destroyed it meanwhile.
        const { count } = await tx.db.clubKey.updateMany({
          where: { id, clubId: ctx.clubId, wrappedKey },
          data: { wrappedKey: wrapKey(key.toString("base64"), place, keys) },
        });
        rewrappedCount += count;
      }
    }
    if (rewrappedCount > 0) {
      await recordAudit(tx, ctx, { action: "key.rewrapped", details: { rewrappedCount } });
    }
    return { rewrappedCount, currentCount: rows.length - rewrappedCount };
  });
};

export type KeyHolder = { readonly slug: string; readonly context: ServiceContext };

/** Every club of the installation, removed ones too, or the one with this slug. For whoever runs the installation. */
export const listKeyHolders = async ({ slug }: { readonly slug?: string } = {}): Promise<readonly KeyHolder[]> => {
  const rows = await withSystem((tx) =>
    tx.db.club.findMany({
      where: slug === undefined ? {} : { slug },
      orderBy: { slug: "asc" },
      select: { id: true, franchiseId: true, slug: true },
    }),
  );
  return rows.map((row) => ({ slug: row.slug, context: systemContext(placeOf(row), { job: "keys" }) }));
};

const placeOf = (row: {
  readonly id: string;
  readonly franchiseId: string;
}): { readonly clubId: Id<"club">; readonly franchiseId: Id<"franchise"> } => ({
  clubId: asId("club", row.id),
  franchiseId: asId("franchise", row.franchiseId),
});
