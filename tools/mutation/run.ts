import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { Stryker } from "@stryker-mutator/core";
import { z } from "zod";

import { TARGETS } from "./targets.ts";

/**
 * `npm run mutate [-- <area> [<part of a file's name>]]`: Stryker changes every expression of the rules that nothing else may overrule, one file
 * after the other, and runs the pure tests of that file on each change. A mutant that no test notices is a hole in the
 * tests; at least nine in ten must be noticed in every area, and more where the area says so. Some ten minutes on two idle cores; not part of `npm test`.
 */
const PROJECT_DIR = path.resolve(import.meta.dirname, "../..");
const RESULT_FILE = path.join(PROJECT_DIR, "evals/results/mutation.json");
/** Where an area names no bar of its own. */
const BAR = 0.9;

const Report = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.string(),
      mutants: z.array(
        z.object({
          mutatorName: z.string(),
          replacement: z.string().optional(),
          status: z.string(),
          location: z.object({ start: z.object({ line: z.number() }) }),
        }),
      ),
    }),
  ),
});

const FileResult = z.object({
  area: z.string(),
  file: z.string(),
  killed: z.number(),
  /** Changes that end in a loop or in an endless match: noticed as well. */
  timedOut: z.number(),
  survived: z.number(),
  /** No test so much as runs the place. */
  uncovered: z.number(),
  /** Where a survivor stands and what took its place. */
  survivors: z.array(z.string()),
});
type FileResult = z.infer<typeof FileResult>;

const mutateFile = async (area: string, { file, tests }: (typeof TARGETS)[number]["files"][number]): Promise<FileResult> => {
  const report = path.join(tmpdir(), `spotter-mutation-${process.pid}.json`);
  process.env["SPOTTER_MUTATION_TESTS"] = JSON.stringify(tests);
  await new Stryker({
    mutate: [file],
    testRunner: "vitest",
    plugins: [import.meta.resolve("@stryker-mutator/vitest-runner")],
    vitest: { configFile: "tools/mutation/vitest.config.ts", related: false },
    concurrency: 1,
    coverageAnalysis: "perTest",
    reporters: ["json"],
    jsonReporter: { fileName: report },
    // Outside the project, so that nobody's tests find the copies.
    tempDirName: path.join(tmpdir(), "spotter-mutation"),
    ignorePatterns: [
      "**",
      "!server",
      "!server/domain/**",
      "!server/testing/setup.ts",
      "!server/testing/past-due-facts.ts",
      "!package.json",
      "!tools/mutation/**",
    ],
  }).runMutationTest();
  const [result] = Object.values(Report.parse(JSON.parse(readFileSync(report, "utf8"))).files);
  rmSync(report);
  if (result === undefined) {
    throw new Error(`Stryker mutated nothing in ${file}`);
  }
  const count = (status: string): number => result.mutants.filter((mutant) => mutant.status === status).length;
  const lines = result.source.split("\n");
  return {
    area,
    file,
    killed: count("Killed"),
    timedOut: count("Timeout"),
    survived: count("Survived"),
    uncovered: count("NoCoverage"),
    survivors: result.mutants
      .filter(({ status }) => status === "Survived" || status === "NoCoverage")
      .map(({ location, mutatorName, replacement }) => {
        const place = lines[location.start.line - 1]?.trim().slice(0, 100) ?? "";
        return `${location.start.line} ${mutatorName}: ${place} => ${(replacement ?? "").slice(0, 100)}`;
      }),
  };
};

const noticed = ({ killed, timedOut }: FileResult): number => killed + timedOut;
const total = (result: FileResult): number => noticed(result) + result.survived + result.uncovered;
const scoreOf = (results: readonly FileResult[]): number =>
  results.reduce((sum, result) => sum + noticed(result), 0) / results.reduce((sum, result) => sum + total(result), 0);

const main = async (): Promise<boolean> => {
  process.chdir(PROJECT_DIR);
  const [wanted, part = ""] = process.argv.slice(2);
  if (wanted !== undefined && !TARGETS.some(({ area }) => area === wanted)) {
    throw new Error(`There is no area ${wanted}: ${TARGETS.map(({ area }) => area).join(", ")}`);
  }
  const results: FileResult[] = [];
  for (const { area, files } of TARGETS.filter((target) => wanted === undefined || target.area === wanted)) {
    for (const file of files.filter((one) => one.file.includes(part))) {
      results.push(await mutateFile(area, file));
    }
  }
  const kept = keptResults().filter(({ file }) => results.every((result) => result.file !== file));
  const all = TARGETS.flatMap(({ area, files }) =>
    files.map(({ file }) => [...kept, ...results].find((one) => one.area === area && one.file === file)),
  );
  const known = all.filter((result) => result !== undefined);
  return publish(known);
};

/** What an earlier run of other areas found, so that one area can be run again by itself. */
const keptResults = (): readonly FileResult[] => {
  try {
    return z.object({ files: z.array(FileResult) }).parse(JSON.parse(readFileSync(RESULT_FILE, "utf8"))).files;
  } catch {
    return [];
  }
};

const publish = (results: readonly FileResult[]): boolean => {
  say(`${"file".padEnd(40)} ${"mutants".padStart(8)} ${"noticed".padStart(8)} ${"score".padStart(7)}`);
  const areas = [...new Set(results.map(({ area }) => area))].map((area) => {
    const ofArea = results.filter((result) => result.area === area);
    for (const result of ofArea) {
      say(row(result.file, [result]));
    }
    say(row(`= ${area}`, ofArea));
    return { area, scoreRatio: scoreOf(ofArea) };
  });
  const isGreen = areas.length === TARGETS.length && areas.every(({ area, scoreRatio }) => scoreRatio >= barOf(area));
  say(isGreen ? "every area is at or above its bar" : "an area is missing or below its bar");
  writeFileSync(RESULT_FILE, `${JSON.stringify({ isGreen, barRatio: BAR, areas, files: results }, null, 2)}\n`);
  return isGreen;
};

const barOf = (wanted: string): number => {
  const target = TARGETS.find(({ area }) => area === wanted);
  return target !== undefined && "barRatio" in target ? target.barRatio : BAR;
};

const row = (name: string, results: readonly FileResult[]): string => {
  const sum = (of: (result: FileResult) => number): string => `${results.reduce((count, result) => count + of(result), 0)}`.padStart(8);
  return `${name.padEnd(40)} ${sum(total)} ${sum(noticed)} ${`${(scoreOf(results) * 100).toFixed(1)} %`.padStart(7)}`;
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

process.exitCode = (await main()) ? 0 : 1;
