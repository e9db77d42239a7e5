import { mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { PROJECT_DIR } from "./paths.mjs";
import { say } from "./say.mjs";
import { INTERRUPTED_EXIT_CODE, onStopRequest } from "./stop-request.ts";
import { createTestRun, GROUPS, type Group, type TestRun } from "./test-run.ts";

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { only: { type: "string" } } });
  const groups = values.only === undefined ? GROUPS : GROUPS.filter((group) => group === values.only);
  if (groups.length === 0) {
    throw new Error(`--only takes one of: ${GROUPS.join(", ")}`);
  }
  const dataDir = path.join(PROJECT_DIR, ".spotter", "test");
  mkdirSync(path.join(dataDir, "logs"), { recursive: true });
  const run = createTestRun(dataDir);

  stopOnSignal(run);
  const { passed, failed } = await run.perform(new Set<Group>(groups));
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exit(failed === 0 ? 0 : 1);
};

/** The same in both commands: the first Ctrl-C stops in order, a later one by force. */
const stopOnSignal = (run: TestRun): void => {
  onStopRequest({
    stop: async () => {
      await run.stop();
      process.exit(INTERRUPTED_EXIT_CODE);
    },
    stopByForce: run.stopByForce,
  });
};

try {
  await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
