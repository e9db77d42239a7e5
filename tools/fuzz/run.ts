import { spawnSync } from "node:child_process";
import path from "node:path";

/**
 * `npm run fuzz`: a model that wants to do harm, 100,000 times against the guards and the decision and 300 times through
 * the whole machinery with its database. Some minutes; `npm test` runs the same suites with fewer cases.
 */
const PROJECT_DIR = path.resolve(import.meta.dirname, "../..");
const SUITES = [
  "server/agent/malicious-model.test.ts",
  "server/agent/malicious-model.db.test.ts",
  "server/agent/tools/club-tools/club-tools.db.test.ts",
];

const result = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...SUITES], {
  cwd: PROJECT_DIR,
  stdio: "inherit",
  env: { ...process.env, SPOTTER_FUZZ: "full" },
});
process.exitCode = result.status ?? 1;
