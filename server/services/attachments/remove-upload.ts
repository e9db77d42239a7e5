import "server-only";

import { z } from "zod";

import { idSchema } from "#server/domain/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { staffOf } from "#server/services/users/staff-of.ts";

export const RemoveUploadInput = z.object({ attachmentId: idSchema("attachment") });

/** A file of mine that has not gone out goes. Quiet where there is none, or it was sent meanwhile. */
export const removeUpload = async (ctx: ServiceContext, raw: z.input<typeof RemoveUploadInput>): Promise<void> => {
  assertCan(ctx, "conversation.reply");
  const { attachmentId } = RemoveUploadInput.parse(raw);
  const uploadedById = staffOf(ctx);
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.attachment.deleteMany({ where: { id: attachmentId, clubId: ctx.clubId, messageId: null, uploadedById } });
    if (count > 0) {
      await recordAudit(tx, ctx, { action: "attachment.removed", entityId: attachmentId });
    }
  });
};
