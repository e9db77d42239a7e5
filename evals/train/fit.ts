import { minimise } from "./minimise.ts";

/** Rows of features, most of them 0; `from[row]` to `from[row + 1]` is where a row stands. */
export type Matrix = {
  readonly from: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
  readonly rowCount: number;
  readonly columnCount: number;
};

export type FitOptions = {
  readonly labelCount: number;
  /** `one` of the labels is right for a row (softmax), or `each` is right or wrong by itself (sigmoid). */
  readonly kind: "one" | "each";
  /** 1 where a label is right, else 0: `row * labelCount + label`. */
  readonly targets: Float64Array;
  /** How much a row counts for a label, in the same order. */
  readonly importance: Float64Array;
  /** How strongly weights are held down. */
  readonly l2: number;
  readonly iterations: number;
};

/**
 * Logistic regression. Returns weights as `column * labelCount + label`; the last column is the constant, which is not
 * held down.
 */
export const fitLogistic = (matrix: Matrix, options: FitOptions): Float64Array => {
  const { iterations, l2, labelCount } = options;
  const size = (matrix.columnCount + 1) * labelCount;
  const constant = matrix.columnCount * labelCount;
  const total = options.importance.reduce((sum, value) => sum + value, 0) / labelCount;
  const scores = new Float64Array(labelCount);
  return minimise(
    (at, gradient) => {
      let loss = 0;
      for (let index = 0; index < size; index += 1) {
        const weight = at[index] ?? 0;
        const held = index < constant ? l2 : 0;
        loss += 0.5 * held * weight * weight;
        gradient[index] = held * weight;
      }
      for (let row = 0; row < matrix.rowCount; row += 1) {
        scoreRow(matrix, { row, weights: at, into: scores });
        loss += toErrors(scores, { row, total, ...options });
        pushBack(matrix, { row, errors: scores, gradient });
      }
      return loss;
    },
    { size, iterations },
  );
};

type Scoring = { readonly row: number; readonly weights: Float64Array; readonly into: Float64Array };

const scoreRow = ({ columnCount, columns, from, values }: Matrix, { into, row, weights }: Scoring): void => {
  const labelCount = into.length;
  const constant = columnCount * labelCount;
  for (let label = 0; label < labelCount; label += 1) {
    into[label] = weights[constant + label] ?? 0;
  }
  const end = from[row + 1] ?? 0;
  for (let at = from[row] ?? 0; at < end; at += 1) {
    const base = (columns[at] ?? 0) * labelCount;
    const value = values[at] ?? 0;
    for (let label = 0; label < labelCount; label += 1) {
      into[label] = (into[label] ?? 0) + value * (weights[base + label] ?? 0);
    }
  }
};

type Judging = FitOptions & { readonly row: number; readonly total: number };

const LEAST_CHANCE = 1e-300;

/** Turns scores into the slope of the loss, in place, and returns the loss of the row. */
const toErrors = (scores: Float64Array, { importance, kind, row, targets, total }: Judging): number => {
  const base = row * scores.length;
  const top = kind === "one" ? Math.max(...scores) : 0;
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((all, power) => all + power, 0);
  let loss = 0;
  for (let label = 0; label < scores.length; label += 1) {
    const score = scores[label] ?? 0;
    const chance = kind === "one" ? (powers[label] ?? 0) / sum : 1 / (1 + Math.exp(-score));
    const target = targets[base + label] ?? 0;
    const share = (importance[base + label] ?? 0) / total;
    loss -=
      share *
      (target === 1 ? Math.log(Math.max(chance, LEAST_CHANCE)) : kind === "each" ? Math.log(Math.max(1 - chance, LEAST_CHANCE)) : 0);
    scores[label] = share * (chance - target);
  }
  return loss;
};

type Push = { readonly row: number; readonly errors: Float64Array; readonly gradient: Float64Array };

const pushBack = ({ columnCount, columns, from, values }: Matrix, { errors, gradient, row }: Push): void => {
  const labelCount = errors.length;
  const constant = columnCount * labelCount;
  for (let label = 0; label < labelCount; label += 1) {
    gradient[constant + label] = (gradient[constant + label] ?? 0) + (errors[label] ?? 0);
  }
  const end = from[row + 1] ?? 0;
  for (let at = from[row] ?? 0; at < end; at += 1) {
    const base = (columns[at] ?? 0) * labelCount;
    const value = values[at] ?? 0;
    for (let label = 0; label < labelCount; label += 1) {
      gradient[base + label] = (gradient[base + label] ?? 0) + value * (errors[label] ?? 0);
    }
  }
};
