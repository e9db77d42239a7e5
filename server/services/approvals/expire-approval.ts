import "server-only";

import { withSystem } from "#server/platform/tenant.ts";
import { announceClosed } from "#server/services/approvals/announce-closed.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { settleUse } from "#server/services/automations/settle-use.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { callPerson } from "#server/services/conversations/call-person.ts";
import { lockConversation } from "#server/services/conversations/lock-conversation.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";

export type ApprovalAddress = { readonly id: string; readonly franchiseId: string; readonly clubId: string };

const BATCH_SIZE = 100;

export const listExpiredApprovals = (): Promise<ApprovalAddress[]> =>
  withSystem(
    (tx) => tx.db.$queryRaw<ApprovalAddress[]>`
      select id, "franchiseId", "clubId" from "Approval" where status = 'pending' and "expiresAt" <= ${tx.now} order by id limit ${BATCH_SIZE}`,
  );

/** Nobody decided in time: the safe outcome is that nothing goes out, and that a person sees who still waits. */
export const expireApproval = async (ctx: ServiceContext, { approvalId }: { readonly approvalId: string }): Promise<void> => {
  assertCan(ctx, "approval.request");
  const line = await inTransaction(ctx, async (tx) => {
    const asked = await tx.db.approval.findFirst({ where: { id: approvalId, clubId: ctx.clubId }, select: { conversationId: true } });
    if (asked?.conversationId != null) {
      // In the order in which everybody locks: conversation, then effect.
      await lockConversation(tx, ctx, asked.conversationId);
    }
    const { count } = await tx.db.approval.updateMany({
      where: { id: approvalId, clubId: ctx.clubId, status: "pending", expiresAt: { lte: tx.now } },
      data: { status: "expired", decidedAt: tx.now },
    });
    const approval = await tx.db.approval.findFirst({
      where: { id: approvalId, clubId: ctx.clubId },
      select: { effectId: true, conversationId: true },
    });
    if (count === 0 || approval === null) {
      return null;
    }
    await tx.db.effect.updateMany({
      where: { id: approval.effectId, clubId: ctx.clubId, status: "planned" },
      data: { status: "dropped", failureKind: "expired", settledAt: tx.now, updatedAt: tx.now },
    });
    if (approval.conversationId !== null) {
      await callPerson(tx, ctx, { conversationId: approval.conversationId, reason: "undecided", only: { needsYou: "approval" } });
    }
    await recordAudit(tx, ctx, { action: "approval.expired", entityId: approvalId });
    tx.news.actions.push({
      kind: "approval.expired",
      risk: "sends",
      outcome: "expired",
      summary: "Nobody decided about a draft in time; nothing was sent.",
      conversationId: approval.conversationId,
      effectId: approval.effectId,
      approvalId,
    });
    await announceClosed(tx, ctx, { approvalId, conversationId: approval.conversationId });
    return settleUse(tx, ctx, {
      effectId: approval.effectId,
      outcome: "expired",
      line: { bay_reset: "reset_refused", door_unlock: "door_unheard" },
      needsPerson: true,
    });
  });
  if (line !== null) {
    await dispatchEffect(ctx, { effectId: line });
  }
};
