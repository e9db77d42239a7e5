import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withSystem } from "#server/platform/tenant.ts";
import { UNSENT_KEPT_HOURS } from "#server/services/attachments/limits.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

const BATCH_SIZE = 100;
const HOUR_MS = 3_600_000;

type Unsent = { readonly id: Id<"attachment">; readonly franchiseId: string; readonly clubId: string };

/** Files that were put to a reply and not sent within `UNSENT_KEPT_HOURS`. */
export const listOldUploads = (): Promise<Unsent[]> =>
  withSystem(
    (tx) => tx.db.$queryRaw<Unsent[]>`
      select id, "franchiseId", "clubId" from "Attachment"
      where "messageId" is null and "createdAt" <= ${new Date(tx.now.getTime() - UNSENT_KEPT_HOURS * HOUR_MS)}
      order by "createdAt", id limit ${BATCH_SIZE}`,
  );

/** Takes one of them away, unless it was sent meanwhile. */
export const sweepUpload = async (ctx: ServiceContext, { attachmentId }: { readonly attachmentId: Id<"attachment"> }): Promise<boolean> => {
  assertCan(ctx, "effect.dispatch");
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.attachment.deleteMany({
      where: {
        id: attachmentId,
        clubId: ctx.clubId,
        messageId: null,
        createdAt: { lte: new Date(tx.now.getTime() - UNSENT_KEPT_HOURS * HOUR_MS) },
      },
    });
    if (count > 0) {
      await recordAudit(tx, ctx, { action: "attachment.removed", entityId: attachmentId });
    }
    return count > 0;
  });
};
