import "server-only";

import { finishReply } from "#server/agent/finish-reply.ts";
import { guardInputOf } from "#server/agent/guard-input.ts";
import { handoverLine } from "#server/agent/handover-line.ts";
import type { PromptInput } from "#server/agent/prompt-input.ts";
import { PROMPT_VERSION } from "#server/agent/prompts/system.ts";
import { thinkAbout } from "#server/agent/think.ts";
import { decide, type DecisionInput, type Reading } from "#server/domain/decide.ts";
import { guardDraft } from "#server/domain/guards.ts";
import type { Id } from "#server/domain/ids.ts";
import type { Category, Thought } from "#server/domain/intent.ts";
import { triage, type TriageResult } from "#server/domain/triage.ts";
import { defaultModel, think as platformThink } from "#server/platform/anthropic.ts";
import type { Think, Turn } from "#server/platform/model-client.ts";
import { finishRun, type Conclusion, type FinishedRun, type TurnRecord } from "#server/services/agent-runs/finish-run.ts";
import { classify } from "#server/understanding/classify.ts";
import { loadSituation, type Situation } from "#server/services/agent-runs/load-situation.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type AnswerInput = {
  readonly runId: Id<"agentRun">;
  readonly fencingToken: string;
  readonly conversationId: Id<"conversation">;
  readonly messageId: Id<"message">;
};

/** What is thought with: the platform's model unless a test brings its own. */
type Mind = { readonly think: Think };

/** One message from reading to plan: triage, at most one model call, guards, the pure decision, and its record. Nothing is sent here. */
export const answerMessage = async (
  ctx: ServiceContext,
  input: AnswerInput,
  mind: Mind = { think: platformThink },
): Promise<FinishedRun> => {
  const situation = await loadSituation(ctx, input);
  if (situation === null) {
    return { effectId: null };
  }
  const read = await understand(situation, mind);
  const decision = decide({ reading: read.reading, ...decisionFacts(situation) });
  return finishRun(ctx, conclude({ input, situation, read, decision }));
};

type Read = { readonly reading: Reading; readonly turn: TurnRecord | null };

const understand = async (situation: Situation, { think }: Mind): Promise<Read> => {
  const newest = situation.newestTexts.at(-1) ?? "";
  const result = triageBurst(situation);
  if (result.kind !== "none") {
    return { reading: { kind: "triage", result }, turn: null };
  }
  if (situation.handledBy === "staff" || situation.isSuppressed || !situation.isNewest) {
    // Nothing of the agent's would go out: what the message means is read locally, without the model.
    return { reading: { kind: "thought", thought: readLocally(newest), findings: [] }, turn: null };
  }
  if (situation.isBudgetSpent) {
    return { reading: { kind: "failed", failure: "budget_spent" }, turn: null };
  }
  const prompt = promptInputOf(situation);
  const thought = await thinkAbout({ prompt, think, model: situation.policy.models.agent ?? defaultModel() });
  if (thought.kind === "failed") {
    return { reading: { kind: "failed", failure: thought.failure.kind }, turn: turnRecord(thought.turn, thought.failure.kind) };
  }
  const findings = guardDraft(guardInputOf({ thought: thought.thought, input: prompt, prompt: thought.prompt, hasDuty: false }));
  return { reading: { kind: "thought", thought: thought.thought, findings }, turn: turnRecord(thought.turn, null) };
};

/** Kinds that need no answer by themselves; after a question they leave the question. */
const NEEDS_NOTHING: ReadonlySet<TriageResult["kind"]> = new Set(["empty", "tap_back", "auto_reply", "spam"]);

/** Reads the unanswered texts as one turn: an emergency is found wherever it stands, and a reaction does not hide a question. */
const triageBurst = ({ newestTexts, hasMedia, isSuppressed, recentInboundCount }: Situation): TriageResult => {
  const read = (text: string, withMedia: boolean): TriageResult => triage({ text, hasMedia: withMedia, isSuppressed, recentInboundCount });
  const newest = read(newestTexts.at(-1) ?? "", hasMedia);
  const earlier = newestTexts.slice(0, -1).map((text) => read(text, false));
  const emergency = [newest, ...earlier].find(({ kind }) => kind === "emergency");
  if (emergency !== undefined) {
    return emergency;
  }
  return NEEDS_NOTHING.has(newest.kind) && earlier.some(({ kind }) => kind === "none") ? { kind: "none" } : newest;
};

