import "server-only";

import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type Suppressed = {
  readonly addresses: readonly { readonly addressKey: string; readonly channelKind: string }[];
  /** `message` a word of theirs, `vendor` the vendor says so, `link` the one-click link of an e-mail, `bounce` nothing arrives there. */
  readonly source: "message" | "vendor" | "link" | "bounce";
  readonly messageId?: string;
  /** For the audit, where it is known. */
  readonly contactId?: string;
};

/**
 * Nothing more goes to these addresses, from no club of the franchise. Returns whether that is new. The addresses
 * are locked against dispatches, which hold the same lock shared while they look: one is before the other.
 */
export const suppressAddress = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { addresses, source, messageId, contactId }: Suppressed,
): Promise<boolean> => {
  for (const { addressKey, channelKind } of addresses) {
    await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${ctx.franchiseId}|${channelKind}|${addressKey}`}, 1))`;
  }
  const { count } = await tx.db.suppression.createMany({
    data: addresses.map((address) => ({
      id: newId("suppression"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      purpose: "all",
      source,
      messageId: messageId ?? null,
      createdAt: tx.now,
      ...address,
    })),
    skipDuplicates: true,
  });
  if (count > 0) {
    await recordAudit(tx, ctx, {
      action: "suppression.added",
      details: { source },
      ...(contactId === undefined ? {} : { entityId: contactId }),
    });
  }
  return count > 0;
};

type Lifted = {
  readonly addresses: Suppressed["addresses"];
  /** The message that asked for it, or `vendor`. */
  readonly liftedBy: string;
  readonly contactId?: string;
};

/** The person wants to hear from the franchise again. */
export const liftSuppression = async (tx: ServiceTx, ctx: ServiceContext, { addresses, liftedBy, contactId }: Lifted): Promise<void> => {
  await tx.db.suppression.updateMany({
    where: { franchiseId: ctx.franchiseId, liftedAt: null, OR: [...addresses] },
    data: { liftedAt: tx.now, liftedBy },
  });
  await recordAudit(tx, ctx, { action: "suppression.lifted", ...(contactId === undefined ? {} : { entityId: contactId }) });
};
