import { RISK_FLAGS } from "#server/domain/intent.ts";
import { CATEGORIES } from "#server/domain/categories.ts";
import { BUILT_IN_POLICY } from "#server/domain/policy-defaults.ts";
import type { Weights } from "#server/understanding/heads.ts";
import { type Classification, judge } from "#server/understanding/judge.ts";
import type { Example } from "./corpus.ts";
import { isForAPerson } from "./fit-weights.ts";
import { isLookAlike, saysStopByRule } from "./opt-out-cases.ts";
import type { Sample } from "./samples.ts";

export type Judged = { readonly example: Example; readonly said: Classification };

export const judgeAll = (samples: readonly Sample[], weights: Weights): readonly Judged[] =>
  samples.map((sample) => ({
    example: sample,
    said: judge({ text: sample.text, clubAsked: sample.clubAsked, vector: sample.vector }, { read: sample.read, weights }),
  }));

/** Share of `of` for which `holds`; 1 where there is none. */
const share = (of: readonly Judged[], holds: (judged: Judged) => boolean): number =>
  of.length === 0 ? 1 : of.filter(holds).length / of.length;

export type Bin = { readonly from: number; readonly count: number; readonly stated: number; readonly right: number };

export type Figures = {
  readonly count: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly byCategory: readonly {
    readonly category: string;
    readonly precision: number;
    readonly recall: number;
    readonly count: number;
  }[];
  /** Rows are what is right, columns what was said. */
  readonly confusion: readonly (readonly number[])[];
  /** Where the category was right. */
  readonly subIntentAccuracy: number;
  readonly spanishAccuracy: number;
  readonly person: {
    readonly count: number;
    readonly recall: number;
    /** Those too that are said with too little confidence to be answered without a person. */
    readonly recallWithDoubt: number;
    readonly falseAlarms: number;
    readonly falseFlags: number;
  };
  readonly flags: readonly { readonly flag: string; readonly count: number; readonly recall: number; readonly precision: number }[];
  readonly optOut: {
    readonly count: number;
    /** Treated as an opt-out: words, phrases and weights together. */
    readonly recall: number;
    /** Treated as one or asked about. */
    readonly recallWithPossible: number;
    readonly lookAlikes: number;
    readonly falseSuppression: number;
    readonly falseSuppressionOfAll: number;
    readonly askedInVain: number;
  };
  readonly reliability: readonly Bin[];
  readonly calibrationError: number;
};

const isSuppressed = ({ example, said }: Judged): boolean => saysStopByRule(example.text) || said.optOut.verdict === "certain";
const goesToPerson = ({ said }: Judged): boolean => said.needsPerson || said.category === "complaint" || said.riskFlags.length > 0;

export const measure = (judged: readonly Judged[]): Figures => {
  const byCategory = CATEGORIES.map((category) => {
    const right = judged.filter(({ example }) => example.category === category);
    const said = judged.filter((one) => one.said.category === category);
    return {
      category,
      precision: share(said, ({ example }) => example.category === category),
      recall: share(right, (one) => one.said.category === category),
      count: right.length,
    };
  });
  const reliability = reliabilityOf(judged);
  const plain = judged.filter(({ example }) => !isForAPerson(example) && example.category !== "opt_out");
  return {
    count: judged.length,
    accuracy: share(judged, isRight),
    macroF1:
      byCategory.reduce(
        (sum, { precision, recall }) => sum + (precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)),
        0,
      ) / byCategory.length,
    byCategory,
    confusion: CATEGORIES.map((right) =>
      CATEGORIES.map((said) => judged.filter((one) => one.example.category === right && one.said.category === said).length),
    ),
    subIntentAccuracy: share(judged.filter(isRight), ({ example, said }) => said.subIntent === example.subIntent),
    spanishAccuracy: share(
      judged.filter(({ example }) => example.language === "es"),
      isRight,
    ),
    person: {
      count: judged.filter(({ example }) => isForAPerson(example)).length,
      recall: share(
        judged.filter(({ example }) => isForAPerson(example)),
        goesToPerson,
      ),
      recallWithDoubt: share(
        judged.filter(({ example }) => isForAPerson(example)),
        (one) => goesToPerson(one) || one.said.confidence < BUILT_IN_POLICY.thresholds.auto,
      ),
      falseAlarms: share(plain, goesToPerson),
      falseFlags: share(plain, ({ said }) => said.category === "complaint" || said.riskFlags.length > 0),
    },
    flags: RISK_FLAGS.map((flag) => {
      const due = judged.filter(({ example }) => example.riskFlags.includes(flag));
      const raised = judged.filter(({ said }) => said.riskFlags.includes(flag));
      return {
        flag,
        count: due.length,
        recall: share(due, ({ said }) => said.riskFlags.includes(flag)),
        precision: share(raised, ({ example }) => example.riskFlags.includes(flag)),
      };
    }),
    optOut: optOutFigures(judged),
    reliability,
    calibrationError: reliability.reduce((sum, { count, right, stated }) => sum + (count / judged.length) * Math.abs(stated - right), 0),
  };
};

const isRight = ({ example, said }: Judged): boolean => said.category === example.category;

const optOutFigures = (judged: readonly Judged[]): Figures["optOut"] => {
  const wishes = judged.filter(({ example }) => example.category === "opt_out");
  const others = judged.filter(({ example }) => example.category !== "opt_out");
  const lookAlikes = judged.filter(({ example }) => isLookAlike(example));
  return {
    count: wishes.length,
    recall: share(wishes, isSuppressed),
    recallWithPossible: share(wishes, (one) => isSuppressed(one) || one.said.optOut.verdict !== "no"),
    lookAlikes: lookAlikes.length,
    falseSuppression: lookAlikes.length === 0 ? 0 : share(lookAlikes, isSuppressed),
    falseSuppressionOfAll: share(others, isSuppressed),
    askedInVain: share(others, (one) => !isSuppressed(one) && one.said.optOut.verdict === "possible"),
  };
};

const BIN_COUNT = 10;

const reliabilityOf = (judged: readonly Judged[]): readonly Bin[] =>
  Array.from({ length: BIN_COUNT }, (_, bin) => {
    const here = judged.filter(({ said }) => Math.min(BIN_COUNT - 1, Math.floor(said.confidence * BIN_COUNT)) === bin);
    return {
      from: bin / BIN_COUNT,
      count: here.length,
      stated: here.reduce((sum, { said }) => sum + said.confidence, 0) / Math.max(1, here.length),
      right: here.length === 0 ? 0 : share(here, isRight),
    };
  });
