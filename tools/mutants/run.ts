import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

import { Mutant } from "./mutant.ts";

/**
 * `npm run mutants [-- <provider>]`: takes each handling of a fault away that a connector lists in its `mutants.json`
 * and runs that connector's tests. Every mutant must make them fail; one that survives is a fault nobody would notice.
 */
const PROJECT_DIR = path.resolve(import.meta.dirname, "../..");
const TESTS_FAILED = 1;

const main = (): boolean => {
  const wanted = process.argv[2];
  const files = globSync("server/connectors/*/mutants.json", { cwd: PROJECT_DIR })
    .filter((file) => wanted === undefined || file.includes(`/${wanted}/`))
    .toSorted();
  let survivorCount = 0;
  let count = 0;
  for (const file of files) {
    const folder = path.dirname(file);
    if (!run(folder, null).isGreen) {
      throw new Error(`The tests of ${folder} fail without any mutant.`);
    }
    for (const mutant of z.array(Mutant).parse(JSON.parse(readFileSync(path.join(PROJECT_DIR, file), "utf8")))) {
      const { isGreen, hasRun, output } = run(folder, mutant);
      if (!hasRun) {
        throw new Error(`The tests of ${folder} could not run with the mutant of ${mutant.file}:\n${output}`);
      }
      count += 1;
      survivorCount += isGreen ? 1 : 0;
      say(`${isGreen ? "SURVIVED" : "noticed "}  ${path.basename(folder).padEnd(13)} ${mutant.removes} | ${mutant.fault}`);
    }
  }
  say(`${count} handlings taken away in ${files.length} connectors, ${count - survivorCount} noticed, ${survivorCount} survived`);
  return count > 0 && survivorCount === 0;
};

type Result = { readonly isGreen: boolean; readonly hasRun: boolean; readonly output: string };

const run = (folder: string, mutant: Mutant | null): Result => {
  const config = mutant === null ? [] : ["--config", "tools/mutants/vitest.config.ts"];
  const result = spawnSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--project", "unit", "--bail", mutant === null ? "0" : "1", ...config, `${folder}/`],
    {
      cwd: PROJECT_DIR,
      encoding: "utf8",
      env: { ...process.env, ...(mutant === null ? {} : { SPOTTER_MUTANT: JSON.stringify(mutant) }) },
    },
  );
  const output = `${result.stdout}${result.stderr}`;
  return {
    isGreen: result.status === 0,
    hasRun: result.status === 0 || (result.status === TESTS_FAILED && /Tests .*failed/.test(output)),
    output,
  };
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

process.exitCode = main() ? 0 : 1;
