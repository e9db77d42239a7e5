import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";

export const EndNoticeInput = z.object({ noticeId: idSchema("clubNotice") });

/** It is over earlier than thought. @throws `precondition_failed` when it has ended already */
export const endNotice = async (ctx: ServiceContext, raw: z.input<typeof EndNoticeInput>): Promise<void> => {
  assertCan(ctx, "knowledge.stop");
  const { noticeId } = EndNoticeInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.clubNotice.updateMany({
      where: { id: noticeId, clubId: ctx.clubId, endedAt: null, validUntil: { gt: tx.now } },
      data: { endedAt: tx.now, endedById: staffUserId(ctx) },
    });
    if (count === 0) {
      throw new DomainError("precondition_failed", "this notice has ended already");
    }
    await recordAudit(tx, ctx, { action: "notice.ended", entityId: noticeId });
    tx.news.changes.push({ topic: "knowledge" });
  });
};
