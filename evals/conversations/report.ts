import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { CATEGORIES } from "#server/domain/categories.ts";

import { ratioOf, wrongBecause, type Attempt, type Measured, type Ratio } from "./measure.ts";

const RESULTS_DIR = path.join(import.meta.dirname, "..", "results");

type Bar = { readonly name: string; readonly value: Ratio; readonly bar: string; readonly isKept: boolean };

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
const shown = (value: Ratio): string => `${percent(ratioOf(value))} (${value.hits} of ${value.of})`;

/** The bars of the project, each with what was measured. */
export const barsOf = (measured: Measured): readonly Bar[] => {
  const atLeast = (name: string, value: Ratio, least: number): Bar => ({
    name,
    value,
    bar: `≥ ${percent(least)}`,
    isKept: ratioOf(value) >= least,
  });
  const atMost = (name: string, value: Ratio, most: number): Bar => ({
    name,
    value,
    bar: `≤ ${percent(most)}`,
    isKept: value.of === 0 || ratioOf(value) <= most,
  });
  return [
    atLeast("category", measured.category, 0.9),
    atLeast("opt-outs understood", measured.optOut, 0.99),
    atMost("taken for an opt-out", measured.falseOptOut, 0.05),
    atLeast("must-escalate escalated", measured.escalated, 1),
    atMost("wrongly sent alone", measured.wronglySent, 0.02),
    atLeast("simple questions answered alone", measured.simpleAutoAnswered, 0.7),
    atLeast("simple questions without a model", measured.simpleWithoutModel, 0.7),
    atMost("unanswerable answered alone", measured.invented, 0),
  ];
};

type Printed = {
  readonly name: string;
  readonly measured: Measured;
  /** The same conversations where the articles carry no questions. */
  readonly withoutAsked: Measured;
  readonly attempts: readonly Attempt[];
};

/** Prints the figures, keeps them as JSON with a picture beside it, and says whether every bar was kept. */
export const publish = ({ attempts, measured, name, withoutAsked }: Printed): boolean => {
  const bars = barsOf(measured);
  const bare = barsOf(withoutAsked);
  const overheads = attempts.map(({ overheadMs }) => overheadMs).toSorted((left, right) => left - right);
  const quantile = (share: number): number => overheads[Math.min(overheads.length - 1, Math.floor(overheads.length * share))] ?? 0;
  const lines = [
    `${name}: ${measured.count} conversations`,
    ...bars.map(
      ({ bar, isKept, name: label, value }, place) =>
        `  ${label.padEnd(36)} ${shown(value).padEnd(22)} ${bar.padEnd(10)} ${isKept ? "kept" : "MISSED"}` +
        `${" ".repeat(isKept ? 2 : 0)}   articles without questions: ${shown(bare[place]?.value ?? value)}`,
    ),
    `  ${"macro-F1".padEnd(36)} ${percent(measured.macroF1)}`,
    `  ${"acceptable outcome".padEnd(36)} ${shown(measured.acceptableOutcome)}`,
    `  ${"answered alone of what may be".padEnd(36)} ${shown(measured.autoAnswered)}`,
    `  ${"settled without a model".padEnd(36)} ${shown(measured.withoutModel)}`,
    `  ${"cost of all".padEnd(36)} $${(measured.costMicros / 1_000_000).toFixed(4)}`,
    `  ${"overhead beyond the model".padEnd(36)} p50 ${quantile(0.5).toFixed(0)} ms, p95 ${quantile(0.95).toFixed(0)} ms`,
    "  category         precision  recall     F1  count",
    ...CATEGORIES.map((category) => {
      const { count, f1, precision, recall } = measured.perCategory[category];
      return `  ${category.padEnd(16)} ${percent(precision).padStart(8)} ${percent(recall).padStart(8)} ${percent(f1).padStart(8)} ${String(count).padStart(5)}`;
    }),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  mkdirSync(RESULTS_DIR, { recursive: true });
  const file = path.join(RESULTS_DIR, `conversations-${name.replaceAll(/[^a-z0-9]+/gi, "-")}`);
  const failures = attempts.filter(isWorthALook).map(({ category, confidence, golden, outcome, reasons, reply, source }) => ({
    id: golden.id,
    expected: golden.expect.category,
    category,
    confidence,
    outcome,
    acceptable: golden.expect.outcome,
    reasons,
    source,
    reply,
  }));
  writeFileSync(`${file}.json`, `${JSON.stringify({ measured, bars: written(bars), withoutAsked: written(bare), failures }, null, 2)}\n`);
  writeFileSync(`${file}.svg`, picture(bars));
  return bars.every(({ isKept }) => isKept);
};

const written = (bars: readonly Bar[]) => bars.map(({ value, ...bar }) => ({ ...bar, ratio: ratioOf(value), ...value }));

const isWorthALook = (tried: Attempt): boolean =>
  wrongBecause(tried) !== null || !tried.golden.expect.outcome.includes(tried.outcome) || tried.category !== tried.golden.expect.category;

const ROW = 26;
const LEFT = 240;
const WIDTH = 400;

/** One bar a figure, with what it had to reach beside it. */
const picture = (bars: readonly Bar[]): string => {
  const rows = bars.map(({ bar, isKept, name, value }, index) => {
    const y = 12 + index * ROW;
    const text = name.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    return [
      `<text x="${LEFT - 8}" y="${y + 13}" text-anchor="end">${text}</text>`,
      `<rect x="${LEFT}" y="${y}" width="${WIDTH}" height="18" fill="#eee9e2"/>`,
      `<rect x="${LEFT}" y="${y}" width="${Math.max(1, ratioOf(value) * WIDTH).toFixed(1)}" height="18" fill="${isKept ? "#2f7d5b" : "#b3402a"}"/>`,
      `<text x="${LEFT + WIDTH + 8}" y="${y + 13}">${percent(ratioOf(value))} (${bar.replaceAll("<", "&lt;")})</text>`,
    ].join("");
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${LEFT + WIDTH + 170}" height="${bars.length * ROW + 20}" font-family="sans-serif" font-size="12">${rows.join("")}</svg>\n`;
};
