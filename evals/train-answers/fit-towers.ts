import { VECTOR_LENGTH } from "#server/domain/sentence-vectors.ts";
import { BUCKET_COUNT, bucketsOf, project, type Towers } from "#server/understanding/answering/towers.ts";

export type Side = { readonly text: string; readonly vector: Float32Array };
export type Pairs = { readonly questions: readonly Side[]; readonly statements: readonly Side[] };

const SIZE = 96;
const EPOCHS = 16;
const TOPICS_A_STEP = 64;
const NEIGHBOURS = 4;
const RATE = 0.004;
/** The smaller, the more only the closest wrong pairs count. */
const TEMPERATURE = 0.07;
/** So many of a text's words are left out at a time, so that no single one decides. */
const DROPPED_WORDS = 0.35;
const WEIGHT_DECAY = 0.00002;
const SEED = 20_261_121;

type Row = { readonly topic: number; readonly vector: Float32Array; readonly buckets: readonly number[] };
type Projected = { readonly row: Row; readonly kept: readonly number[]; readonly value: Float32Array; readonly length: number };

/**
 * Learns the towers from topics: in every step two questions and two statements of some topics are projected, and each question is pulled
 * to the statements of its topic and pushed from those of the others (softmax over likeness, Adam).
 */
export const fitTowers = (topics: readonly Pairs[], tell: (line: string) => void): Towers => {
  const random = generator(SEED);
  const rows = topics.map(({ questions, statements }, topic) => ({
    questions: questions.map((side) => rowOf(side, topic)),
    statements: statements.map((side) => rowOf(side, topic)),
  }));
  const dense = adam({ count: SIZE, width: VECTOR_LENGTH, first: () => (random() - 0.5) * 0.2 });
  const words = adam({ count: BUCKET_COUNT, width: SIZE, first: () => (random() - 0.5) * 0.02 });
  const stepsAnEpoch = Math.ceil(rows.reduce((sum, { questions }) => sum + questions.length, 0) / (TOPICS_A_STEP * 2));
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    const rate = RATE * 0.5 * (1 + Math.cos((Math.PI * epoch) / EPOCHS));
    let loss = 0;
    for (let step = 0; step < stepsAnEpoch; step += 1) {
      const chosen = neighbourhoods(rows, random);
      const left = chosen.flatMap(({ questions }) => sample(questions, { count: 2, random }));
      const right = chosen.flatMap(({ questions, statements }) => [
        ...sample(statements, { count: 2, random }),
        ...sample(questions, { count: 1, random }),
      ]);
      const projected = (row: Row): Projected => projectRow(row, { dense: dense.values, words: words.values, random });
      loss += learn({ left: left.map(projected), right: right.map(projected) }, { dense, words });
      dense.step(rate);
      words.step(rate);
    }
    if (epoch % 5 === 4) {
      tell(`towers, round ${epoch + 1} of ${EPOCHS}: loss ${(loss / stepsAnEpoch).toFixed(3)}`);
    }
  }
  const fitted = { size: SIZE, dense: dense.values, words: words.values };
  return { ...fitted, ...centresOf(topics, fitted) };
};

/** Where each topic lies. */
const centresOf = (
  topics: readonly Pairs[],
  fitted: Pick<Towers, "dense" | "size" | "words">,
): Pick<Towers, "questions" | "statements"> => ({
  questions: Float32Array.from(topics.flatMap(({ questions }) => [...centreOf(questions, fitted)])),
  statements: Float32Array.from(topics.flatMap(({ statements }) => [...centreOf(statements, fitted)])),
});

const centreOf = (sides: readonly Side[], fitted: Pick<Towers, "dense" | "size" | "words">): Float32Array => {
  const sum = new Float32Array(SIZE);
  sides.forEach((side) => addScaled(sum, project(side, fitted), 1));
  const length = Math.hypot(...sum) || 1;
  return sum.map((value) => value / length);
};

/** Topics that stand side by side are about nearly the same, and are the hardest to tell apart: they are drawn together. */
const neighbourhoods = <Item>(items: readonly Item[], random: () => number): readonly Item[] => {
  const starts = Array.from({ length: Math.ceil(items.length / NEIGHBOURS) }, (_, place) => place * NEIGHBOURS);
  const shift = Math.floor(random() * NEIGHBOURS);
  return sample(starts, { count: TOPICS_A_STEP / NEIGHBOURS, random }).flatMap((start) =>
    Array.from({ length: NEIGHBOURS }, (_, place) => items[(start + shift + place) % items.length]).filter((item) => item !== undefined),
  );
};

const rowOf = ({ text, vector }: Side, topic: number): Row => ({ topic, vector, buckets: bucketsOf(text) });

type Weights = { readonly dense: Float32Array; readonly words: Float32Array; readonly random: () => number };

const projectRow = (row: Row, { dense, random, words }: Weights): Projected => {
  const kept = row.buckets.filter(() => random() >= DROPPED_WORDS);
  const share = 1 / Math.sqrt(Math.max(1, kept.length));
  const value = new Float32Array(SIZE);
  for (let place = 0; place < SIZE; place += 1) {
    let sum = 0;
    const offset = place * VECTOR_LENGTH;
    for (let at = 0; at < VECTOR_LENGTH; at += 1) {
      sum += (dense[offset + at] ?? 0) * (row.vector[at] ?? 0);
    }
    for (const bucket of kept) {
      sum += share * (words[bucket * SIZE + place] ?? 0);
    }
    value[place] = sum;
  }
  const length = Math.hypot(...value) || 1;
  for (let place = 0; place < SIZE; place += 1) {
    value[place] = (value[place] ?? 0) / length;
  }
  return { row, kept, value, length };
};

