import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import type { Category, RiskFlag } from "#server/domain/intent.ts";
import type { ActionKind } from "#server/domain/ledger.ts";
import type { SentPrompt } from "#server/domain/prompt-view.ts";
import { REASONS, type Outcome, type ReasonCode } from "#server/domain/reasons.ts";
import type { AutomationProposal } from "#server/domain/decide-automation.ts";
import { newId } from "#server/platform/ids.ts";
import type { Prisma } from "#server/platform/generated/client.ts";
import { recordTurn, type TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import { raiseAlert, settleAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { PlannedAction } from "#server/services/automations/plan-action.ts";
import { applyOutcome } from "#server/services/agent-runs/apply-outcome.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { recordHeard } from "#server/services/past-due/record-heard.ts";
import { recordGap } from "#server/services/knowledge/record-gap.ts";
import { lockConversation } from "#server/services/conversations/lock-conversation.ts";

export type Conclusion = {
  readonly runId: Id<"agentRun">;
  readonly fencingToken: string;
  readonly conversationId: Id<"conversation">;
  readonly messageId: Id<"message">;
  readonly inboundSequence: number;
  readonly outcome: Outcome;
  readonly reasons: readonly ReasonCode[];
  readonly category: Category;
  readonly subIntent: string;
  readonly confidence: number;
  readonly threshold: number;
  readonly riskFlags: readonly RiskFlag[];
  readonly evidence: string;
  readonly language: string;
  /** `triage` or the model's name. */
  readonly source: string;
  /** The words that go out or wait: an answer, or the one honest line of a handover. */
  readonly text: string | null;
  /** A person must act by then; written together with the text that promises it. */
  readonly duty: { readonly title: string; readonly dueAt: Date } | null;
  readonly emergency: boolean;
  /** The words ask an unknown sender to show who they are. */
  readonly isCheck?: boolean;
  /** Small and free of personal data: what it was decided from. */
  readonly inputs: Prisma.InputJsonObject;
  readonly knowledgeIds: readonly string[];
  readonly policyVersion: string;
  readonly turn: TurnRecord | null;
  /** What the call behind `turn` was sent. */
  readonly prompt?: SentPrompt | null;
  /** The automation that took the message, with the action its words speak of. */
  readonly automation?: {
    readonly name: AutomationProposal["name"];
    readonly step: AutomationProposal["step"];
    readonly action: PlannedAction | null;
  } | null;
};

/** `actId`: an action that nobody need agree to, to be dispatched beside the words about it. */
export type FinishedRun = { readonly effectId: Id<"effect"> | null; readonly actId?: Id<"effect"> };

/**
 * Stores what the agent concluded about one message and what follows from it, in one transaction: classification,
 * decision, cost, plan, ledger row and the run's end. @throws `conflict` when another run took over meanwhile
 */
export const finishRun = async (ctx: ServiceContext, conclusion: Conclusion): Promise<FinishedRun> => {
  assertCan(ctx, "agent.run");
  return inTransaction(ctx, async (tx) => {
    const place = await lockConversation(tx, ctx, conclusion.conversationId);
    if (place === null) {
      throw new DomainError("not_found", "conversation not found");
    }
    const status = conclusion.outcome === "suggest" ? "awaiting_approval" : "succeeded";
    const { count } = await tx.db.agentRun.updateMany({
      where: { id: conclusion.runId, clubId: ctx.clubId, status: "running", fencingToken: BigInt(conclusion.fencingToken) },
      data: { status, endCode: conclusion.outcome, finishedAt: tx.now, leaseUntil: null },
    });
    if (count === 0) {
      throw new DomainError("conflict", "another run has taken this message over");
    }
    await recordAudit(tx, ctx, { action: "run.finished", entityId: conclusion.runId, details: { outcome: conclusion.outcome } });
    if (conclusion.turn !== null) {
      await recordTurn(tx, ctx, { runId: conclusion.runId, turn: conclusion.turn, prompt: conclusion.prompt ?? null });
    }
    await tellOfModel(tx, ctx, conclusion);
    const decisionId = await recordDecision(tx, ctx, conclusion);
    const done = await applyOutcome(tx, ctx, { conclusion, decisionId, place });
    const { effectId } = done;
    await hear(tx, ctx, { conclusion, contactId: place.contactId });
    if (conclusion.reasons.includes("unanswerable")) {
      await recordGap(tx, ctx, conclusion);
    }
    await markMessages(tx, ctx, conclusion);
    await tag(tx, ctx, conclusion);
    announce(tx, { conclusion, decisionId, effectId });
    return done;
  });
};

/** What a sender who is known for certain has said about a debt of theirs is written down, whatever is answered. */
const hear = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { conclusion, contactId }: { readonly conclusion: Conclusion; readonly contactId: string },
): Promise<void> => {
  const { category, conversationId, inputs, messageId, riskFlags, subIntent } = conclusion;
  const { binding, local } = Heard.parse(inputs);
  if (binding === "bound") {
    const subIntents = [subIntent, ...(local == null ? [] : [local.subIntent])];
    await recordHeard(tx, ctx, { conversationId, messageId, contactId, category, riskFlags, subIntents });
  }
};

const Heard = z.object({ binding: z.string().nullish(), local: z.object({ subIntent: z.string() }).nullish() });

/** People see on one card that the model fails or that its budget is spent, and that it is over. */
const tellOfModel = async (tx: ServiceTx, ctx: ServiceContext, { turn, reasons }: Conclusion): Promise<void> => {
  if (turn !== null && turn.errorKind !== null) {
    // Also where the key has no money left: that is not the club's budget, and no day makes it free again.
    await raiseAlert(tx, ctx, {
      kind: "model_failing",
      severity: "critical",
      key: "model",
      title: "The model cannot be reached or used",
      detail: `Messages go to a person until it works again (${turn.errorKind}).`,
    });
  } else if (reasons.includes("budget_spent")) {
    await raiseAlert(tx, ctx, {
      kind: "budget_spent",
      severity: "warning",
      key: "budget",
      title: "Today's budget for the model is spent",
      detail: "Until it is free again every message goes to a person.",
    });
  } else if (turn !== null) {
    await settleAlert(tx, ctx, "model");
    await settleAlert(tx, ctx, "budget");
  }
};

const recordDecision = async (tx: ServiceTx, ctx: ServiceContext, conclusion: Conclusion): Promise<Id<"decision">> => {
  const classificationId = newId("intentClassification");
  const id = newId("decision");
  const scope = {
    franchiseId: ctx.franchiseId,
    clubId: ctx.clubId,
    messageId: conclusion.messageId,
    agentRunId: conclusion.runId,
    createdAt: tx.now,
  };
  await tx.db.intentClassification.createMany({
    data: {
      id: classificationId,
      ...scope,
      category: conclusion.category,
      subIntent: conclusion.subIntent,
      confidenceRatio: conclusion.confidence,
      riskFlags: [...conclusion.riskFlags],
      evidence: conclusion.evidence,
      language: conclusion.language,
      source: conclusion.source,
      promptVersion: conclusion.turn?.promptVersion ?? null,
    },
  });
  await tx.db.decision.createMany({
    data: {
      id,
      ...scope,
      conversationId: conclusion.conversationId,
      classificationId,
      outcome: conclusion.outcome,
      reasons: [...conclusion.reasons],
      inputs: {
        ...conclusion.inputs,
        knowledgeIds: [...conclusion.knowledgeIds],
        draft: conclusion.outcome === "ignore" ? conclusion.text : null,
      },
      confidenceRatio: conclusion.confidence,
      thresholdRatio: conclusion.threshold,
      category: conclusion.category,
      policyVersion: conclusion.policyVersion,
    },
  });
  return id;
};

/** The whole burst is settled: the newest message carries what was concluded, the ones before it the word `wait`. */
const markMessages = async (tx: ServiceTx, ctx: ServiceContext, conclusion: Conclusion): Promise<void> => {
  await tx.db.message.updateMany({
    where: { id: conclusion.messageId, clubId: ctx.clubId },
    data: {
      agentProcessedAt: tx.now,
      agentOutcome: conclusion.outcome,
      agentConfidence: conclusion.confidence,
      agentRunId: conclusion.runId,
    },
  });
  await tx.db.message.updateMany({
    where: {
      clubId: ctx.clubId,
      conversationId: conclusion.conversationId,
      direction: "inbound",
      agentProcessedAt: null,
      sequence: { lt: conclusion.inboundSequence },
    },
    data: { agentProcessedAt: tx.now, agentOutcome: "wait" },
  });
};

const TAGS: Partial<Record<Category, string>> = {
  payment_inquiry: "payment",
  scheduling: "scheduling",
  complaint: "complaint",
  praise: "praise",
  opt_out: "opt-out",
};

const tag = async (tx: ServiceTx, ctx: ServiceContext, conclusion: Conclusion): Promise<void> => {
  await tx.db.conversation.updateMany({
    where: { id: conclusion.conversationId, clubId: ctx.clubId },
    data: { lastCategory: conclusion.category },
  });
  const name = TAGS[conclusion.category];
  if (name !== undefined) {
    await tx.db.conversationTag.createMany({
      data: {
        id: newId("conversationTag"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        conversationId: conclusion.conversationId,
        tag: name,
        setBy: "agent",
        createdAt: tx.now,
      },
      skipDuplicates: true,
    });
  }
};

const KIND = {
  respond: "reply.planned",
  suggest: "reply.suggested",
  escalate: "conversation.escalated",
  ignore: "message.ignored",
  wait: "message.ignored",
} as const satisfies Record<Outcome, ActionKind>;

type Announcement = { readonly conclusion: Conclusion; readonly decisionId: Id<"decision">; readonly effectId: Id<"effect"> | null };

const announce = (tx: ServiceTx, { conclusion, decisionId, effectId }: Announcement): void => {
  const [first] = conclusion.reasons;
  tx.news.actions.push({
    kind: conclusion.reasons.includes("stage_shadow") ? "draft.kept" : KIND[conclusion.outcome],
    risk: "sends",
    outcome: conclusion.outcome,
    summary: first === undefined ? "Decided." : `Decided to ${conclusion.outcome}: ${REASONS[first]}.`,
    conversationId: conclusion.conversationId,
    messageId: conclusion.messageId,
    agentRunId: conclusion.runId,
    decisionId,
    effectId,
    policyVersion: conclusion.policyVersion,
    model: conclusion.turn?.model ?? null,
    promptVersion: conclusion.turn?.promptVersion ?? null,
    costMicros: BigInt(Math.round(conclusion.turn?.costMicros ?? 0)),
    inputs: {
      inboundSequence: conclusion.inboundSequence,
      category: conclusion.category,
      confidence: conclusion.confidence,
      reasons: conclusion.reasons.join(" "),
      knowledge: conclusion.knowledgeIds.join(" "),
    },
  });
  tx.news.changes.push({ topic: "conversation", conversationId: conclusion.conversationId });
};
