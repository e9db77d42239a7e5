import type { Category } from "#server/domain/intent.ts";
import { CATEGORIES } from "#server/domain/categories.ts";
import type { Outcome } from "#server/domain/reasons.ts";

import type { GoldenConversation } from "./golden.ts";

/** What the agent made of one golden conversation. */
export type Attempt = {
  readonly golden: GoldenConversation;
  readonly category: Category;
  readonly subIntent: string;
  readonly confidence: number;
  readonly outcome: Outcome;
  readonly reasons: readonly string[];
  readonly isOptOut: boolean;
  /** What would have gone out or waited as a draft. */
  readonly reply: string | null;
  /** `triage`, `local`, `instant` or the model's name. */
  readonly source: string;
  readonly costMicros: number;
  /** Without the model's own time. */
  readonly overheadMs: number;
};

export type Ratio = { readonly hits: number; readonly of: number };

export type Measured = {
  readonly count: number;
  readonly category: Ratio;
  readonly macroF1: number;
  readonly perCategory: Readonly<
    Record<Category, { readonly precision: number; readonly recall: number; readonly f1: number; readonly count: number }>
  >;
  readonly acceptableOutcome: Ratio;
  /** Of what a good desk person would let the machine answer. */
  readonly autoAnswered: Ratio;
  readonly simpleAutoAnswered: Ratio;
  readonly simpleWithoutModel: Ratio;
  /** Of what went out alone: not allowed to, or without what it had to say, or with what it must not say. */
  readonly wronglySent: Ratio;
  readonly escalated: Ratio;
  readonly optOut: Ratio;
  readonly falseOptOut: Ratio;
  /** Answers sent alone to questions the knowledge does not settle. */
  readonly invented: Ratio;
  readonly withoutModel: Ratio;
  readonly costMicros: number;
};

export const ratioOf = ({ hits, of }: Ratio): number => (of === 0 ? 1 : hits / of);

const isRightCategory = ({ category, golden }: Attempt): boolean =>
  category === golden.expect.category || (golden.expect.acceptableCategories ?? []).includes(category);

/** Why an answer that went out alone should not have; null when it may. */
export const wrongBecause = ({ golden, outcome, reply }: Attempt): string | null => {
  if (outcome !== "respond") {
    return null;
  }
  const { expect } = golden;
  if (!expect.outcome.includes("respond")) {
    return "it was not for the machine to answer";
  }
  const text = (reply ?? "").toLowerCase();
  const missing = (expect.mustContain ?? []).find((part) => !text.includes(part.toLowerCase()));
  const forbidden = (expect.mustNotContain ?? []).find((part) => text.includes(part.toLowerCase()));
  return missing !== undefined ? `it does not say “${missing}”` : forbidden === undefined ? null : `it says “${forbidden}”`;
};

const share = (attempts: readonly Attempt[], isHit: (attempt: Attempt) => boolean): Ratio => ({
  hits: attempts.filter(isHit).length,
  of: attempts.length,
});

/** The figures of one run over the golden conversations. */
export const measure = (attempts: readonly Attempt[]): Measured => {
  const expecting = (wanted: (expect: GoldenConversation["expect"]) => boolean): readonly Attempt[] =>
    attempts.filter(({ golden }) => wanted(golden.expect));
  const isSent = ({ outcome }: Attempt): boolean => outcome === "respond";
  const perCategory = Object.fromEntries(CATEGORIES.map((category) => [category, scoresOf(attempts, category)])) as Measured["perCategory"];
  const present = CATEGORIES.filter((category) => perCategory[category].count > 0);
  const simple = expecting(({ isSimpleQuestion }) => isSimpleQuestion);
  return {
    count: attempts.length,
    category: share(attempts, isRightCategory),
    macroF1: present.reduce((sum, category) => sum + perCategory[category].f1, 0) / Math.max(1, present.length),
    perCategory,
    acceptableOutcome: share(attempts, ({ golden, outcome }) => golden.expect.outcome.includes(outcome)),
    autoAnswered: share(
      expecting(({ mayAutoAnswer }) => mayAutoAnswer),
      isSent,
    ),
    simpleAutoAnswered: share(simple, isSent),
    simpleWithoutModel: share(simple, (attempt) => isSent(attempt) && attempt.source === "instant"),
    wronglySent: share(attempts.filter(isSent), (attempt) => wrongBecause(attempt) !== null),
    escalated: share(
      expecting(({ mustEscalate }) => mustEscalate),
      ({ outcome }) => outcome === "escalate",
    ),
    optOut: share(
      expecting(({ optOut }) => optOut),
      ({ isOptOut }) => isOptOut,
    ),
    falseOptOut: share(
      expecting(({ optOut }) => !optOut),
      ({ isOptOut }) => isOptOut,
    ),
    invented: share(
      expecting(({ unanswerable }) => unanswerable === true),
      isSent,
    ),
    withoutModel: share(attempts, ({ source }) => source === "triage" || source === "local" || source === "instant"),
    costMicros: attempts.reduce((sum, { costMicros }) => sum + costMicros, 0),
  };
};

const scoresOf = (attempts: readonly Attempt[], category: Category): Measured["perCategory"][Category] => {
  const wanted = attempts.filter(({ golden }) => golden.expect.category === category);
  const said = attempts.filter((attempt) => attempt.category === category);
  const recall = ratioOf(share(wanted, isRightCategory));
  const precision = ratioOf(share(said, isRightCategory));
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1, count: wanted.length };
};
