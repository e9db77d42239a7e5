import "server-only";

import type { SendEvidence } from "#server/domain/sending/evidence.ts";
import type { ReasonCode } from "#server/domain/reasons.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

import { countTouch } from "./touches.ts";

type Deferred = {
  readonly effect: { readonly id: string; readonly conversationId: string | null };
  readonly until: Date;
  readonly reason: ReasonCode;
};

/** Puts an effect back until it may be asked about again, with the reason beside it; it counts as no attempt. */
export const deferSend = async (tx: ServiceTx, ctx: ServiceContext, { effect, until, reason }: Deferred): Promise<void> => {
  await tx.db.effect.updateMany({
    where: { id: effect.id, clubId: ctx.clubId, status: { in: ["planned", "approved"] } },
    data: { notBefore: until, failureKind: reason, updatedAt: tx.now },
  });
  await recordAudit(tx, ctx, { action: "effect.deferred", entityId: effect.id, details: { reason, until: until.toISOString() } });
  tx.news.changes.push({ topic: "conversation", conversationId: effect.conversationId });
};

type Begun = Parameters<typeof countTouch>[2];

/** Keeps with a message why it was allowed, and takes it off the budget of its person before anybody else looks. */
export const noteSend = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { effect, evidence }: { readonly effect: Begun; readonly evidence: SendEvidence | null },
): Promise<void> => {
  if (evidence === null) {
    return;
  }
  await countTouch(tx, ctx, effect);
  await tx.db.effect.updateMany({
    where: { id: effect.id, clubId: ctx.clubId },
    data: { sendEvidence: { ...evidence }, failureKind: null },
  });
};
