import { startModel } from "#local/model/start-model.ts";
import { installedMind } from "#server/agent/mind.ts";
import { createThink } from "#server/platform/model-client.ts";

import { attempt } from "./attempt.ts";
import { readGolden } from "./golden.ts";
import { measure, type Attempt } from "./measure.ts";
import { publish } from "./report.ts";

/**
 * The golden conversations against the demo brain, or against Claude where `EVAL_ANTHROPIC_API_KEY` is set (that costs
 * money and is never part of the tests). Ends with 1 when a bar is missed.
 */
const main = async (): Promise<boolean> => {
  const apiKey = process.env["EVAL_ANTHROPIC_API_KEY"] ?? "";
  const golden = readGolden();
  const standIn = apiKey === "" ? await startModel({ port: 0, latencyMs: 0 }) : null;
  const think = createThink(standIn === null ? { apiKey, baseURL: undefined } : { apiKey: "demo", baseURL: standIn.url });
  const mind = { ...installedMind(), think, tools: [] };
  const attempts: Attempt[] = [];
  for (const conversation of golden.conversations) {
    attempts.push(await attempt(conversation, { knowledge: golden.knowledge, mind }));
  }
  await standIn?.close();
  return publish({ name: standIn === null ? "Claude" : "demo brain", attempts, measured: measure(attempts) });
};

process.exitCode = (await main()) ? 0 : 1;
