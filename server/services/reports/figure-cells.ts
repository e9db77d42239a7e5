import type { Figure, Unit } from "#server/domain/metrics/definitions.ts";

/** How amounts are written, so that a table program can count with them. */
export const UNIT_WORDS = {
  count: "number",
  ratio: "share, 0 to 1",
  points: "difference of two shares",
  seconds: "seconds",
  hours: "hours",
  score: "score, 1 to 5",
  money: "minor units of the club's currency",
  cost: "millionths of a US dollar",
  tokens: "tokens",
} as const satisfies Record<Unit, string>;

/** Value and what it is a share of. What nobody knows stays empty. */
export const figureCells = (figure: Figure | undefined): readonly [string, string] => [
  String(figure?.value ?? ""),
  String(figure?.base ?? ""),
];
