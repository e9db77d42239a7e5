import type { AutomationProposal } from "./decide-automation.ts";
import { byAutomation } from "./decide-automation.ts";
import type { Finding } from "./finding.ts";
import type { RiskFlag, Thought } from "./intent.ts";
import { REASON_OF_MODEL_FAILURE } from "./model-failure.ts";
import type { ModelFailureKind } from "./model-failure.ts";
import { autoThreshold } from "./policy.ts";
import type { Policy } from "./policy.ts";
import type { Outcome, ReasonCode } from "./reasons.ts";
import type { TriageResult } from "./triage.ts";
import type { Handler } from "./vocabulary.ts";

/** What the message was taken to mean, or why nothing could be made of it. */
export type Reading =
  | {
      readonly kind: "thought";
      readonly thought: Thought;
      readonly findings: readonly Finding[];
      /** `instant`: the club's own words, matched for certain; `local`: without the model; absent = the model. */
      readonly source?: "instant" | "local" | "model";
      /** The local reading contradicts the model; its confidence was lowered for it. */
      readonly isDisputed?: boolean;
      /** The draft asks an unknown sender to show who they are; it tells nothing of any account. */
      readonly isCheck?: boolean;
    }
  | { readonly kind: "triage"; readonly result: Exclude<TriageResult, { kind: "none" }> }
  | { readonly kind: "failed"; readonly failure: ModelFailureKind };

export type DecisionInput = {
  readonly reading: Reading;
  /** Absent = the message calls for none. */
  readonly automation?: AutomationProposal | null;
  readonly ownership: { readonly handledBy: Handler; /** The agent is switched off for this contact. */ readonly isAgentOff: boolean };
  /** No newer inbound message of the conversation is known. */
  readonly isNewest: boolean;
  readonly contact: {
    /** `bound`: the sender's address belongs to exactly one record. */
    readonly binding: "bound" | "shared" | "unknown";
    /** A bound member whose balance is unknown or stale counts as past due. */
    readonly isPastDue: boolean;
  };
  readonly counts: {
    /** Since a person last wrote, at most `AUTOMATIC_REPLY_WINDOW_HOURS` back. */
    readonly automaticRepliesInConversation: number;
    readonly automaticRepliesInClubHour: number;
  };
  readonly policy: Policy;
  /** The emergency stop of the club or its franchise is on. */
  readonly isStopped: boolean;
  readonly isSuppressed: boolean;
};

export type Decision = {
  readonly outcome: Outcome;
  /** Never empty; the first one decided. */
  readonly reasons: readonly [ReasonCode, ...ReasonCode[]];
  /** Confidence from which the agent would have answered alone. */
  readonly threshold: number;
  /** 0 to 1; 1 where triage decided, 0 where nothing was understood. */
  readonly confidence: number;
};

/**
 * What becomes of one inbound message. `respond` = the draft goes out alone; `suggest` = it waits for a person;
 * `escalate` = a person must act; `ignore` = nothing is sent (in the shadow stage the draft is kept for comparison);
 * `wait` = a newer message is decided in its place.
 */
export const decide = (input: DecisionInput): Decision => {
  const [outcome, ...reasons] = verdictOn(input);
  const threshold = input.automation?.setting.threshold ?? thresholdOf(input);
  return { outcome, reasons, threshold, confidence: confidenceOf(input.reading) };
};

const thresholdOf = ({ policy, reading }: DecisionInput): number =>
  reading.kind === "thought" ? autoThreshold(policy, reading.thought.category) : policy.thresholds.auto;

export type Verdict = readonly [Outcome, ReasonCode, ...ReasonCode[]];

const verdictOn = (input: DecisionInput): Verdict => {
  const { reading } = input;
  switch (reading.kind) {
    case "triage":
      return triaged(reading.result, input);
    case "failed":
      return setAside(input) ?? ["escalate", REASON_OF_MODEL_FAILURE[reading.failure]];
    case "thought":
      return thought(reading.thought, reading, input);
  }
};

const triaged = (result: Exclude<TriageResult, { kind: "none" }>, input: DecisionInput): Verdict => {
  switch (result.kind) {
    case "emergency":
      return ["escalate", "emergency"];
    case "opt_out":
      return ["ignore", "opted_out"];
    case "possible_opt_out":
      return setAside(input) ?? ["escalate", "possible_opt_out"];
    case "opt_in":
      return ["ignore", "opted_in"];
    case "help":
      return helpText(input);
    case "empty":
      return ["ignore", "empty_message"];
    case "tap_back":
    case "auto_reply":
    case "spam":
      return ["ignore", result.kind];
    case "media_only":
    case "flood":
      return setAside(input) ?? ["escalate", result.kind];
  }
};

/** The carriers' HELP is answered with the club's fixed text, whoever handles the conversation. */
const helpText = (input: DecisionInput): Verdict => {
  if (input.isSuppressed) {
    return ["ignore", "help_requested", "suppressed"];
  }
  return input.isStopped ? ["escalate", "help_requested", "stopped"] : ["respond", "help_requested"];
};

type Draft = Omit<Extract<Reading, { kind: "thought" }>, "kind" | "thought">;

