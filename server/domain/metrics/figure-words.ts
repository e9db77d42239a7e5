import { trendOf, type Figure, type MetricDefinition, type Trend, type Unit } from "./definitions.ts";
import { formatCostMicros, formatMoney } from "../money.ts";

const percent = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 0 });
const whole = new Intl.NumberFormat("en-US");
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
const tenth = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const NO_VALUE = "–";

/** A number with its unit, as people read it. @param currency of the club, for money */
export const formatFigure = (value: number | null, { unit, currency }: { readonly unit: Unit; readonly currency: string }): string => {
  if (value === null) {
    return NO_VALUE;
  }
  switch (unit) {
    case "count":
      return whole.format(value);
    case "ratio":
      return percent.format(value);
    case "points":
      return `${signed(value * 100)} pts`;
    case "seconds":
      return formatSpan(value);
    case "hours":
      return `${value >= 100 ? whole.format(Math.round(value)) : tenth.format(value)} h`;
    case "score":
      return tenth.format(value);
    case "money":
      return formatMoney(String(value), currency);
    case "cost":
      return formatCostMicros(value);
    case "tokens":
      return compact.format(value);
  }
};

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** Two units at most: "42 s", "3 min 20 s", "2 h 5 min", "4 d 6 h". */
export const formatSpan = (seconds: number): string => {
  const total = Math.round(seconds);
  if (total < MINUTE) {
    return `${total} s`;
  }
  if (total < HOUR) {
    return two([Math.floor(total / MINUTE), "min"], [total % MINUTE, "s"]);
  }
  return total < DAY
    ? two([Math.floor(total / HOUR), "h"], [Math.floor((total % HOUR) / MINUTE), "min"])
    : two([Math.floor(total / DAY), "d"], [Math.floor((total % DAY) / HOUR), "h"]);
};

const two = ([large, unit]: readonly [number, string], [small, smaller]: readonly [number, string]): string =>
  small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smaller}`;

const signed = (value: number): string => `${value > 0 ? "+" : value < 0 ? "−" : ""}${tenth.format(Math.abs(value))}`;

export type Change = { readonly text: string; readonly trend: Trend; readonly direction: "up" | "down" | "even" };

/** How a number moved: shares in points, scores in tenths, the rest in percent. Null where there is nothing to compare. */
export const changeOf = ({ better, unit }: Pick<MetricDefinition, "better" | "unit">, now: Figure, before: Figure): Change | null => {
  if (now.value === null || before.value === null) {
    return null;
  }
  const text = changeText(unit, now.value, before.value);
  if (!/[1-9]|none/.test(text)) {
    // What rounds to nothing is no news, good or bad.
    return { text: "no change", trend: "same", direction: "even" };
  }
  return { text, trend: trendOf(better, now.value, before.value), direction: now.value > before.value ? "up" : "down" };
};

const changeText = (unit: Unit, now: number, before: number): string => {
  if (unit === "ratio" || unit === "points") {
    return `${signed((now - before) * 100)} pts`;
  }
  if (unit === "score") {
    return signed(now - before);
  }
  if (before === 0) {
    return now === 0 ? "" : "was none";
  }
  return `${now > before ? "+" : "−"}${percent.format(Math.abs(now - before) / before)}`;
};

const ROWS_OF = {
  count: "",
  ratio: "of",
  points: "of",
  seconds: "from",
  hours: "",
  score: "from",
  money: "from",
  cost: "from",
  tokens: "",
} as const satisfies Record<Unit, string>;

/** What a number is of: "of 214", "from 12"; empty where it stands for itself. */
export const baseText = (unit: Unit, { base }: Figure): string =>
  base === null || ROWS_OF[unit] === "" ? "" : `${ROWS_OF[unit]} ${whole.format(base)}`;
