export const ARMS = ["a", "b", "held_out"] as const;
export type Arm = (typeof ARMS)[number];

export type Split = {
  /** Of a hundred people, so many are never written to. */
  readonly holdOutPercent: number;
  /** Of a hundred who are written to, so many get the second text; 0 = there is none. */
  readonly secondPercent: number;
};

/** Shares are cut to a hundredth of a percent. */
const PLACES = 10_000;

/** FNV-1a over the letters, then the last mixing of MurmurHash3 (both public domain), so that neighbouring ids lie far apart. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** A place between 0 and 9,999 that hangs on nothing but these words: evenly spread, the same on every day and machine. */
const placeOf = (...words: readonly string[]): number => hashOf(JSON.stringify(words)) % PLACES;

/**
 * Which arm somebody is in. Two questions with a hash of their own each, so that a change of one share moves nobody across the other:
 * whoever is held out at 5 percent is held out at 10.
 */
export const armOf = (campaignId: string, contactId: string, { holdOutPercent, secondPercent }: Split): Arm => {
  if (placeOf("held_out", campaignId, contactId) < holdOutPercent * (PLACES / 100)) {
    return "held_out";
  }
  return placeOf("text", campaignId, contactId) < secondPercent * (PLACES / 100) ? "b" : "a";
};

/** Of so many people who were written to, so many did what counts. */
export type ArmCount = { readonly people: number; readonly hits: number };

export type Verdict =
  | { readonly kind: "too_few"; readonly missing: number }
  | { readonly kind: "even" }
  | { readonly kind: "winner"; readonly arm: "a" | "b" };

/** Normal distribution, 95 percent, both sides, times 100. */
const Z_PERCENT = 196n;

/**
 * Which of two texts does better. Nobody wins before each was read by `minimum` people, nor where chance alone makes such a difference
 * in one of twenty cases (two proportions, pooled). Whole numbers throughout, so every machine answers the same.
 */
export const winnerOf = (a: ArmCount, b: ArmCount, minimum: number): Verdict => {
  const missing = Math.max(0, minimum - a.people) + Math.max(0, minimum - b.people);
  if (missing > 0 || a.people === 0 || b.people === 0) {
    return { kind: "too_few", missing };
  }
  const [na, nb, ha, hb] = [a.people, b.people, a.hits, b.hits].map(BigInt) as [bigint, bigint, bigint, bigint];
  // z² = (ha/na − hb/nb)² / (p (1 − p) (1/na + 1/nb)) with p = (ha + hb) / (na + nb), multiplied out.
  const difference = ha * nb - hb * na;
  const hits = ha + hb;
  const spread = hits * (na + nb - hits) * na * nb;
  const isClear = difference * difference * (na + nb) * 10_000n >= Z_PERCENT * Z_PERCENT * spread && difference !== 0n;
  return isClear ? { kind: "winner", arm: difference > 0n ? "a" : "b" } : { kind: "even" };
};

/**
 * How sure it is that two shares really differ: 0 to 1, the two-sided chance that luck alone makes a smaller difference; null where
 * nothing can be said. For reading only: who wins is `winnerOf`.
 */
export const surenessOf = (a: ArmCount, b: ArmCount): number | null => {
  const total = a.people + b.people;
  const share = (a.hits + b.hits) / total;
  if (a.people === 0 || b.people === 0 || share === 0 || share === 1) {
    return null;
  }
  const z = Math.abs(a.hits / a.people - b.hits / b.people) / Math.sqrt(share * (1 - share) * (1 / a.people + 1 / b.people));
  return errorFunction(z / Math.SQRT2);
};

/** Abramowitz and Stegun 7.1.26: right to 1.5e-7. */
const errorFunction = (x: number): number => {
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 1 - series * Math.exp(-x * x);
};
