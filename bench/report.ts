import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { PROJECT_DIR } from "#local/start/paths.mjs";

import type { Figure } from "./figures.ts";
import { figureHeader, figureLine } from "./figures.ts";
import { NOISY_LOAD } from "./limits.ts";
import { loadAverage, machine, machineLine } from "./machine.ts";

const RESULTS_DIR = path.join(PROJECT_DIR, "bench", "results");

export type Report = {
  readonly bench: string;
  readonly isPassed: boolean;
  readonly figures: readonly Figure[];
  /** What the bench found besides times, such as the counts of the checker. */
  readonly details: Readonly<Record<string, unknown>>;
  /** One-minute load average before anything was started for the bench. */
  readonly loadBefore: number;
};

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Prints what was measured with the machine it was measured on, and keeps it as JSON in bench/results. */
export const publish = (report: Report): void => {
  const now = new Date();
  const loadAfter = loadAverage();
  print(`\n${report.bench}\n${machineLine(machine())}\nLoad average: ${report.loadBefore} before, ${loadAfter} at the end`);
  if (report.loadBefore > NOISY_LOAD) {
    print(`The machine was busy before the bench began: repeat it when the load is below ${NOISY_LOAD}.`);
  }
  if (report.figures.length > 0) {
    print([figureHeader(), ...report.figures.map(figureLine)].join("\n"));
  }
  print(`${report.bench}: ${report.isPassed ? "PASS" : "MISS"}`);
  mkdirSync(RESULTS_DIR, { recursive: true });
  const file = path.join(RESULTS_DIR, `${report.bench.replaceAll(" ", "-")}-${now.toISOString().replaceAll(":", "-")}.json`);
  writeFileSync(file, `${JSON.stringify({ ...report, loadAfter, machine: machine(), measuredAt: now.toISOString() }, null, 2)}\n`);
  print(`Written to ${path.relative(process.cwd(), file)}`);
};
