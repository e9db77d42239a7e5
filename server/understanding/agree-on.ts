import type { Category, RiskFlag } from "../domain/intent.ts";
import type { Classification } from "./judge.ts";

/** What a model said of the same message. */
export type ModelReading = { readonly category: Category; readonly confidence: number; readonly riskFlags: readonly RiskFlag[] };

export type Agreed = ModelReading & {
  /** The local reading contradicts the model, or sees something that the model did not name. */
  readonly isDisputed: boolean;
};

/** From here on the local reading is sure of a category. Chosen by us: it is then right more than eight times in ten. */
export const SURE_CATEGORY = 0.8;
/** From here on it is sure of a risk; below, down to the flag's own threshold, it only doubts. Chosen by us. */
export const SURE_RISK = 0.5;
/** How far below the bar of automatic answers a disputed one ends: a person looks, and the draft is kept. */
const BELOW_THE_BAR = 0.01;

type Readings = {
  readonly model: ModelReading;
  readonly local: Classification;
  /** Confidence from which the club lets answers of this topic go out alone. */
  readonly auto: number;
};

/**
 * Two readings of one message. The category stays the model's. Its confidence falls below the bar where the local
 * reading is sure of another category, may be hearing an opt-out, or suspects a person's matter that the model does
 * not name; a risk that either of them is sure of is a risk. It only ever makes the club more careful.
 */
export const agreeOn = ({ auto, local, model }: Readings): Agreed => {
  const sure = local.riskFlags.filter((flag) => local.risks[flag] >= SURE_RISK);
  const isContradicted = local.category !== model.category && local.confidence >= SURE_CATEGORY;
  const isMissedOptOut = local.optOut.verdict !== "no" && model.category !== "opt_out";
  const isMissedMatter =
    (local.needsPerson || local.riskFlags.length > 0) && model.category !== "complaint" && model.riskFlags.length === 0;
  const isDisputed = isContradicted || isMissedOptOut || isMissedMatter;
  return {
    category: model.category,
    confidence: isDisputed ? Math.min(model.confidence, Math.max(0, auto - BELOW_THE_BAR)) : model.confidence,
    riskFlags: [...new Set([...model.riskFlags, ...sure])],
    isDisputed,
  };
};
