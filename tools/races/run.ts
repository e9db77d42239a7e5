import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { z } from "zod";

/**
 * `npm run races`: the suites of races with their full counts, 1,000 of doors and referrals, 1,000 of approvals, 1,000 of confirmations, 300 of two people
 * and over 500 of replies in flight, the runs a club's calendar begins on odd days and in random weeks, and a table of what the scripted vendors accepted. Some minutes; `npm test` runs the
 * same suites with fewer tries.
 */
const PROJECT_DIR = path.resolve(import.meta.dirname, "../..");
const RESULT_FILE = path.join(PROJECT_DIR, "evals/results/races.json");
const SUITES = [
  "server/services/access/door-races.db.test.ts",
  "server/services/collections/referral-races.db.test.ts",
  "server/services/approvals/approval-races.db.test.ts",
  "server/services/approvals/two-people.db.test.ts",
  "server/services/confirmations/confirmation-races.db.test.ts",
  "server/services/effects/reply-races.db.test.ts",
  "server/services/workflows/engine-calendar.db.test.ts",
];

const Row = z.object({
  suite: z.string(),
  name: z.string(),
  races: z.number(),
  allowed: z.number(),
  accepted: z.number(),
  violations: z.number(),
});

const main = (): boolean => {
  const folder = mkdtempSync(path.join(tmpdir(), "spotter-races-"));
  const file = path.join(folder, "rows.jsonl");
  const result = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", "--project", "db", ...SUITES], {
    cwd: PROJECT_DIR,
    stdio: "inherit",
    env: { ...process.env, SPOTTER_RACES: "full", SPOTTER_RACES_FILE: file },
  });
  const rows = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Row.parse(JSON.parse(line)));
  rmSync(folder, { recursive: true });
  say(`${"race".padEnd(54)} ${"races".padStart(6)} ${"allowed".padStart(8)} ${"accepted".padStart(9)} ${"wrong".padStart(6)}`);
  for (const row of rows) {
    say(
      `${`${row.suite}: ${row.name}`.padEnd(54)} ${`${row.races}`.padStart(6)} ${`${row.allowed}`.padStart(8)} ${`${row.accepted}`.padStart(9)} ${`${row.violations}`.padStart(6)}`,
    );
  }
  const sum = (of: "races" | "allowed" | "accepted" | "violations"): number => rows.reduce((total, row) => total + row[of], 0);
  const totals = { races: sum("races"), allowed: sum("allowed"), accepted: sum("accepted"), violations: sum("violations") };
  say(`${"all".padEnd(54)} ${`${totals.races}`.padStart(6)} ${`${totals.allowed}`.padStart(8)} ${`${totals.accepted}`.padStart(9)}`);
  const isGreen = result.status === 0 && totals.accepted === totals.allowed && totals.violations === 0;
  writeFileSync(RESULT_FILE, `${JSON.stringify({ isGreen, totals, rows }, null, 2)}\n`);
  return isGreen;
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

process.exitCode = main() ? 0 : 1;
