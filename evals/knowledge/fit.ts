/** Steps of Adam (Kingma and Ba 2015) down a slope; `slope` fills its second argument. */
const descend = (
  size: number,
  plan: { readonly steps: number; readonly rate: number; readonly slope: (weights: Float64Array, into: Float64Array) => void },
): Float64Array => {
  const weights = new Float64Array(size);
  const mean = new Float64Array(size);
  const spread = new Float64Array(size);
  const into = new Float64Array(size);
  for (let step = 1; step <= plan.steps; step += 1) {
    into.fill(0);
    plan.slope(weights, into);
    for (let place = 0; place < size; place += 1) {
      const slope = into[place] ?? 0;
      const first = 0.9 * (mean[place] ?? 0) + 0.1 * slope;
      const second = 0.99 * (spread[place] ?? 0) + 0.01 * slope * slope;
      mean[place] = first;
      spread[place] = second;
      weights[place] = (weights[place] ?? 0) - (plan.rate * (first / (1 - 0.9 ** step))) / (Math.sqrt(second / (1 - 0.99 ** step)) + 1e-8);
    }
  }
  return weights;
};

export type Group = { readonly rows: readonly (readonly number[])[]; readonly isRight: readonly boolean[] };

const RANK_STEPS = 150;
const RANK_RATE = 0.15;
const RANK_DAMPING = 0.002;

/** Weights under which the right rows of each group stand before the others (softmax over the group). */
export const fitRanking = (groups: readonly Group[]): readonly number[] => {
  const size = groups[0]?.rows[0]?.length ?? 0;
  const packed = groups.map(({ isRight, rows }) => ({
    values: Float64Array.from(rows.flat()),
    right: Uint8Array.from(isRight, Number),
    count: rows.length,
  }));
  const slope = (weights: Float64Array, into: Float64Array): void => {
    for (const { count, right, values } of packed) {
      const powers = new Float64Array(count);
      for (let row = 0; row < count; row += 1) {
        let score = 0;
        for (let place = 0; place < size; place += 1) {
          score += (weights[place] ?? 0) * (values[row * size + place] ?? 0);
        }
        powers[row] = Math.exp(Math.max(-50, Math.min(50, score)));
      }
      const all = powers.reduce((sum, power) => sum + power, 0);
      const good = powers.reduce((sum, power, row) => sum + (right[row] === 1 ? power : 0), 0);
      for (let row = 0; row < count; row += 1) {
        const pull = ((powers[row] ?? 0) / all - (right[row] === 1 ? (powers[row] ?? 0) / good : 0)) / packed.length;
        if (Math.abs(pull) > 1e-9) {
          for (let place = 0; place < size; place += 1) {
            into[place] = (into[place] ?? 0) + pull * (values[row * size + place] ?? 0);
          }
        }
      }
    }
    for (let place = 0; place < size; place += 1) {
      into[place] = (into[place] ?? 0) + RANK_DAMPING * (weights[place] ?? 0);
    }
  };
  return [...descend(size, { steps: RANK_STEPS, rate: RANK_RATE, slope })].map(round);
};

export type Outcome = { readonly features: readonly number[]; readonly isRight: boolean; readonly weight: number };
export type Logistic = { readonly constant: number; readonly weights: readonly number[] };

const LOGISTIC_STEPS = 400;
const LOGISTIC_RATE = 0.05;

/** Logistic regression; the weights hold for features as they are, not as they were scaled. */
export const fitLogistic = (outcomes: readonly Outcome[], damping: number): Logistic => {
  const size = outcomes[0]?.features.length ?? 0;
  const total = outcomes.reduce((sum, { weight }) => sum + weight, 0);
  const means = Array.from(
    { length: size },
    (_, place) => outcomes.reduce((sum, { features, weight }) => sum + weight * (features[place] ?? 0), 0) / total,
  );
  const scales = means.map(
    (mean, place) =>
      Math.sqrt(outcomes.reduce((sum, { features, weight }) => sum + weight * ((features[place] ?? 0) - mean) ** 2, 0) / total) || 1,
  );
  const rows = outcomes.map(({ features, isRight, weight }) => ({
    values: Float64Array.from([...features.map((value, place) => (value - (means[place] ?? 0)) / (scales[place] ?? 1)), 1]),
    right: Number(isRight),
    weight: weight / total,
  }));
  const slope = (weights: Float64Array, into: Float64Array): void => {
    for (const { right, values, weight } of rows) {
      let score = 0;
      for (let place = 0; place <= size; place += 1) {
        score += (weights[place] ?? 0) * (values[place] ?? 0);
      }
      const pull = weight * (1 / (1 + Math.exp(-score)) - right);
      for (let place = 0; place <= size; place += 1) {
        into[place] = (into[place] ?? 0) + pull * (values[place] ?? 0);
      }
    }
    for (let place = 0; place < size; place += 1) {
      into[place] = (into[place] ?? 0) + damping * (weights[place] ?? 0);
    }
  };
  const fitted = descend(size + 1, { steps: LOGISTIC_STEPS, rate: LOGISTIC_RATE, slope });
  const weights = means.map((_, place) => (fitted[place] ?? 0) / (scales[place] ?? 1));
  const constant = (fitted[size] ?? 0) - weights.reduce((sum, weight, place) => sum + weight * (means[place] ?? 0), 0);
  return { constant: round(constant), weights: weights.map(round) };
};

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
