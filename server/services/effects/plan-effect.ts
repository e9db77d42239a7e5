import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import type { ChannelKind, Role } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

/** What a message effect will do, word for word. */
export const SendArguments = z.object({
  /** E.164, an e-mail address, or empty where the vendor knows people only by its own id. */
  to: z.string(),
  recipientExternalId: z.string().nullable(),
  text: z.string().min(1).max(1_600),
  subject: z.string().exactOptional(),
});
export type SendArguments = z.infer<typeof SendArguments>;

export type EffectPlan = {
  /** Business identity of the intent: the same intent never becomes two effects. */
  readonly effectKey: string;
  readonly kind: "message.send";
  readonly effectKind: "send";
  readonly plannedBy: "agent" | "staff" | "workflow" | "system";
  /** Who must approve before it may run; null = nobody. */
  readonly needsApproval: { readonly requiredRole: Role; readonly summary: string; readonly expiresAt: Date } | null;
  readonly connectionId: Id<"connection">;
  readonly channelId: Id<"channel">;
  readonly conversationId: Id<"conversation">;
  readonly contactId: Id<"contact">;
  readonly addressKey: string;
  readonly channelKind: ChannelKind;
  readonly purpose: "reply" | "service" | "opt_out_confirmation" | "help";
  readonly arguments: SendArguments;
  readonly agentRunId?: Id<"agentRun">;
  readonly decisionId?: Id<"decision">;
  readonly policyVersion?: string;
  /** The reply answers the conversation as it was at this inbound message. */
  readonly inboundSequence?: number;
  readonly plannedByUserId?: Id<"user">;
};

/** Hash of the exact arguments: what a person approves and what runs must be the same. */
export const argumentsHashOf = (values: SendArguments): string =>
  sha256(JSON.stringify([values.to, values.recipientExternalId, values.text, values.subject ?? null]));

/**
 * Writes an effect into the ledger as planned, with its approval where one is needed. Planning the same key again
 * with the same arguments answers the existing row. @throws `conflict` when the key stands for other arguments
 */
export const planEffect = async (tx: ServiceTx, ctx: ServiceContext, plan: EffectPlan): Promise<Id<"effect">> => {
  const args = SendArguments.parse(plan.arguments);
  const argumentsHash = argumentsHashOf(args);
  const id = newId("effect");
  const { needsApproval, plannedByUserId, agentRunId, decisionId, policyVersion, inboundSequence, ...columns } = plan;
  const { count } = await tx.db.effect.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      ...columns,
      status: "planned",
      needsApproval: needsApproval !== null,
      arguments: args,
      argumentsHash,
      agentRunId: agentRunId ?? null,
      decisionId: decisionId ?? null,
      policyVersion: policyVersion ?? null,
      inboundSequence: inboundSequence ?? null,
      plannedByUserId: plannedByUserId ?? null,
      expiresAt: needsApproval?.expiresAt ?? null,
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
    await requestApproval(tx, ctx, { effectId: id, argumentsHash, conversationId: plan.conversationId, ...needsApproval });
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
    throw new DomainError("conflict", "this message was planned already with another text");
  }
  return existing.id as Id<"effect">;
};

type Request = {
  readonly effectId: Id<"effect">;
  readonly argumentsHash: string;
  readonly conversationId: string;
  readonly requiredRole: Role;
  readonly summary: string;
  readonly expiresAt: Date;
};

const requestApproval = async (tx: ServiceTx, ctx: ServiceContext, request: Request): Promise<void> => {
  await tx.db.approval.createMany({
    data: {
      id: newId("approval"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      effectId: request.effectId,
      conversationId: request.conversationId,
      requiredRole: request.requiredRole,
      argumentsHash: request.argumentsHash,
      status: "pending",
      summary: request.summary,
      requestedAt: tx.now,
      expiresAt: request.expiresAt,
    },
  });
  tx.news.changes.push({ topic: "approval", conversationId: request.conversationId });
};
