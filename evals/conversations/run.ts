import { openMind } from "../stand-in-mind.ts";
import { attempt } from "./attempt.ts";
import { type Golden, readGolden, bareKnowledge } from "./golden.ts";
import { measure, type Attempt } from "./measure.ts";
import { publish } from "./report.ts";

/** The golden conversations against the demo brain or Claude. Ends with 1 when a bar is missed. */
const main = async (): Promise<boolean> => {
  const golden = readGolden();
  const { close, mind, name } = await openMind();
  const attemptsWith = async (knowledge: Golden["knowledge"]): Promise<readonly Attempt[]> => {
    const attempts: Attempt[] = [];
    for (const conversation of golden.conversations) {
      attempts.push(await attempt(conversation, { knowledge, mind }));
    }
    return attempts;
  };
  const attempts = await attemptsWith(golden.knowledge);
  const unasked = await attemptsWith(bareKnowledge(golden.knowledge));
  await close();
  return publish({ name, attempts, measured: measure(attempts), withoutAsked: measure(unasked) });
};

process.exitCode = (await main()) ? 0 : 1;
