import { type Category, RISK_FLAGS, type RiskFlag } from "../domain/intent.ts";
import { CATEGORIES } from "../domain/categories.ts";
import { COMPLAINT_CUES } from "./cues/complaint.ts";
import type { Cue } from "./cues/cue.ts";
import { PAYMENT_CUES } from "./cues/payment.ts";
import { QUESTION_CUES } from "./cues/question.ts";
import { RISK_CUES } from "./cues/risk.ts";
import { SCHEDULING_CUES } from "./cues/scheduling.ts";
import { CONFIRMATION_CUES, OPT_OUT_CUES, OTHER_CUES, PRAISE_CUES } from "./cues/short-replies.ts";

/** Where in the line of words (see `lineOf`) a known phrase stands, and what it speaks for. */
export type CueHit = {
  /** Place in the list of all cues; a feature of the trained classifier. */
  readonly number: number;
  readonly category: Category;
  readonly weight: number;
  readonly start: number;
  readonly end: number;
};

const TABLES = {
  complaint: COMPLAINT_CUES,
  payment_inquiry: PAYMENT_CUES,
  scheduling: SCHEDULING_CUES,
  opt_out: OPT_OUT_CUES,
  question: QUESTION_CUES,
  confirmation: CONFIRMATION_CUES,
  praise: PRAISE_CUES,
  other: OTHER_CUES,
} as const satisfies Readonly<Record<Category, Readonly<Record<string, readonly Cue[]>>>>;

const ALL = CATEGORIES.flatMap((category) =>
  Object.values<readonly Cue[]>(TABLES[category]).flatMap((cues) => cues.map((cue) => ({ ...cue, category }))),
);

export const CUE_COUNT = ALL.length;

export const findCues = (line: string): readonly CueHit[] =>
  ALL.flatMap(({ category, pattern, weight }, number) => {
    const match = pattern.exec(line);
    return match === null ? [] : [{ number, category, weight, start: match.index, end: match.index + match[0].length }];
  });

export const findRiskCues = (line: string): readonly RiskFlag[] =>
  RISK_FLAGS.filter((flag) => RISK_CUES.some((risk) => risk.flag === flag && risk.pattern.test(line)));
