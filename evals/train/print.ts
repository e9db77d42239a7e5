import { CATEGORIES } from "#server/domain/categories.ts";
import type { Bin, Figures } from "./measure.ts";

export const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`.padStart(7);

type Options = {
  readonly isShort?: boolean;
  /** Folds are fitted without the heads for sub-intents. */
  readonly hasSubIntents?: boolean;
};

export const describeFigures = (title: string, figures: Figures, { isShort = false, hasSubIntents = true }: Options = {}): string =>
  [
    `\n# ${title}: ${figures.count} messages`,
    `category accuracy ${percent(figures.accuracy)}, macro-F1 ${percent(figures.macroF1)}, Spanish ${percent(figures.spanishAccuracy)}${hasSubIntents ? `, sub-intent where the category is right ${percent(figures.subIntentAccuracy)}` : ""}`,
    ...describeDuties(figures),
    ...(isShort ? [] : [...describeCategories(figures), ...describeFlags(figures), ...describeReliability(figures.reliability)]),
    `expected calibration error ${percent(figures.calibrationError)}`,
  ].join("\n");

const describeDuties = ({ optOut, person }: Figures): readonly string[] => [
  `for a person: ${person.count}, seen ${percent(person.recall)}, seen or below the bar of automatic answers ${percent(person.recallWithDoubt)}; false alarms ${percent(person.falseAlarms)}, of these with a flag or as a complaint ${percent(person.falseFlags)}`,
  `opt-out: ${optOut.count}, suppressed ${percent(optOut.recall)}, suppressed or asked about ${percent(optOut.recallWithPossible)}; look-alikes ${optOut.lookAlikes}, suppressed ${percent(optOut.falseSuppression)}; of all others suppressed ${percent(optOut.falseSuppressionOfAll)}, asked about ${percent(optOut.askedInVain)}`,
];

const describeCategories = ({ byCategory, confusion }: Figures): readonly string[] => [
  "category          precision  recall  count   said: " + CATEGORIES.map((category) => category.slice(0, 8).padStart(9)).join(""),
  ...byCategory.map(
    ({ category, count, precision, recall }, row) =>
      `${category.padEnd(17)} ${percent(precision)}   ${percent(recall)} ${String(count).padStart(5)}         ${(confusion[row] ?? []).map((cell) => String(cell).padStart(9)).join("")}`,
  ),
];

const describeFlags = ({ flags }: Figures): readonly string[] => [
  "flag              recall   precision  count",
  ...flags.map(
    ({ count, flag, precision, recall }) => `${flag.padEnd(17)} ${percent(recall)}  ${percent(precision)} ${String(count).padStart(6)}`,
  ),
];

const describeReliability = (bins: readonly Bin[]): readonly string[] => [
  "stated         count  mean stated  right",
  ...bins
    .filter(({ count }) => count > 0)
    .map(
      ({ count, from, right, stated }) =>
        `${from.toFixed(1)} to ${(from + 0.1).toFixed(1)} ${String(count).padStart(8)}      ${percent(stated)}  ${percent(right)}`,
    ),
];
