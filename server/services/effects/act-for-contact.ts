import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import type { Role } from "#server/domain/vocabulary.ts";
import { withClub } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { argumentsHashOf, type EffectArguments } from "#server/services/effects/effect-arguments.ts";
import { EFFECT_KINDS } from "#server/services/effects/effect-kinds.ts";
import { planEffect, type EffectPlan } from "#server/services/effects/plan-effect.ts";

type ToolKind = "booking.book" | "booking.cancel" | "payLink.create" | "note.add";

/** One deed at one vendor for whoever writes in a conversation. */
export type ContactAct = {
  [Kind in ToolKind]: { readonly kind: Kind; readonly connectionId: Id<"connection">; readonly arguments: EffectArguments[Kind] };
}[ToolKind] & { readonly contactId: string; readonly inboundSequence: number };

type Acting = {
  readonly conversationId: Id<"conversation">;
  /** The request it belongs to: run again, it is the same deed. */
  readonly toolCallId: Id<"toolCall">;
  /** Which of several deeds of one request it is. */
  readonly part?: string;
  /** Whether the club lets it happen without a person. */
  readonly isAlone: boolean;
  readonly requiredRole: Role;
  readonly summary: string;
  /** Finds out in the planning transaction what exactly is to be done. @throws DomainError where it must not be */
  readonly choose: (tx: ServiceTx) => Promise<ContactAct>;
};

export type ContactActResult = {
  /** `done`, `asked_the_team`, or that it did not happen or nobody knows yet. */
  readonly status: "done" | "asked_the_team" | "not_done" | "unclear";
  readonly result: unknown;
};

const APPROVAL_TTL_HOURS = 12;

/** Plans one deed for a contact and does it at once, or puts it before a person of the club. */
export const actForContact = async (ctx: ServiceContext, acting: Acting): Promise<ContactActResult> => {
  assertCan(ctx, "effect.plan");
  const { conversationId, isAlone, toolCallId } = acting;
  const effectId = await inTransaction(ctx, async (tx) => {
    const { contactId, inboundSequence, ...act } = await acting.choose(tx);
    const plan: EffectPlan = {
      ...act,
      effectKey: acting.part === undefined ? `tool:${toolCallId}` : `tool:${toolCallId}:${acting.part}`,
      plannedBy: "agent",
      purpose: act.kind === "payLink.create" ? "billing" : "service",
      conversationId,
      contactId: asId("contact", contactId),
      inboundSequence,
      ...(ctx.actor.kind === "agent" ? { agentRunId: ctx.actor.runId } : {}),
      needsApproval: isAlone
        ? null
        : {
            requiredRole: acting.requiredRole,
            summary: acting.summary,
            expiresAt: new Date(tx.now.getTime() + APPROVAL_TTL_HOURS * 3_600_000),
          },
    };
    const twin = isAlone ? null : await openTwin(tx, ctx, { act, conversationId });
    if (twin !== null) {
      return twin;
    }
    const id = await planEffect(tx, ctx, plan);
    await recordAudit(tx, ctx, { action: "effect.planned", entityId: id, details: { toolCallId } });
    return id;
  });
  if (!isAlone) {
    return { status: "asked_the_team", result: null };
  }
  const { status } = await dispatchEffect(ctx, { effectId });
  const { result } = await withClub(ctx, (tx) =>
    tx.db.effect.findFirstOrThrow({ where: { id: effectId, clubId: ctx.clubId }, select: { result: true } }),
  );
  const isOpen = status === "unknown" || status === "planned" || status === "dispatching";
  return { status: status === "confirmed" ? "done" : isOpen ? "unclear" : "not_done", result };
};

type Wanted = { readonly act: Pick<EffectPlan, "kind" | "arguments">; readonly conversationId: string };

/** The very same deed of this conversation that the team is asked about already: nobody is asked twice for one thing. */
const openTwin = async (tx: ServiceTx, ctx: ServiceContext, { act, conversationId }: Wanted): Promise<Id<"effect"> | null> => {
  const argumentsHash = argumentsHashOf(Object(EFFECT_KINDS[act.kind].schema.parse(act.arguments)));
  const twin = await tx.db.effect.findFirst({
    where: {
      clubId: ctx.clubId,
      conversationId,
      kind: act.kind,
      argumentsHash,
      status: "planned",
      approvals: { some: { status: "pending", expiresAt: { gt: tx.now } } },
    },
    select: { id: true },
  });
  return twin === null ? null : asId("effect", twin.id);
};
