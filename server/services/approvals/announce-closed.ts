import "server-only";

import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { settleNotifications } from "#server/services/notifications/tell-people.ts";

type Closed = { readonly approvalId: string; readonly conversationId: string | null };

/** A question is over, whoever ended it and how: nobody need look any more, and its buttons go wherever they stand. */
export const announceClosed = async (tx: ServiceTx, ctx: ServiceContext, { approvalId, conversationId }: Closed): Promise<void> => {
  await settleNotifications(tx, ctx, { subjectIds: [approvalId] });
  tx.news.changes.push({ topic: "approval", conversationId, event: { name: "approval/closed", data: { approvalId } } });
};