const thought = (read: Thought, draft: Draft, input: DecisionInput): Verdict => {
  if (!input.isNewest) {
    return ["wait", "not_newest"];
  }
  return (
    byAutomation(read, input) ??
    alwaysAPerson(read) ??
    setAside(input) ??
    byStage(read, input) ??
    unusable(read, draft, input) ??
    answer(read, draft, input)
  );
};

/** An answer of an automation goes by the automation's switches, every other one by those of its category. */
const rulesFor = (read: Thought, { automation, policy }: DecisionInput) =>
  automation?.step === "answer"
    ? { stage: automation.setting.stage, threshold: automation.setting.threshold }
    : { stage: policy.stages[read.category], threshold: autoThreshold(policy, read.category) };

/** No setting changes these. */
const alwaysAPerson = (read: Thought): Verdict | null => {
  const flags = new Set<RiskFlag>(read.riskFlags);
  const reasons: ReasonCode[] = [];
  if (flags.has("emergency")) {
    reasons.push("emergency");
  }
  if (flags.has("wants_person")) {
    reasons.push("wants_person");
  }
  if (read.category === "complaint") {
    reasons.push("always_person_complaint");
  }
  if ([...flags].some((flag) => flag !== "emergency" && flag !== "wants_person")) {
    reasons.push("always_person_risk");
  }
  return verdict("escalate", reasons);
};

/** The message is somebody else's, or nothing may be written to this person. */
const setAside = (input: DecisionInput): Verdict | null => {
  if (!input.isNewest) {
    return ["wait", "not_newest"];
  }
  const reasons: ReasonCode[] = [];
  if (input.ownership.handledBy === "staff") {
    reasons.push("handled_by_staff");
  }
  if (input.isSuppressed) {
    reasons.push("suppressed");
  }
  const ignored = verdict("ignore", reasons);
  return ignored ?? (input.ownership.isAgentOff ? ["escalate", "agent_off_for_contact"] : null);
};

const byStage = (read: Thought, input: DecisionInput): Verdict | null => {
  const { stage } = rulesFor(read, input);
  if (stage === "off") {
    return ["escalate", "stage_off"];
  }
  return stage === "shadow" ? ["ignore", "stage_shadow"] : null;
};

const unusable = (read: Thought, { source }: Draft, input: DecisionInput): Verdict | null => {
  const reasons: ReasonCode[] = [];
  // Written without a model a money answer is the amount and how to pay, and only the payer gets it.
  const isPlainAmount = source === "local" || source === "instant";
  if (read.category === "payment_inquiry" && input.contact.binding === "bound" && input.contact.isPastDue && !isPlainAmount) {
    reasons.push("payment_past_due");
  }
  if (ratio(read.confidence) < input.policy.thresholds.floor) {
    reasons.push("below_floor");
  }
  if (!read.answerable) {
    reasons.push("unanswerable");
  }
  if (read.reply === null || read.reply.trim() === "") {
    reasons.push("no_reply_drafted");
  }
  return verdict("escalate", reasons);
};

/** There is a draft. It goes out alone unless anything at all holds it back. */
const answer = (read: Thought, { findings, source, isCheck = false, isDisputed = false }: Draft, input: DecisionInput): Verdict => {
  const { policy, counts, automation } = input;
  const { stage, threshold } = rulesFor(read, input);
  const held: ReasonCode[] = [];
  if (input.isStopped) {
    held.push("stopped");
  }
  // A text to somebody who may have opted out is a person's decision at every stage.
  if (read.category === "opt_out") {
    held.push("opted_out");
  }
  if (read.category === "payment_inquiry" && input.contact.binding !== "bound" && !isCheck) {
    held.push("payment_unbound");
  }
  held.push(...new Set(findings.map((finding) => finding.code)));
  if (counts.automaticRepliesInConversation >= policy.limits.automaticRepliesPerConversation) {
    held.push("limit_conversation");
  }
  if (counts.automaticRepliesInClubHour >= policy.limits.automaticRepliesPerClubHour) {
    held.push("limit_club_hour");
  }
  if (automation?.step === "answer" && automation.useCount >= automation.setting.maxRepliesPerConversation) {
    held.push("automation_limit");
  }
  if (stage !== "auto") {
    held.push("stage_suggest");
  }
  if (ratio(read.confidence) < threshold) {
    held.push(isDisputed ? "readings_disagree" : "between_thresholds");
  }
  return verdict("suggest", held) ?? ["respond", isCheck ? "identity_check" : source === "instant" ? "instant_answer" : "sure_enough"];
};

const verdict = (outcome: Outcome, reasons: readonly ReasonCode[]): Verdict | null => {
  const [first, ...others] = reasons;
  return first === undefined ? null : [outcome, first, ...others];
};

const confidenceOf = (reading: Reading): number => {
  switch (reading.kind) {
    case "thought":
      return ratio(reading.thought.confidence);
    case "triage":
      return 1;
    case "failed":
      return 0;
  }
};

/** What is no number between 0 and 1 is no confidence. */
const ratio = (value: number): number => (value >= 0 ? Math.min(value, 1) : 0);
