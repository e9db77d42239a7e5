import { type Features, OFFSETS } from "#server/understanding/features.ts";
import type { StoredHead } from "#server/understanding/heads.ts";
import { fitLogistic, type Matrix } from "./fit.ts";

export type Row = { readonly features: Features; readonly weight: number };

export type HeadPlan = {
  readonly labels: readonly string[];
  readonly kind: "one" | "each";
  /** The labels that are right for each row, by their place. */
  readonly right: readonly (readonly number[])[];
  /** Features beyond this are left out. */
  readonly featureCount: number;
};

/** Of 1e-5 to 1e-3 the one with the best likelihood on messages set aside. */
const L2 = 1e-4;
const ITERATIONS = 100;
/** 0: every message counts the same; 1: every label does. Half way serves rare labels without drowning the others. */
const BALANCE = 0.5;

/** Fits one head and makes its weights small. */
export const fitHead = (rows: readonly Row[], { featureCount, kind, labels, right }: HeadPlan): StoredHead => {
  const labelCount = labels.length;
  const { matrix, used, rarity } = pack(rows, featureCount);
  const targets = new Float64Array(rows.length * labelCount);
  right.forEach((places, row) => places.forEach((label) => (targets[row * labelCount + label] = 1)));
  const weightOf = (row: number): number => rows[row]?.weight ?? 1;
  const whole = rows.reduce((sum, { weight }) => sum + weight, 0);
  const counts = labels.map((_, label) => right.reduce((sum, places, row) => sum + (places.includes(label) ? weightOf(row) : 0), 0));
  const importance = Float64Array.from(targets, (target, at) => {
    const row = Math.floor(at / labelCount);
    const count = kind === "one" ? (counts[right[row]?.[0] ?? 0] ?? 1) : (counts[at % labelCount] ?? 1);
    const alike = kind === "each" && target === 0 ? whole - count : count;
    return weightOf(row) * (whole / Math.max(1, alike)) ** BALANCE;
  });
  const fitted = fitLogistic(matrix, { labelCount, kind, targets, importance, l2: L2, iterations: ITERATIONS });
  const full = new Float64Array((featureCount + 1) * labelCount);
  for (let label = 0; label < labelCount; label += 1) {
    used.forEach(
      (index, column) => (full[index * labelCount + label] = (fitted[column * labelCount + label] ?? 0) * (rarity[column] ?? 1)),
    );
    full[featureCount * labelCount + label] = fitted[matrix.columnCount * labelCount + label] ?? 0;
  }
  return store(full, labels);
};

type Packed = { readonly matrix: Matrix; readonly used: readonly number[]; readonly rarity: readonly number[] };

/** Only columns that occur, with rare words and characters louder than frequent ones (inverse document frequency). */
const pack = (rows: readonly Row[], featureCount: number): Packed => {
  const places = new Map<number, number>();
  const occurrences: number[] = [];
  const from = [0];
  const columns: number[] = [];
  const values: number[] = [];
  for (const { features } of rows) {
    features.indices.forEach((index, position) => {
      if (index < featureCount) {
        const column = places.get(index) ?? places.size;
        places.set(index, column);
        occurrences[column] = (occurrences[column] ?? 0) + 1;
        columns.push(column);
        values.push(features.values[position] ?? 0);
      }
    });
    from.push(columns.length);
  }
  const used = [...places.keys()];
  const rarity = used.map((index, column) =>
    isGram(index) ? Math.log((rows.length + 1) / ((occurrences[column] ?? 0) + 1)) / RARITY_SCALE : 1,
  );
  const matrix: Matrix = {
    from: Int32Array.from(from),
    columns: Int32Array.from(columns),
    values: Float64Array.from(values, (value, at) => value * (rarity[columns[at] ?? 0] ?? 1)),
    rowCount: rows.length,
    columnCount: used.length,
  };
  return { matrix, used, rarity };
};

/** Keeps grams about as loud as the kinds without rarity. */
const RARITY_SCALE = 4;

const isGram = (index: number): boolean => index < OFFSETS.vector || index >= OFFSETS.characters;

/** The largest step of a signed byte. */
const STEP_COUNT = 127;

const store = (weights: Float64Array, labels: readonly string[]): StoredHead => {
  const steps = labels.map((_, label) => {
    let largest = 0;
    for (let at = label; at < weights.length; at += labels.length) {
      largest = Math.max(largest, Math.abs(weights[at] ?? 0));
    }
    return Number((largest / STEP_COUNT).toPrecision(6)) || 1;
  });
  const small = Int8Array.from(weights, (weight, at) => Math.round(weight / (steps[at % labels.length] ?? 1)));
  return { labels, steps, weights: Buffer.from(small.buffer).toString("base64") };
};
