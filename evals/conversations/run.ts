import { openMind } from "../stand-in-mind.ts";
import { attempt } from "./attempt.ts";
import { readGolden } from "./golden.ts";
import { measure, type Attempt } from "./measure.ts";
import { publish } from "./report.ts";

/** The golden conversations against the demo brain or Claude. Ends with 1 when a bar is missed. */
const main = async (): Promise<boolean> => {
  const golden = readGolden();
  const { close, mind, name } = await openMind();
  const attempts: Attempt[] = [];
  for (const conversation of golden.conversations) {
    attempts.push(await attempt(conversation, { knowledge: golden.knowledge, mind }));
  }
  await close();
  return publish({ name, attempts, measured: measure(attempts) });
};

process.exitCode = (await main()) ? 0 : 1;
