import "server-only";

import type { AutomationProposal } from "#server/domain/decide-automation.ts";
import type { Outcome } from "#server/domain/reasons.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type Use = {
  readonly name: AutomationProposal["name"];
  readonly step: AutomationProposal["step"];
  readonly outcome: Outcome;
  readonly conversationId: string;
  readonly contactId: string;
  readonly messageId: string;
  readonly runId: string;
  /** The action, or the answer where there is none. */
  readonly effectId: string | null;
};

const OF_STEP = { ask: "asked", confirm: "awaiting_confirmation", approval: "awaiting_approval", run: "running" } as const;

const outcomeOf = ({ outcome, step }: Use): string | null => {
  if (outcome === "escalate") {
    return "handed_over";
  }
  if (step === "answer") {
    return outcome === "respond" ? "answered" : outcome === "suggest" ? "awaiting_approval" : null;
  }
  return outcome === "respond" && step in OF_STEP ? OF_STEP[step as keyof typeof OF_STEP] : outcome === "respond" ? "answered" : null;
};

/** One use of an automation on one message, once; what becomes of it is noted by `settleUse`. In the shadow stage nothing is used. */
export const recordAutomationUse = async (tx: ServiceTx, ctx: ServiceContext, use: Use): Promise<void> => {
  const outcome = outcomeOf(use);
  if (outcome === null) {
    return;
  }
  await tx.db.automationUse.createMany({
    data: {
      id: newId("automationUse"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      automation: use.name,
      conversationId: use.conversationId,
      contactId: use.contactId,
      messageId: use.messageId,
      agentRunId: use.runId,
      effectId: use.effectId,
      outcome,
      createdAt: tx.now,
      updatedAt: tx.now,
    },
    skipDuplicates: true,
  });
};
