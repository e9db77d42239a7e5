import { startModel } from "#local/model/start-model.ts";
import { installedMind, type Mind } from "#server/agent/mind.ts";
import { createThink } from "#server/platform/model-client.ts";

/** Nobody shares the demo brain of an evaluation. */
const UNPACED = 1_000_000_000;

export type EvalMind = { readonly mind: Mind; readonly name: string; readonly close: () => Promise<void> };

/**
 * The agent's own mind with the demo brain behind it, or with Claude where `EVAL_ANTHROPIC_API_KEY` is set (that costs
 * money and is never part of the tests). No tool is offered: nothing of a club is there to be asked.
 */
export const openMind = async (): Promise<EvalMind> => {
  const apiKey = process.env["EVAL_ANTHROPIC_API_KEY"] ?? "";
  if (apiKey !== "") {
    const think = createThink({ apiKey, baseURL: undefined });
    return { mind: { ...installedMind(), think, tools: [] }, name: "Claude", close: () => Promise.resolve() };
  }
  const standIn = await startModel({ port: 0, latencyMs: 0 });
  const think = createThink({ apiKey: "demo", baseURL: standIn.url, requestsPerMinute: UNPACED, inputTokensPerMinute: UNPACED });
  return { mind: { ...installedMind(), think, tools: [] }, name: "demo brain", close: standIn.close };
};
