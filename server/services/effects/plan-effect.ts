import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import type { ChannelKind } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import { readBasis } from "#server/services/approvals/read-basis.ts";
import { requestApproval, type ApprovalNeed } from "#server/services/approvals/request-approval.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { argumentsHashOf, type EffectArguments } from "#server/services/effects/effect-arguments.ts";
import { EFFECT_KINDS, type EffectKind } from "#server/services/effects/effect-kinds.ts";

/** Where a message goes; acts that write to nobody have none of it. */
type MessagePlace = {
  readonly channelId: Id<"channel">;
  readonly conversationId: Id<"conversation">;
  readonly contactId: Id<"contact">;
  readonly addressKey: string;
  readonly channelKind: ChannelKind;
};

type CommonPlan = {
  /** Business identity of the intent: the same intent never becomes two effects. */
  readonly effectKey: string;
  readonly plannedBy: "agent" | "staff" | "workflow" | "system";
  /** Who must approve before it may run; null = nobody. */
  readonly needsApproval: ApprovalNeed | null;
  /** It waits for the yes of whoever asked for it, no longer than this: `confirmations/` releases it. */
  readonly awaitsContactUntil?: Date;
  readonly connectionId: Id<"connection">;
  readonly purpose: "reply" | "service" | "billing" | "marketing" | "collections" | "opt_out_confirmation" | "help";
  readonly agentRunId?: Id<"agentRun">;
  readonly decisionId?: Id<"decision">;
  readonly policyVersion?: string;
  /** The reply answers the conversation as it was at this inbound message. */
  readonly inboundSequence?: number;
  readonly plannedByUserId?: Id<"user">;
  /** Not handed out before this: whoever planned it may still take it back. */
  readonly notBefore?: Date;
};

/** One thing to be done at one vendor, with the very arguments it will be done with. */
export type EffectPlan = {
  [Kind in EffectKind]: CommonPlan & {
    readonly kind: Kind;
    readonly arguments: EffectArguments[Kind];
  } & (Kind extends "message.send" ? MessagePlace : Partial<Pick<MessagePlace, "conversationId" | "contactId">>);
}[EffectKind];

/**
 * Writes an effect into the ledger as planned, with its approval where one is needed. Planning the same key again
 * with the same arguments answers the existing row. @throws `conflict` when the key stands for other arguments
 */
export const planEffect = async (tx: ServiceTx, ctx: ServiceContext, plan: EffectPlan): Promise<Id<"effect">> => {
  const { schema, effectKind, needsPerson } = EFFECT_KINDS[plan.kind];
  if (plan.kind === "referral.list" && (plan.needsApproval?.requiredCount ?? 1) < 2) {
    throw new DomainError("forbidden", "a referral needs two people");
  }
  if (needsPerson && plan.needsApproval === null && plan.plannedBy !== "staff") {
    throw new DomainError("forbidden", "this is never done without a person");
  }
  const args = z.record(z.string(), z.json()).parse(schema.parse(plan.arguments));
  const argumentsHash = argumentsHashOf(args);
  const id = newId("effect");
  const { needsApproval, awaitsContactUntil, plannedByUserId, agentRunId, decisionId, policyVersion, inboundSequence, ...columns } = plan;
  const { count } = await tx.db.effect.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      ...columns,
      effectKind,
      status: "planned",
      needsApproval: needsApproval !== null || awaitsContactUntil !== undefined,
      arguments: args,
      argumentsHash,
      agentRunId: agentRunId ?? null,
      decisionId: decisionId ?? null,
      policyVersion: policyVersion ?? null,
      inboundSequence: inboundSequence ?? null,
      plannedByUserId: plannedByUserId ?? null,
      expiresAt: needsApproval?.expiresAt ?? awaitsContactUntil ?? null,
      createdAt: tx.now,
      updatedAt: tx.now,
    },
    skipDuplicates: true,
  });
  if (count === 0) {
    return existingPlan(tx, ctx, { effectKey: plan.effectKey, argumentsHash });
  }
  await recordAudit(tx, ctx, { action: "effect.planned", entityId: id, details: { kind: plan.kind, purpose: plan.purpose } });
  if (needsApproval !== null) {
    const basis = await readBasis(tx, ctx, { ...plan, contactId: plan.contactId ?? null, arguments: args });
    await requestApproval(tx, ctx, {
      effectId: id,
      effectKind: plan.kind,
      argumentsHash,
      conversationId: plan.conversationId ?? null,
      basis,
      ...needsApproval,
    });
  }
  return id;
};

const existingPlan = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { effectKey, argumentsHash }: { readonly effectKey: string; readonly argumentsHash: string },
): Promise<Id<"effect">> => {
  const existing = await tx.db.effect.findFirstOrThrow({
    where: { clubId: ctx.clubId, effectKey },
    select: { id: true, argumentsHash: true },
  });
  if (existing.argumentsHash !== argumentsHash) {
    throw new DomainError("conflict", "this was planned already with other words or another target");
  }
  return existing.id as Id<"effect">;
};
