/** A function to be made small, with its slope written into `gradient`. */
export type Objective = (at: Float64Array, gradient: Float64Array) => number;

const MEMORY = 6;
const SUFFICIENT_DECREASE = 1e-4;
const STEP_HALVINGS_MAX = 25;

/**
 * L-BFGS with halved steps (Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 3.1). From the same start it
 * always ends at the same place: no chance is involved.
 */
export const minimise = (objective: Objective, { size, iterations, tolerance = 1e-5 }: Options): Float64Array => {
  let at: Float64Array = new Float64Array(size);
  let gradient: Float64Array = new Float64Array(size);
  let value = objective(at, gradient);
  const pairs: Pair[] = [];
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    const direction = descent(gradient, pairs);
    const slope = dot(gradient, direction);
    let step = iteration === 0 ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1;
    const nextGradient: Float64Array = new Float64Array(size);
    let next = moved(at, direction, step);
    let nextValue = objective(next, nextGradient);
    for (let halving = 0; nextValue > value + SUFFICIENT_DECREASE * step * slope && halving < STEP_HALVINGS_MAX; halving += 1) {
      step /= 2;
      next = moved(at, direction, step);
      nextValue = objective(next, nextGradient);
    }
    const change = difference(next, at);
    const turn = difference(nextGradient, gradient);
    const curvature = dot(change, turn);
    const isFlat = Math.abs(value - nextValue) <= tolerance * Math.max(1, Math.abs(value));
    [at, gradient, value] = [next, nextGradient, nextValue];
    if (isFlat) {
      break;
    }
    if (curvature > 1e-12) {
      pairs.push({ change, turn, curvature });
      pairs.splice(0, pairs.length - MEMORY);
    }
  }
  return at;
};

type Options = { readonly size: number; readonly iterations: number; readonly tolerance?: number };
type Pair = { readonly change: Float64Array; readonly turn: Float64Array; readonly curvature: number };

/** The way down that the last steps suggest. */
const descent = (gradient: Float64Array, pairs: readonly Pair[]): Float64Array => {
  const direction = gradient.map((value) => -value);
  const shares = pairs.toReversed().map(({ change, turn, curvature }) => {
    const share = dot(change, direction) / curvature;
    addScaled(direction, turn, -share);
    return share;
  });
  const last = pairs.at(-1);
  if (last !== undefined) {
    const scale = last.curvature / dot(last.turn, last.turn);
    direction.forEach((value, index) => (direction[index] = value * scale));
  }
  pairs.forEach(({ change, turn, curvature }, index) => {
    const share = shares[pairs.length - 1 - index] ?? 0;
    addScaled(direction, change, share - dot(turn, direction) / curvature);
  });
  return direction;
};

const dot = (left: Float64Array, right: Float64Array): number => {
  let sum = 0;
  for (let index = 0; index < left.length; index += 1) {
    sum += (left[index] ?? 0) * (right[index] ?? 0);
  }
  return sum;
};

const addScaled = (onto: Float64Array, what: Float64Array, scale: number): void => {
  for (let index = 0; index < onto.length; index += 1) {
    onto[index] = (onto[index] ?? 0) + scale * (what[index] ?? 0);
  }
};

const moved = (from: Float64Array, direction: Float64Array, step: number): Float64Array => {
  const to = from.slice();
  addScaled(to, direction, step);
  return to;
};

const difference = (left: Float64Array, right: Float64Array): Float64Array => {
  const result = left.slice();
  addScaled(result, right, -1);
  return result;
};
