import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { ActionRoad } from "#server/domain/automations.ts";
import type { Role } from "#server/domain/vocabulary.ts";
import { askConfirmation } from "#server/services/confirmations/ask-confirmation.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { EffectArguments } from "#server/services/effects/effect-arguments.ts";
import type { EffectPlan } from "#server/services/effects/plan-effect.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";

type Common = {
  readonly road: ActionRoad;
  readonly connectionId: Id<"connection">;
  /** Who of the club may let it happen, where the road is an approval. */
  readonly requiredRole: Role;
  /** The sentence they approve, built from the very arguments. */
  readonly summary: string;
  readonly expiresInMinutes: number;
};

/** What an automation would do, with the very arguments it would be done with. */
export type PlannedAction =
  | (Common & { readonly kind: "device.reset"; readonly arguments: EffectArguments["device.reset"] })
  | (Common & { readonly kind: "door.pulse"; readonly arguments: EffectArguments["door.pulse"] });

type Planning = {
  readonly action: PlannedAction;
  readonly runId: Id<"agentRun">;
  readonly decisionId: Id<"decision">;
  readonly policyVersion: string;
  readonly conversationId: Id<"conversation">;
  readonly contactId: Id<"contact">;
  /** The words that ask the contact, where the road is a confirmation. */
  readonly question: string;
};

/** Plans an action on its road, in the transaction that plans the words about it. */
export const planAction = async (tx: ServiceTx, ctx: ServiceContext, planning: Planning): Promise<Id<"effect">> => {
  const { action, conversationId, contactId, question } = planning;
  const common = {
    effectKey: `automation:${planning.runId}:${action.kind}`,
    plannedBy: "agent",
    connectionId: action.connectionId,
    conversationId,
    contactId,
    purpose: "service",
    agentRunId: planning.runId,
    decisionId: planning.decisionId,
    policyVersion: planning.policyVersion,
    needsApproval:
      action.road === "approval"
        ? {
            requiredRole: action.requiredRole,
            summary: action.summary,
            expiresAt: new Date(tx.now.getTime() + action.expiresInMinutes * 60_000),
          }
        : null,
  } as const;
  const plan: EffectPlan =
    action.kind === "device.reset"
      ? { ...common, kind: action.kind, arguments: action.arguments }
      : { ...common, kind: action.kind, arguments: action.arguments };
  return action.road === "confirm" ? askConfirmation(tx, ctx, { plan, conversationId, contactId, question }) : planEffect(tx, ctx, plan);
};
