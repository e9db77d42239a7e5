import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { createRandom, pick } from "#local/vendors/random.ts";
import { personasOf } from "#local/phone/personas.ts";
import { occasionFor } from "#local/phone/traffic.ts";
import { consider } from "#server/agent/consider.ts";

import { DEMO_CLUBS } from "../../prisma/demo.ts";
import { openMind } from "../stand-in-mind.ts";
import { situationOf } from "./situation-of.ts";

/** A club of this size gets some forty occasions a day. */
const OCCASIONS_PER_CLUB = 7 * 40;
const MODEL_CALLS_MAX_RATIO = 0.3;
const SEED = "a week of demo traffic";

const WITHOUT_MODEL: ReadonlySet<string> = new Set(["triage", "local", "instant"]);

/** A week of the demo's traffic: how many of the inbound messages cost a call of the model. Ends with 1 above the bar. */
const main = async (): Promise<boolean> => {
  const random = createRandom(SEED);
  const { close, mind, name } = await openMind();
  const bySource = new Map<string, number>();
  let inboundCount = 0;
  let modelCallCount = 0;
  for (const club of DEMO_CLUBS) {
    const cast = personasOf(club).map((persona) => ({ club, persona }));
    for (let count = 0; count < OCCASIONS_PER_CLUB; count += 1) {
      const role = pick(random, cast);
      const { texts } = occasionFor({ role, random });
      const considered = await consider(situationOf({ ...role, texts }), mind);
      const source = considered.kind === "concluded" && WITHOUT_MODEL.has(considered.source) ? considered.source : "model";
      inboundCount += texts.length;
      modelCallCount += source === "model" ? 1 : 0;
      bySource.set(source, (bySource.get(source) ?? 0) + 1);
    }
  }
  await close();
  const ratio = modelCallCount / inboundCount;
  const report = { name, inboundCount, modelCallCount, ratio, bar: MODEL_CALLS_MAX_RATIO, occasions: Object.fromEntries(bySource) };
  process.stdout.write(
    `${name}: ${inboundCount} inbound messages, ${modelCallCount} model calls: ${(ratio * 100).toFixed(1)} % (bar ${MODEL_CALLS_MAX_RATIO * 100} %)\n${JSON.stringify(report.occasions)}\n`,
  );
  const dir = path.join(import.meta.dirname, "..", "results");
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, "traffic.json"), `${JSON.stringify(report, null, 2)}\n`);
  return ratio <= MODEL_CALLS_MAX_RATIO;
};

process.exitCode = (await main()) ? 0 : 1;
