import { propose, type Proposal } from "#server/agent/automate.ts";
import { answerWithoutModel, recall } from "#server/agent/answer-without-model.ts";
import { guardInputOf } from "#server/agent/guard-input.ts";
import { learnedFor } from "#server/agent/learned-blocks.ts";
import type { Mind } from "#server/agent/mind.ts";
import type { PromptInput } from "#server/agent/prompt-input.ts";
import { PROMPT_VERSION } from "#server/agent/prompts/system.ts";
import { readContext } from "#server/agent/read-context.ts";
import { composePrompt } from "#server/agent/compose-prompt.ts";
import { offered } from "#server/agent/tools/check-call.ts";
import { askedOf } from "#server/agent/tools/asked-of.ts";
import { thinkAbout, type ThinkAboutResult } from "#server/agent/think.ts";
import { decide, type Decision, type DecisionInput, type Reading } from "#server/domain/decide.ts";
import { guardDraft } from "#server/domain/guards.ts";
import { asksForAccount, checkLine } from "#server/domain/identity-check.ts";
import type { Thought } from "#server/domain/intent.ts";
import { autoThreshold } from "#server/domain/policy.ts";
import { isGoingInCircles, mayCallModel, timeLeftMs } from "#server/domain/run-limits.ts";
import { triage, type TriageResult } from "#server/domain/triage.ts";
import type { ToolRequest, Turn } from "#server/platform/model-client.ts";
import type { SentRequest } from "#server/platform/model-messages.ts";
import type { TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import type { RequestedTool } from "#server/services/agent-runs/record-tool-requests.ts";
import type { Situation } from "#server/services/agent-runs/load-situation.ts";
import { argumentsHashOf } from "#server/services/effects/effect-arguments.ts";
import { agreeOn } from "#server/understanding/agree-on.ts";
import type { Answer } from "#server/understanding/answer-from.ts";
import type { Classification } from "#server/understanding/judge.ts";

/** What the agent makes of a situation. Nothing has happened yet, and nothing was stored. */
export type Considered =
  | {
      readonly kind: "concluded";
      readonly reading: Reading;
      readonly decision: Decision;
      /** The model call that settled it; null where none was made. */
      readonly turn: TurnRecord | null;
      /** What it was sent; left out where none was made, or none went out. */
      readonly request?: SentRequest;
      /** `triage`, `local`, `instant` or the model's name. */
      readonly source: string;
      /** The reading without any model; null where triage settled it. */
      readonly local: Classification | null;
      /** The automation the message calls for; null = none. */
      readonly automation: Proposal | null;
    }
  | {
      readonly kind: "wants_tools";
      readonly requests: readonly RequestedTool[];
      readonly turn: TurnRecord;
      readonly request?: SentRequest;
    };

/** One message, from its words to a decision: triage, the local reading, the club's own words, and only then the model. */
export const consider = async (situation: Situation, mind: Mind): Promise<Considered> => {
  const read = await understand(situation, mind);
  if (read.kind === "wants_tools") {
    return read;
  }
  const { automation = null } = read;
  return { ...read, kind: "concluded", automation, decision: decide({ reading: read.reading, automation, ...decisionFacts(situation) }) };
};

type Read =
  | {
      readonly kind: "read";
      readonly reading: Reading;
      readonly turn: TurnRecord | null;
      readonly request?: SentRequest;
      readonly source: string;
      readonly local: Classification | null;
      readonly automation?: Proposal | null;
    }
  | Extract<Considered, { kind: "wants_tools" }>;

const understand = async (situation: Situation, mind: Mind): Promise<Read> => {
  const result = triageBurst(situation);
  if (result.kind !== "none") {
    return { kind: "read", reading: { kind: "triage", result }, turn: null, source: "triage", local: null };
  }
  const { classification: local, question } = await readContext(situation, mind.read);
  const wish = situation.isSuppressed ? null : wishForSilence(local, situation.newestTexts);
  if (wish !== null) {
    return { kind: "read", reading: { kind: "triage", result: wish }, turn: null, source: "local", local };
  }
  if (situation.handledBy === "staff" || situation.isSuppressed || !situation.isNewest) {
    // Nothing of the agent's would go out: what the message means is read locally, without the model.
    return { kind: "read", reading: { kind: "thought", thought: asThought(local), findings: [] }, turn: null, source: "local", local };
  }
  const asked = askedOf(situation.run.toolCalls);
  if (asked === "hand_over") {
    const thought = asThought({ ...local, riskFlags: [...new Set([...local.riskFlags, "wants_person" as const])] });
    return { kind: "read", reading: { kind: "thought", thought, findings: [], source: "model" }, turn: null, source: "local", local };
  }
  const automation = await propose(situation, { local, look: mind.look, ...(asked === null ? {} : { asked }) });
  if (automation !== null && automation.step !== "answer") {
    return { ...asRead(local, automation), automation };
  }
  const check = offerCheck(situation, local);
  if (check !== null) {
    return check;
  }
  const recalled = once(() => recall({ situation, local, question, encode: mind.encode }));
  const plain = situation.run.modelCallCount > 0 ? null : await answerWithoutModel({ situation, local, recalled, encode: mind.encode });
  if (plain !== null) {
    const input = promptInputOf(situation);
    const findings = guardDraft(guardInputOf({ thought: plain, input, prompt: composePrompt(input), hasDuty: false }));
    const source = plain.knowledgeIds.length > 0 ? "instant" : "local";
    return { kind: "read", reading: { kind: "thought", thought: plain, findings, source }, turn: null, source, local, automation };
  }
  const thought = await think(situation, { mind, local, recalled });
  return thought.kind === "read" ? { ...thought, automation } : thought;
};

/** No more messages, in words that no list knows: acted on like a STOP where that is certain, shown to a person where it may be. */
const wishForSilence = (
  { evidence, optOut }: Classification,
  newestTexts: readonly string[],
): Exclude<TriageResult, { kind: "none" }> | null => {
  if (optOut.verdict === "certain" && newestTexts.some((text) => REFUSES_A_MACHINE.test(text))) {
    return { kind: "possible_opt_out", evidence };
  }
  if (optOut.verdict === "certain") {
    return { kind: "opt_out", certainty: "phrase", evidence };
  }
  return optOut.verdict === "possible" ? { kind: "possible_opt_out", evidence } : null;
};

/** Whoever will not talk to a machine may want a person and no silence. */
const REFUSES_A_MACHINE =
  /\b(?:talk|chat|speak|deal)(?:ing)? (?:to|with|w) (?:(?:a|an|the|this|some|your|ur) )?(?:chat ?bot|bot|robot|machine|computer|ai)s?\b/i;

/** Account facts for an unknown sender: asked in code's own words to show who they are; the model never hears of it. */
const offerCheck = (situation: Situation, local: Classification): Extract<Read, { kind: "read" }> | null => {
  const isOffered = situation.mayOfferCheck === true && local.confidence >= situation.policy.thresholds.floor && asksForAccount(local);
  if (!isOffered || !["en", "es", "und"].includes(local.language)) {
    return null;
  }
  const reply = checkLine("offer", { clubName: situation.club.name, language: local.language === "es" ? "es" : "en" });
  const thought = { ...asThought(local), answerable: true, reply };
  return {
    kind: "read",
    reading: { kind: "thought", thought, findings: [], source: "local", isCheck: true },
    turn: null,
    source: "local",
    local,
  };
};

/** The words of an automation are code: no model drafts them, and no guard need check them. */
const asRead = (local: Classification, { setting, text }: Proposal): Extract<Read, { kind: "read" }> => {
  // In the shadow stage they are kept for comparison and said to nobody.
  const reply = setting.stage === "shadow" ? null : text;
  const thought = { ...asThought(local), answerable: reply !== null, reply };
  return { kind: "read", reading: { kind: "thought", thought, findings: [], source: "local" }, turn: null, source: "local", local };
};

/** What is looked up once, by whoever wants it first. */
const once = <T>(look: () => Promise<T>): (() => Promise<T>) => {
  let found: Promise<T> | null = null;
  return () => (found ??= look());
};

type Known = { readonly mind: Mind; readonly local: Classification; readonly recalled: () => Promise<Answer | null> };

const think = async (situation: Situation, { local, mind, recalled }: Known): Promise<Read> => {
  const { budgets, models } = situation.policy;
  const { run } = situation;
  const failed = (failure: "budget_spent" | "run_limit"): Read => ({
    kind: "read",
    reading: { kind: "failed", failure },
    turn: null,
    source: "local",
    local,
  });
  if (situation.isBudgetSpent || situation.conversationCostMicros >= budgets.conversationCostMicros) {
    return failed("budget_spent");
  }
  if (!mayCallModel({ ...run, now: situation.now, costLimitMicros: budgets.runCostMicros })) {
    return failed("run_limit");
  }
  const isHard = local.confidence < situation.policy.thresholds.floor || run.modelCallCount > 0;
  const model = (isHard ? models.hard : models.agent) ?? models.agent ?? mind.model;
  const input = { ...promptInputOf(situation), learned: learnedFor(situation, local), likelyAnswer: await recalled() };
  const thought = await thinkAbout({
    prompt: input,
    think: mind.think,
    model,
    fallbackModel: models.hard ?? mind.fallbackModel,
    fairKey: mind.fairKey,
    budgetMs: timeLeftMs({ ...run, now: situation.now }),
    tools: offered(mind.tools, {
      capabilities: situation.capabilities,
      isBound: situation.contact.binding === "bound",
      policy: situation.policy,
    }),
  });
  if (thought.kind === "failed") {
    return {
      kind: "read",
      reading: { kind: "failed", failure: thought.failure.kind },
      ...callOf(thought, thought.failure.kind),
      source: model,
      local,
    };
  }
  if (thought.kind === "tool_requests") {
    const requests = requestedOf(thought.requests, mind.tools);
    return isGoingInCircles(requests, run.toolCalls)
      ? { ...failed("run_limit"), ...callOf(thought, null) }
      : { kind: "wants_tools", requests, ...callOf(thought, null) };
  }
  const auto = autoThreshold(situation.policy, thought.thought.category);
  const { isDisputed, confidence, riskFlags } = agreeOn({ model: thought.thought, local, auto });
  const agreed = { ...thought.thought, confidence, riskFlags: [...riskFlags] };
  const findings = guardDraft(guardInputOf({ thought: agreed, input, prompt: thought.prompt, hasDuty: false }));
  return {
    kind: "read",
    reading: { kind: "thought", thought: agreed, findings, source: "model", isDisputed },
    ...callOf(thought, null),
    source: model,
    local,
  };
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

const asThought = (read: Classification): Thought => ({
  category: read.category,
  subIntent: read.subIntent,
  confidence: read.confidence,
  riskFlags: [...read.riskFlags],
  evidence: read.evidence,
  language: read.language,
  answerable: false,
  reply: null,
  knowledgeIds: [],
  promises: [],
});

const promptInputOf = (situation: Situation): PromptInput => ({
  club: situation.club,
  now: situation.now,
  policy: situation.policy,
  knowledge: situation.knowledge,
  contact: situation.contact,
  conversation: situation.turns,
  memory: situation.memory,
  toolCalls: situation.run.toolCalls,
});

const requestedOf = (requests: readonly ToolRequest[], tools: Mind["tools"]): readonly RequestedTool[] =>
  requests.map(({ id, input: args, name }) => ({
    externalId: id,
    name,
    risk: tools.find((tool) => tool.name === name)?.risk ?? "read",
    arguments: args,
    argumentsHash: argumentsHashOf(Object(args)),
  }));

/** One call as it is stored; a turn without a try was none, and nothing was sent. */
const callOf = ({ request, turn }: Pick<ThinkAboutResult, "request" | "turn">, errorKind: string | null) => ({
  turn: turnRecord(turn, errorKind),
  ...(turn.tryCount > 0 ? { request } : {}),
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
