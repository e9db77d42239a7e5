import { RISK_FLAGS, type RiskFlag } from "../domain/intent.ts";

/** One trained question and its possible answers. Weights lie as `feature * labels.length + label`, the constants last. */
export type Head = {
  readonly labels: readonly string[];
  readonly weights: Int8Array;
  /** What one step of these small numbers is worth, by label. */
  readonly steps: readonly number[];
  /** Features beyond this are not weighed. */
  readonly featureCount: number;
};

/** From which chance on the club is careful; chosen by `npm run train` on messages the weights had not seen. */
export type Thresholds = {
  /** The wish is treated like the word STOP. */
  readonly optOutCertain: number;
  /** No automatic message leaves; a person is asked. */
  readonly optOutPossible: number;
  /** A person looks, whatever the category. */
  readonly needsPerson: number;
  readonly risks: Readonly<Record<RiskFlag, number>>;
};

/** Questions that are each answered by themselves: the risks, "a person must see this", and the wish for no more messages. */
export const MATTERS = [...RISK_FLAGS, "needs_person", "opt_out"] as const;

export type Weights = {
  readonly category: Head;
  /** Its labels are `MATTERS`. */
  readonly matters: Head;
  /** By category. */
  readonly subIntents: Readonly<Record<string, Head>>;
  /** Stated chances against how often they came true: ascending pairs, straight lines in between. */
  readonly calibration: readonly (readonly [stated: number, true: number])[];
  readonly thresholds: Thresholds;
};

export type StoredHead = { readonly labels: readonly string[]; readonly steps: readonly number[]; readonly weights: string };

export type StoredWeights = {
  readonly category: StoredHead;
  readonly matters: StoredHead;
  readonly subIntents: Readonly<Record<string, StoredHead>>;
  readonly calibration: readonly (readonly number[])[];
  readonly thresholds: Omit<Thresholds, "risks"> & { readonly risks: Readonly<Record<string, number>> };
};

export const openWeights = (stored: StoredWeights): Weights => ({
  category: openHead(stored.category),
  matters: openHead(stored.matters),
  subIntents: Object.fromEntries(Object.entries(stored.subIntents).map(([category, head]) => [category, openHead(head)])),
  calibration: stored.calibration.map(([from = 0, to = 0]) => [from, to] as const),
  thresholds: {
    ...stored.thresholds,
    // A flag without a threshold would never be raised: it is raised always instead, which nobody overlooks.
    risks: Object.fromEntries(RISK_FLAGS.map((flag) => [flag, stored.thresholds.risks[flag] ?? 0])) as Record<RiskFlag, number>,
  },
});

export const openHead = ({ labels, steps, weights }: StoredHead): Head => {
  const opened = fromBase64(weights);
  return { labels, steps, weights: opened, featureCount: opened.length / labels.length - 1 };
};

const fromBase64 = (text: string): Int8Array => {
  const bytes = atob(text);
  const numbers = new Int8Array(bytes.length);
  for (let index = 0; index < bytes.length; index += 1) {
    numbers[index] = bytes.charCodeAt(index);
  }
  return numbers;
};
