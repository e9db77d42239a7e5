import type { Category, RiskFlag } from "../domain/intent.ts";
import type { Classification } from "./judge.ts";

/** What a model said of the same message. */
export type ModelReading = { readonly category: Category; readonly confidence: number; readonly riskFlags: readonly RiskFlag[] };

export type Agreed = ModelReading & {
  /** The local reading is sure of something else, or of a risk that the model did not name. */
  readonly isDisputed: boolean;
};

/** From here on the local reading is sure enough to hold the model back. Chosen by us: then it is right nine times in ten. */
export const SURE_LOCALLY = 0.8;
/** Below every threshold from which an answer may go out alone (`POLICY_BOUNDS.auto` begins at 0.60): a person looks. */
export const DISPUTED_CONFIDENCE = 0.59;

/**
 * Two readings of one message. The category stays the model's; its confidence falls where the local reading is
 * sure of another category, may be reading an opt-out, or sees a person's matter that the model does not; what
 * either of them raised as a risk is a risk. It can only make the club more careful, never less.
 */
export const agreeOn = ({ local, model }: { readonly model: ModelReading; readonly local: Classification }): Agreed => {
  const riskFlags = [...new Set([...model.riskFlags, ...local.riskFlags])];
  const isOtherCategory = local.confidence >= SURE_LOCALLY && local.category !== model.category;
  const isMissedOptOut = local.optOut.verdict !== "no" && model.category !== "opt_out";
  const isMissedMatter = local.needsPerson && model.category !== "complaint" && model.riskFlags.length === 0;
  const isDisputed = isOtherCategory || isMissedOptOut || isMissedMatter;
  return {
    category: model.category,
    confidence: isDisputed ? Math.min(model.confidence, DISPUTED_CONFIDENCE) : model.confidence,
    riskFlags,
    isDisputed,
  };
};
