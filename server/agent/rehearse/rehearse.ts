import "server-only";

import type { z } from "zod";

import { conclude } from "#server/agent/conclude.ts";
import { consider } from "#server/agent/consider.ts";
import { installedMind, type Mind } from "#server/agent/mind.ts";
import type { Outcome, ReasonCode } from "#server/domain/reasons.ts";
import { missedBy } from "#server/domain/rehearsal.ts";
import type { Situation } from "#server/services/agent-runs/load-situation.ts";
import type { TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { RehearsalItem } from "#server/services/rehearsals/load-item.ts";
import { loadStage, StageInput } from "#server/services/rehearsals/load-stage.ts";
import type { RehearsedItem } from "#server/services/rehearsals/rehearsals.ts";
import { recordChat } from "#server/services/rehearsals/record-chat.ts";

/** What the agent would do, with its grounds. Nothing was sent and no tool that changes anything ran. */
export type Rehearsed = {
  readonly outcome: Outcome;
  readonly reasons: readonly ReasonCode[];
  readonly category: string;
  readonly subIntent: string;
  readonly confidence: number;
  readonly threshold: number;
  readonly riskFlags: readonly string[];
  readonly evidence: string;
  readonly language: string;
  readonly source: string;
  /** The words that would go out, wait as a draft, or hand over. */
  readonly text: string | null;
  readonly findings: readonly { readonly code: string; readonly span: string }[];
  readonly knowledge: readonly { readonly id: string; readonly title: string }[];
  /** What the model asked for; in a rehearsal it is shown, not run. */
  readonly tools: readonly { readonly name: string; readonly arguments: unknown }[];
  readonly costMicros: number;
  readonly policyVersion: string;
};

const RUN = { runId: "run_rehearsal", fencingToken: "0", conversationId: "conv_rehearsal", messageId: "msg_rehearsal" } as const;

/** Considers one situation as a rehearsal. */
export const rehearse = async (
  situation: Situation,
  mind: Mind = installedMind(),
): Promise<{ readonly seen: Rehearsed; readonly turn: TurnRecord | null }> => {
  const considered = await consider(situation, mind);
  if (considered.kind === "wants_tools") {
    return { seen: wantsTools(situation, considered), turn: considered.turn };
  }
  const conclusion = conclude({ input: RUN, situation, considered });
  const known = new Map(situation.knowledge.map(({ id, title }) => [id, title]));
  return {
    turn: considered.turn,
    seen: {
      outcome: conclusion.outcome,
      reasons: conclusion.reasons,
      category: conclusion.category,
      subIntent: conclusion.subIntent,
      confidence: conclusion.confidence,
      threshold: conclusion.threshold,
      riskFlags: conclusion.riskFlags,
      evidence: conclusion.evidence,
      language: conclusion.language,
      source: conclusion.source,
      text: conclusion.text,
      findings: considered.reading.kind === "thought" ? considered.reading.findings : [],
      knowledge: conclusion.knowledgeIds.map((id) => ({ id, title: known.get(id) ?? id })),
      tools: [],
      costMicros: considered.turn?.costMicros ?? 0,
      policyVersion: conclusion.policyVersion,
    },
  };
};

type Wanting = Extract<Awaited<ReturnType<typeof consider>>, { kind: "wants_tools" }>;

const wantsTools = (situation: Situation, { requests, turn }: Wanting): Rehearsed => ({
  outcome: "wait",
  reasons: [],
  category: "other",
  subIntent: "tools",
  confidence: 0,
  threshold: situation.policy.thresholds.auto,
  riskFlags: [],
  evidence: "",
  language: "und",
  source: turn.model,
  text: null,
  findings: [],
  knowledge: [],
  tools: requests.map(({ arguments: args, name }) => ({ name, arguments: args })),
  costMicros: turn.costMicros,
  policyVersion: situation.policyVersion,
});

export const ChatInput = StageInput;

/** One turn of the test chat: what the agent would answer to this person, and why. Its cost counts; nothing else happens. */
export const chat = async (ctx: ServiceContext, raw: z.input<typeof ChatInput>, mind: Mind = installedMind()): Promise<Rehearsed> => {
  const { seen, turn } = await rehearse(await loadStage(ctx, raw), mind);
  if (turn !== null) {
    await recordChat(ctx, turn);
  }
  return seen;
};

/** One test or one past message, tried again. */
export const rehearseItem = async (
  item: RehearsalItem,
  mind: Mind = installedMind(),
): Promise<{ readonly done: RehearsedItem; readonly turn: TurnRecord | null }> => {
  const { seen, turn } = await rehearse(item.situation, mind);
  return {
    turn,
    done: {
      id: item.id,
      name: item.name,
      conversationId: item.conversationId,
      before: item.before?.outcome ?? null,
      after: seen.outcome,
      category: seen.category,
      reasons: [...seen.reasons],
      reply: seen.text,
      replyBefore: item.before?.reply ?? null,
      missed: item.expectation === null ? [] : [...missedBy(seen, item.expectation)],
      costMicros: seen.costMicros,
      source: seen.source,
    },
  };
};
