import "server-only";

import { ApprovalBasis, changesBetween } from "#server/domain/approval-basis.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { Role } from "#server/domain/vocabulary-schemas.ts";
import { announceClosed } from "#server/services/approvals/announce-closed.ts";
import { readBasis } from "#server/services/approvals/read-basis.ts";
import { requestApproval } from "#server/services/approvals/request-approval.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { EffectKind } from "#server/services/effects/effect-kinds.ts";

/** What is different since an approval was asked for; empty where it still stands on the same ground. */
export const changesSince = async (tx: ServiceTx, ctx: ServiceContext, approvalId: string): Promise<readonly string[]> => {
  const { basis, effect } = await tx.db.approval.findFirstOrThrow({
    where: { id: approvalId, clubId: ctx.clubId },
    select: { basis: true, effect: { select: { kind: true, purpose: true, contactId: true, arguments: true } } },
  });
  const before = ApprovalBasis.safeParse(basis);
  return before.success ? changesBetween(before.data, await readBasis(tx, ctx, effect)) : [];
};

type Asking = {
  readonly approvalId: string;
  /** In sentences, for whoever decides. */
  readonly changes: readonly string[];
  /** The message the deed answers from now on, where a newer one is what changed. */
  readonly inboundSequence?: number;
};

/**
 * The ground of an approval has changed: what was asked, or even allowed, no longer holds, and the same people are asked
 * once more with what is different. The deed waits meanwhile; it is neither done nor forgotten. Null = it was over already.
 */
export const askAgain = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { approvalId, changes, inboundSequence }: Asking,
): Promise<Id<"approval"> | null> => {
  const where = { id: approvalId, clubId: ctx.clubId };
  const { count } = await tx.db.approval.updateMany({
    where: { ...where, status: { in: ["pending", "approved"] } },
    data: { status: "superseded", decidedAt: tx.now },
  });
  if (count === 0) {
    return null;
  }
  const old = await tx.db.approval.findFirstOrThrow({ where, include: { effect: true } });
  const { effect } = old;
  const expiresAt = new Date(tx.now.getTime() + (old.expiresAt.getTime() - old.requestedAt.getTime()));
  await tx.db.effect.updateMany({
    where: { id: effect.id, clubId: ctx.clubId, status: { in: ["planned", "approved"] } },
    data: {
      status: "planned",
      approvedById: null,
      expiresAt,
      updatedAt: tx.now,
      ...(inboundSequence === undefined ? {} : { inboundSequence }),
    },
  });
  const id = await requestApproval(tx, ctx, {
    effectId: asId("effect", effect.id),
    effectKind: EffectKind.parse(effect.kind),
    argumentsHash: effect.argumentsHash,
    conversationId: old.conversationId,
    requiredRole: Role.parse(old.requiredRole),
    requiredCount: old.requiredCount,
    summary: old.summary,
    expiresAt,
    basis: await readBasis(tx, ctx, effect),
    replaces: { id: approvalId, changes },
  });
  if (old.conversationId !== null) {
    await tx.db.conversation.updateMany({
      where: { id: old.conversationId, clubId: ctx.clubId, needsYou: "none" },
      data: { needsYou: "approval", updatedAt: tx.now },
    });
  }
  await recordAudit(tx, ctx, { action: "approval.superseded", entityId: approvalId, details: { replacedBy: id } });
  tx.news.actions.push({
    kind: "approval.superseded",
    risk: "sends",
    outcome: "superseded",
    summary: "Something changed after a person was asked; the question was put again with what is different.",
    conversationId: old.conversationId,
    effectId: effect.id,
    approvalId,
    inputs: { replacedBy: id },
  });
  await announceClosed(tx, ctx, { approvalId, conversationId: old.conversationId });
  return id;
};
