import { performance } from "node:perf_hooks";

import { consider } from "#server/agent/consider.ts";
import type { Mind } from "#server/agent/mind.ts";

import type { Golden, GoldenConversation } from "./golden.ts";
import type { Attempt } from "./measure.ts";
import { situationOf } from "./situation-of.ts";

/** Lets the agent consider one golden conversation. Nothing is stored and nothing is sent. */
export const attempt = async (
  golden: GoldenConversation,
  { knowledge, mind }: { knowledge: Golden["knowledge"]; mind: Mind },
): Promise<Attempt> => {
  const startedMs = performance.now();
  const considered = await consider(situationOf(golden, knowledge), mind);
  const tookMs = performance.now() - startedMs;
  if (considered.kind === "wants_tools") {
    // No tool runs in an evaluation of words: whoever needs one would be answered by a person here.
    return {
      ...emptyAttempt(golden, tookMs - considered.turn.latencyMs),
      costMicros: considered.turn.costMicros,
      reasons: ["wants_tools"],
    };
  }
  const { decision, reading, source, turn } = considered;
  const thought = reading.kind === "thought" ? reading.thought : null;
  const isOptOut = reading.kind === "triage" && reading.result.kind === "opt_out";
  return {
    golden,
    category: thought?.category ?? (isOptOut ? "opt_out" : "other"),
    subIntent: thought?.subIntent ?? (reading.kind === "triage" ? reading.result.kind : "unclear"),
    confidence: decision.confidence,
    outcome: decision.outcome,
    reasons: decision.reasons,
    isOptOut,
    reply: thought?.reply ?? null,
    source,
    costMicros: turn?.costMicros ?? 0,
    overheadMs: tookMs - (turn?.latencyMs ?? 0),
  };
};

const emptyAttempt = (golden: GoldenConversation, overheadMs: number): Attempt => ({
  golden,
  category: "other",
  subIntent: "unclear",
  confidence: 0,
  outcome: "escalate",
  reasons: [],
  isOptOut: false,
  reply: null,
  source: "model",
  costMicros: 0,
  overheadMs,
});
