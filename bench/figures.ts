/** What a bench measured, once for each thing that happened; `null` where it never happened. */
export type Measured = { readonly name: string; readonly valuesMs: readonly (number | null)[]; readonly barMs: number | null };

export type Figure = {
  readonly name: string;
  readonly count: number;
  /** How many never happened. They count as slower than everything that did. */
  readonly missingCount: number;
  /** `null`: so many are missing that the percentile itself never happened. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly maxMs: number | null;
  readonly barMs: number | null;
  /** Whether p95 keeps the bar; `null` where nothing is promised. */
  readonly isKept: boolean | null;
};

export const figureOf = ({ name, valuesMs, barMs }: Measured): Figure => {
  const sorted = valuesMs.map((value) => value ?? Number.POSITIVE_INFINITY).toSorted((a, b) => a - b);
  const p95Ms = percentile(sorted, 0.95);
  return {
    name,
    count: sorted.length,
    missingCount: valuesMs.filter((value) => value === null).length,
    p50Ms: percentile(sorted, 0.5),
    p95Ms,
    maxMs: percentile(sorted, 1),
    barMs,
    isKept: barMs === null ? null : p95Ms !== null && p95Ms <= barMs,
  };
};

/** The nearest rank: a value that was measured, never one between two. */
const percentile = (sorted: readonly number[], ratio: number): number | null => {
  const value = sorted[Math.max(0, Math.ceil(sorted.length * ratio) - 1)];
  return value === undefined || !Number.isFinite(value) ? null : Math.round(value);
};

const NAME_WIDTH = 46;
const NUMBER_WIDTH = 9;

export const figureHeader = (): string => row(["", "n", "missing", "p50", "p95", "max", "bar"]);

export const figureLine = (figure: Figure): string => {
  const verdict = figure.isKept === null ? "" : figure.isKept ? "  PASS" : "  MISS";
  const cells = [
    figure.name,
    `${figure.count}`,
    `${figure.missingCount}`,
    seconds(figure.p50Ms),
    seconds(figure.p95Ms),
    seconds(figure.maxMs),
    figure.barMs === null ? "" : seconds(figure.barMs),
  ];
  return `${row(cells)}${verdict}`;
};

const row = ([name = "", ...numbers]: readonly string[]): string =>
  name.padEnd(NAME_WIDTH) + numbers.map((text) => text.padStart(NUMBER_WIDTH)).join("");

const seconds = (ms: number | null): string => (ms === null ? "never" : `${(ms / 1_000).toFixed(2)} s`);
