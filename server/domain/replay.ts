import { z } from "zod";

import { AutomationName } from "./automations.ts";
import { decide } from "./decide.ts";
import type { Decision, DecisionInput, Reading } from "./decide.ts";
import type { Finding } from "./finding.ts";
import { Category, RiskFlag } from "./intent.ts";
import type { Thought } from "./intent.ts";
import { MODEL_FAILURE_KINDS } from "./model-failure.ts";
import type { Policy } from "./policy.ts";
import type { TriageResult } from "./triage.ts";
import { HANDLERS } from "./vocabulary.ts";

/** What a finished decision left behind, as far as it can be decided again without the model. */
export type StoredDecision = {
  readonly category: string;
  readonly subIntent: string;
  readonly confidence: number;
  readonly riskFlags: unknown;
  /** `inputs` of the decision. */
  readonly inputs: unknown;
};

/** Every code there is, so that one added later cannot be forgotten here. */
const FINDING_CODES = {
  fact_lock: true,
  promise_without_duty: true,
  privacy: true,
  language_mismatch: true,
  too_long: true,
  repeated_answer: true,
  no_reply_drafted: true,
} as const satisfies Record<Finding["code"], true>;

const StoredInputs = z.object({
  kind: z.enum(["thought", "triage", "failed"]),
  source: z.string(),
  answerable: z.boolean(),
  hasReply: z.boolean(),
  isNewest: z.boolean(),
  handledBy: z.enum(HANDLERS),
  isAgentOff: z.boolean(),
  binding: z.enum(["bound", "shared", "unknown"]),
  isPastDue: z.boolean(),
  automaticRepliesInConversation: z.int(),
  automaticRepliesInClubHour: z.int(),
  isStopped: z.boolean(),
  isSuppressed: z.boolean(),
  findings: z.array(
    z.object({
      code: z.custom<Finding["code"]>((code) => typeof code === "string" && Object.hasOwn(FINDING_CODES, code)),
    }),
  ),
  automation: z
    .object({
      name: AutomationName,
      step: z.enum(["answer", "ask", "confirm", "approval", "run", "waiting", "refuse"]),
      useCount: z.int().min(0),
    })
    .nullish(),
});

type StoredInputs = z.infer<typeof StoredInputs>;

const RiskFlags = z.array(RiskFlag);

/** Everything `decide()` asks for except the policy, whose switches an automation takes as well. */
export type ReplayInput = Omit<DecisionInput, "policy" | "automation"> & {
  readonly automation: NonNullable<StoredInputs["automation"]> | null;
};

/** What of a decision can be decided again under any policy; null = it was stored without what that needs. */
export const replayable = (stored: StoredDecision): ReplayInput | null => {
  const inputs = StoredInputs.safeParse(stored.inputs);
  const riskFlags = RiskFlags.safeParse(stored.riskFlags);
  if (!inputs.success || !riskFlags.success) {
    return null;
  }
  const reading = readingOf(stored, inputs.data, riskFlags.data);
  if (reading === null) {
    return null;
  }
  const { data } = inputs;
  return {
    reading,
    automation: data.automation ?? null,
    ownership: { handledBy: data.handledBy, isAgentOff: data.isAgentOff },
    isNewest: data.isNewest,
    contact: { binding: data.binding, isPastDue: data.isPastDue },
    counts: {
      automaticRepliesInConversation: data.automaticRepliesInConversation,
      automaticRepliesInClubHour: data.automaticRepliesInClubHour,
    },
    isStopped: data.isStopped,
    isSuppressed: data.isSuppressed,
  };
};

/** The same message decided again by the same rules under another policy. No model is asked. */
export const replayDecision = ({ automation, ...input }: ReplayInput, policy: Policy): Decision => {
  const setting = automation === null ? null : policy.automations[automation.name];
  // Switched off, an automation leaves the message to its category.
  const proposal = automation === null || setting === null || setting.stage === "off" ? null : { ...automation, setting };
  return decide({ ...input, automation: proposal, policy });
};

type TriageKind = Exclude<TriageResult["kind"], "none">;

/** Every kind there is, so that one added later cannot be forgotten here. */
const TRIAGE_KINDS = {
  opt_out: true,
  possible_opt_out: true,
  opt_in: true,
  help: true,
  emergency: true,
  empty: true,
  media_only: true,
  tap_back: true,
  auto_reply: true,
  spam: true,
  flood: true,
} as const satisfies Record<TriageKind, true>;

const isTriageKind = (kind: string): kind is TriageKind => Object.hasOwn(TRIAGE_KINDS, kind);

const readingOf = (stored: StoredDecision, inputs: StoredInputs, riskFlags: RiskFlag[]): Reading | null => {
  switch (inputs.kind) {
    case "triage": {
      const kind = stored.subIntent;
      return isTriageKind(kind) ? { kind: "triage", result: { kind, certainty: "word", evidence: "" } } : null;
    }
    case "failed": {
      const failure = MODEL_FAILURE_KINDS.find((known) => known === stored.subIntent);
      return failure === undefined ? null : { kind: "failed", failure };
    }
    case "thought": {
      const category = Category.safeParse(stored.category);
      if (!category.success) {
        return null;
      }
      return {
        kind: "thought",
        thought: thoughtOf({ category: category.data, stored, inputs, riskFlags }),
        findings: inputs.findings.map(({ code }) => ({ code, span: "" })),
        source: inputs.source === "instant" || inputs.source === "local" ? inputs.source : "model",
      };
    }
  }
};

type Parts = {
  readonly category: Category;
  readonly stored: StoredDecision;
  readonly inputs: StoredInputs;
  readonly riskFlags: RiskFlag[];
};

/** The draft itself is not kept here; that there was one is all a decision asks for. */
const thoughtOf = ({ category, stored, inputs, riskFlags }: Parts): Thought => ({
  category,
  subIntent: stored.subIntent,
  confidence: stored.confidence,
  riskFlags,
  evidence: "",
  language: "und",
  answerable: inputs.answerable,
  reply: inputs.hasReply ? "there was a draft" : null,
  knowledgeIds: [],
  promises: [],
});

/** Settings that a replay shows. The others change what is written or when, which only new messages can show. */
const REPLAYED: ReadonlySet<string> = new Set(["stages", "thresholds", "categoryThresholds", "limits", "automations"]);

export const isReplayed = (path: string): boolean => REPLAYED.has(path.split(".")[0] ?? path);