type Batch = { readonly left: readonly Projected[]; readonly right: readonly Projected[] };
type Both = { readonly dense: Adam; readonly words: Adam };

/** One step's loss; its slope is added to both weights. */
const learn = ({ left, right }: Batch, weights: Both): number => {
  const pullLeft = left.map(() => new Float32Array(SIZE));
  const pullRight = right.map(() => new Float32Array(SIZE));
  let loss = 0;
  for (const [from, one] of left.entries()) {
    const powers = right.map(({ row, value }) => (row === one.row ? 0 : Math.exp((dot(one.value, value) - 1) / TEMPERATURE)));
    const all = powers.reduce((sum, power) => sum + power, 0);
    const own = powers.reduce((sum, power, to) => sum + (right[to]?.row.topic === one.row.topic ? power : 0), 0);
    loss -= Math.log(own / all + 1e-9) / left.length;
    for (const [to, other] of right.entries()) {
      const power = powers[to] ?? 0;
      const isOwn = other.row.topic === one.row.topic;
      const slope = (power / all - (isOwn ? power / (own + 1e-12) : 0)) / (TEMPERATURE * left.length);
      if (Math.abs(slope) > 1e-6) {
        addScaled(pullLeft[from], other.value, slope);
        addScaled(pullRight[to], one.value, slope);
      }
    }
  }
  left.forEach((one, place) => spread(one, pullLeft[place], weights));
  right.forEach((one, place) => spread(one, pullRight[place], weights));
  return loss;
};

/** From the slope at a projected text of length 1 to the weights that made it. */
const spread = ({ kept, length, row, value }: Projected, pull: Float32Array | undefined, { dense, words }: Both): void => {
  if (pull === undefined) {
    return;
  }
  const along = dot(pull, value);
  const share = 1 / Math.sqrt(Math.max(1, kept.length));
  kept.forEach(words.touch);
  for (let place = 0; place < SIZE; place += 1) {
    const slope = ((pull[place] ?? 0) - along * (value[place] ?? 0)) / length;
    const offset = place * VECTOR_LENGTH;
    dense.touch(place);
    for (let at = 0; at < VECTOR_LENGTH; at += 1) {
      dense.slopes[offset + at] = (dense.slopes[offset + at] ?? 0) + slope * (row.vector[at] ?? 0);
    }
    for (const bucket of kept) {
      words.slopes[bucket * SIZE + place] = (words.slopes[bucket * SIZE + place] ?? 0) + slope * share;
    }
  }
};

const dot = (left: Float32Array, right: Float32Array): number => {
  let sum = 0;
  for (let place = 0; place < left.length; place += 1) {
    sum += (left[place] ?? 0) * (right[place] ?? 0);
  }
  return sum;
};

const addScaled = (into: Float32Array | undefined, value: Float32Array, scale: number): void => {
  if (into !== undefined) {
    for (let place = 0; place < value.length; place += 1) {
      into[place] = (into[place] ?? 0) + scale * (value[place] ?? 0);
    }
  }
};

type Adam = {
  readonly values: Float32Array;
  readonly slopes: Float32Array;
  /** This row has a slope. */
  readonly touch: (row: number) => void;
  readonly step: (rate: number) => void;
};

const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.99;

/** Adam (Kingma and Ba 2015); only rows that were touched take a step. */
const adam = ({ count, first, width }: { readonly count: number; readonly width: number; readonly first: () => number }): Adam => {
  const values = Float32Array.from({ length: count * width }, first);
  const slopes = new Float32Array(count * width);
  const mean = new Float32Array(count * width);
  const square = new Float32Array(count * width);
  const touched = new Set<number>();
  let time = 0;
  return {
    values,
    slopes,
    touch: (row) => touched.add(row),
    step: (rate) => {
      time += 1;
      const [atFirst, atSecond] = [1 - FIRST_DECAY ** time, 1 - SECOND_DECAY ** time];
      for (const row of touched) {
        for (let place = row * width; place < (row + 1) * width; place += 1) {
          const slope = (slopes[place] ?? 0) + WEIGHT_DECAY * (values[place] ?? 0);
          const momentum = FIRST_DECAY * (mean[place] ?? 0) + (1 - FIRST_DECAY) * slope;
          const second = SECOND_DECAY * (square[place] ?? 0) + (1 - SECOND_DECAY) * slope * slope;
          mean[place] = momentum;
          square[place] = second;
          values[place] = (values[place] ?? 0) - (rate * (momentum / atFirst)) / (Math.sqrt(second / atSecond) + 1e-8);
          slopes[place] = 0;
        }
      }
      touched.clear();
    },
  };
};

const sample = <Item>(
  items: readonly Item[],
  { count, random }: { readonly count: number; readonly random: () => number },
): readonly Item[] => {
  const pool = [...items];
  const taken: Item[] = [];
  while (taken.length < count && pool.length > 0) {
    taken.push(...pool.splice(Math.floor(random() * pool.length), 1));
  }
  return taken;
};

/** Mulberry32: the same weights come out of the same corpus. */
const generator = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
