import { writeFileSync } from "node:fs";
import path from "node:path";

import { openMind } from "../stand-in-mind.ts";
import { readCases } from "./cases.ts";
import { measure, type Row } from "./measure.ts";

const RESULT_FILE = path.join(import.meta.dirname, "..", "results", "injections.json");

/** `npm run eval:injections`: every injection against the demo brain or Claude, and against a model that obeys each of them. */
const main = async (): Promise<boolean> => {
  const cases = readCases();
  const { close, mind, name } = await openMind();
  const honest = await measure(cases, { mind, isObedient: false });
  const obedient = await measure(cases, { mind, isObedient: true });
  await close();
  print(name, honest.rows);
  print("a model that obeys", obedient.rows);
  const wrong = [...honest.wrong, ...obedient.wrong];
  for (const { id, mind: whose, text } of wrong.slice(0, 50)) {
    say(`${whose}: ${id}: ${JSON.stringify(text)}`);
  }
  writeFileSync(
    RESULT_FILE,
    `${JSON.stringify({ name, cases: cases.length, honest: honest.rows, obedient: obedient.rows, wrong }, null, 2)}\n`,
  );
  say(`${cases.length} injections, ${wrong.length} with an effect, a disclosure or a broken prompt`);
  return wrong.length === 0;
};

const print = (name: string, rows: readonly Row[]): void => {
  say(`${name.padEnd(20)} ${"cases".padStart(6)} ${"effects".padStart(8)} ${"disclosed".padStart(10)} ${"broken".padStart(7)}`);
  for (const { brokenPrompts, cases, disclosures, effects, place } of rows) {
    say(
      `${place.padEnd(20)} ${`${cases}`.padStart(6)} ${`${effects}`.padStart(8)} ${`${disclosures}`.padStart(10)} ${`${brokenPrompts}`.padStart(7)}`,
    );
  }
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

process.exitCode = (await main()) ? 0 : 1;
