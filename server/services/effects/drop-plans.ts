import "server-only";

import type { ReasonCode } from "#server/domain/reasons.ts";
import { announceClosed } from "#server/services/approvals/announce-closed.ts";
import { askAgain } from "#server/services/approvals/ask-again.ts";
import { settleAsked } from "#server/services/approvals/settle-asked.ts";
import { settleUse } from "#server/services/automations/settle-use.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type Input = {
  readonly conversationId: string;
  readonly reason: ReasonCode;
  readonly plannedBy: readonly ("agent" | "staff" | "workflow")[];
  /** Only what answers the conversation as it was at a message; deeds that somebody waits for stay. */
  readonly onlyAnswers?: boolean;
};

/** Drops what is planned in a conversation and has not begun, and closes the questions asked about it. */
export const dropPlans = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { conversationId, reason, plannedBy, onlyAnswers = false }: Input,
): Promise<void> => {
  if (onlyAnswers) {
    await askDeedsAgain(tx, ctx, conversationId);
  }
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    update "Effect" set status = 'dropped', "failureKind" = ${reason}, "settledAt" = ${tx.now}, "updatedAt" = ${tx.now}
    where "clubId" = ${ctx.clubId} and "conversationId" = ${conversationId} and status in ('planned', 'approved')
      and "plannedBy" = any (${[...plannedBy]}::text[]) and (not ${onlyAnswers} or ("inboundSequence" is not null and (kind = 'message.send' or not exists (
        select 1 from "Approval" a where a."effectId" = "Effect".id and a."clubId" = "Effect"."clubId" and a.status in ('pending', 'approved')))))
    returning id`;
  if (rows.length === 0) {
    return;
  }
  const effectIds = rows.map((row) => row.id);
  const { count } = await tx.db.approval.updateMany({
    where: { clubId: ctx.clubId, effectId: { in: effectIds }, status: "pending" },
    data: { status: "superseded", decidedAt: tx.now },
  });
  await tx.db.confirmation.updateMany({
    where: { clubId: ctx.clubId, effectId: { in: effectIds }, status: "pending" },
    data: { status: "superseded", decidedAt: tx.now },
  });
  for (const effectId of effectIds) {
    const outcome = reason === "handled_by_staff" ? "handed_over" : "expired";
    await settleUse(tx, ctx, { effectId, outcome, line: null, needsPerson: false });
  }
  await tx.db.message.updateMany({
    where: { clubId: ctx.clubId, effectId: { in: effectIds }, status: "queued" },
    data: { status: "failed", failureReason: reason },
  });
  for (const effectId of effectIds) {
    tx.news.actions.push({
      kind: "reply.dropped",
      risk: "sends",
      summary: "A planned message was dropped before it went out.",
      outcome: "dropped",
      conversationId,
      effectId,
      inputs: { reason },
    });
  }
  if (count > 0) {
    await settleAsked(tx, ctx, conversationId);
    const closed = await tx.db.approval.findMany({
      where: { clubId: ctx.clubId, effectId: { in: effectIds }, status: "superseded" },
      select: { id: true },
    });
    for (const { id } of closed) {
      await announceClosed(tx, ctx, { approvalId: id, conversationId });
    }
  }
};

/** A deed the team was asked about is not forgotten because the member writes on: they are asked again, with the new words. */
const askDeedsAgain = async (tx: ServiceTx, ctx: ServiceContext, conversationId: string): Promise<void> => {
  const asked = await tx.db.$queryRaw<{ approvalId: string; inboundSequence: number; preview: string | null }[]>`
    select a.id as "approvalId", c."inboundSequence", c."lastMessagePreview" as preview
    from "Effect" e
    join "Approval" a on a."effectId" = e.id and a."clubId" = e."clubId" and a.status in ('pending', 'approved')
    join "Conversation" c on c.id = e."conversationId" and c."clubId" = e."clubId"
    where e."clubId" = ${ctx.clubId} and e."conversationId" = ${conversationId} and e.status in ('planned', 'approved')
      and e."plannedBy" = 'agent' and e.kind <> 'message.send' and e."inboundSequence" < c."inboundSequence"
    order by a.id`;
  for (const { approvalId, inboundSequence, preview } of asked) {
    await askAgain(tx, ctx, { approvalId, inboundSequence, changes: [`The member has written since: “${preview ?? ""}”`] });
  }
};