const readLocally = (text: string): Thought => {
  const read = classify(text);
  return { ...read, riskFlags: [...read.riskFlags], answerable: false, reply: null, knowledgeIds: [], promises: [] };
};

const promptInputOf = (situation: Situation): PromptInput => ({
  club: situation.club,
  now: situation.now,
  policy: situation.policy,
  knowledge: situation.knowledge,
  contact: situation.contact,
  conversation: situation.turns,
});

const turnRecord = ({ tryCount: _tryCount, ...turn }: Turn, errorKind: string | null): TurnRecord => ({
  ...turn,
  promptVersion: PROMPT_VERSION,
  errorKind,
});

const decisionFacts = (situation: Situation): Omit<DecisionInput, "reading"> => ({
  ownership: { handledBy: situation.handledBy, isAgentOff: situation.contact.isAgentOff },
  // A newer message that arrives from here on is caught by the gate, in the transaction that dispatches.
  isNewest: situation.isNewest,
  contact: { binding: situation.contact.binding, isPastDue: situation.contact.isPastDue },
  counts: {
    automaticRepliesInConversation: situation.automaticRepliesInConversation,
    automaticRepliesInClubHour: situation.automaticRepliesInClubHour,
  },
  policy: situation.policy,
  isStopped: situation.isStopped,
  isSuppressed: situation.isSuppressed,
});

const CATEGORY_OF_TRIAGE: Partial<Record<TriageResult["kind"], Category>> = { opt_out: "opt_out", opt_in: "confirmation" };

type Parts = {
  readonly input: AnswerInput;
  readonly situation: Situation;
  readonly read: Read;
  readonly decision: ReturnType<typeof decide>;
};

const conclude = ({ input, situation, read, decision }: Parts): Conclusion => {
  const { reading, turn } = read;
  const thought = reading.kind === "thought" ? reading.thought : null;
  const evidence = reading.kind === "triage" && "evidence" in reading.result ? reading.result.evidence : (thought?.evidence ?? "");
  const handover =
    decision.outcome === "escalate" ? handoverLine({ situation, reasons: decision.reasons, language: thought?.language ?? "en" }) : null;
  return {
    ...input,
    inboundSequence: situation.inboundSequence,
    outcome: decision.outcome,
    reasons: decision.reasons,
    category: thought?.category ?? (reading.kind === "triage" ? (CATEGORY_OF_TRIAGE[reading.result.kind] ?? "other") : "other"),
    subIntent:
      thought?.subIntent ?? (reading.kind === "triage" ? reading.result.kind : reading.kind === "failed" ? reading.failure : "unclear"),
    confidence: decision.confidence,
    threshold: decision.threshold,
    riskFlags: thought?.riskFlags ?? [],
    evidence,
    language: thought?.language ?? "und",
    source: turn?.model ?? (reading.kind === "thought" ? "local" : "triage"),
    text: handover === null ? replyOf(situation, thought) : handover.text,
    duty: handover?.duty ?? null,
    emergency: decision.reasons.includes("emergency"),
    knowledgeIds: thought?.knowledgeIds ?? [],
    policyVersion: situation.policyVersion,
    inputs: {
      handledBy: situation.handledBy,
      binding: situation.contact.binding,
      isPastDue: situation.contact.isPastDue,
      automaticRepliesInConversation: situation.automaticRepliesInConversation,
      automaticRepliesInClubHour: situation.automaticRepliesInClubHour,
      isStopped: situation.isStopped,
      isSuppressed: situation.isSuppressed,
      findings: reading.kind === "thought" ? reading.findings.map(({ code, span }) => ({ code, span })) : [],
    },
    turn,
  };
};

const replyOf = (situation: Situation, thought: Thought | null): string | null =>
  thought?.reply == null
    ? null
    : finishReply({
        reply: thought.reply,
        agent: situation.policy.agent,
        clubName: situation.club.name,
        language: thought.language,
        isFirstAutomaticMessage: situation.isFirstAutomaticMessage,
      });
