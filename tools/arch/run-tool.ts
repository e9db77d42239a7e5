import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { PROJECT_DIR } from "../prisma/project-files.ts";

const MODULES_DIR = path.join(PROJECT_DIR, "node_modules");
const MAX_OUTPUT_BYTES = 64 * 1_024 * 1_024;

/** What the tools read beside the code; copied, because paths in it count from where it lies. */
const CONFIGURATION = [
  "tsconfig.json",
  ".oxlintrc.json",
  ".dependency-cruiser.cjs",
  "tools/oxlint-plugin.mjs",
  "tools/unguarded-verbs.mjs",
];

/** A folder that looks like this project and holds the given files only. */
export const makeTree = (files: ReadonlyMap<string, string>): { readonly dir: string; readonly remove: () => void } => {
  const dir = mkdtempSync(path.join(tmpdir(), "spotter-arch-"));
  symlinkSync(MODULES_DIR, path.join(dir, "node_modules"));
  for (const file of CONFIGURATION) {
    cpSync(path.join(PROJECT_DIR, file), path.join(dir, file), { recursive: true });
  }
  for (const [file, content] of files) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    writeFileSync(path.join(dir, file), `${content}\n`);
  }
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
};

type Cruise = {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[];
  };
};

/** Cruises folders and files of a tree, as `npm run arch` does. */
export const cruise = (dir: string, places: readonly string[]): Cruise["summary"] => {
  const program = path.join(MODULES_DIR, "dependency-cruiser", "bin", "dependency-cruiser.mjs");
  const output = run(dir, [program, ...places, "--config", ".dependency-cruiser.cjs", "--output-type", "json"]);
  return (JSON.parse(output) as Cruise).summary;
};

type Lint = { readonly diagnostics: readonly { readonly code?: string; readonly filename: string }[] };

/** Lints a tree, as `npm run lint` does. */
export const lint = (dir: string): Lint["diagnostics"] => {
  const program = path.join(MODULES_DIR, "oxlint", "bin", "oxlint");
  return (JSON.parse(run(dir, [program, "--format=json"])) as Lint).diagnostics;
};

const run = (cwd: string, args: readonly string[]): string => {
  const { stdout, stderr, error } = spawnSync(process.execPath, args, { cwd, encoding: "utf8", maxBuffer: MAX_OUTPUT_BYTES });
  if (error !== undefined || !stdout.startsWith("{")) {
    throw new Error(
      `${path.basename(args[0] ?? "")} gave no answer: ${error?.message ?? ""}${stdout.slice(0, 500)}${stderr.slice(0, 500)}`,
    );
  }
  return stdout;
};
