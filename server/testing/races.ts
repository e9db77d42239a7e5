import { appendFileSync } from "node:fs";

/** How many races a suite runs: few in `npm test`, the full count in `npm run races`, which sets it. */
export const raceCount = ({ few, full }: { readonly few: number; readonly full: number }): number =>
  process.env["SPOTTER_RACES"] === "full" ? full : few;

export type RaceRow = {
  readonly suite: string;
  readonly name: string;
  readonly races: number;
  /** Effects that were allowed, and texts the vendor accepted: the two must be equal. */
  readonly allowed: number;
  readonly accepted: number;
  readonly violations: number;
};

/** What one kind of race came to, for the table of `npm run races`. */
export const reportRaces = (row: RaceRow): void => {
  const file = process.env["SPOTTER_RACES_FILE"];
  if (file !== undefined) {
    appendFileSync(file, `${JSON.stringify(row)}\n`);
  }
};

/** Numbers that look random and are the same each time (mulberry32), from 0 to below 1. */
export const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export const shuffled = <T>(items: readonly T[], random: () => number): readonly T[] =>
  items
    .map((item) => ({ item, at: random() }))
    .toSorted((left, right) => left.at - right.at)
    .map(({ item }) => item);

/** Lets so many turns of the event loop pass: who begins a race first differs, and no clock is waited for. */
export const turnsOfTheLoop = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
};
