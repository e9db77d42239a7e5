import { CORRECTION_DAYS, EVIDENCE_DAYS, scopeLabel, type AutonomyEvidence, type AutonomyScope } from "#server/domain/autonomy.ts";
import { STAGE_LABELS } from "#server/domain/policy-words.ts";
import type { Stage } from "#server/domain/vocabulary.ts";

type Step = { readonly scope: AutonomyScope; readonly to: Stage; readonly evidence: AutonomyEvidence };

export const offerWords = ({ evidence, scope, to }: Step) => ({
  title: `Spotter has earned "${STAGE_LABELS[to]}" for ${scopeLabel(scope)}`,
  detail: `${evidence.agreedCount} of ${evidence.draftCount} drafts within ${EVIDENCE_DAYS} days agreed with what your team sent. Nothing changes before an owner accepts it under Agent, Learning.`,
});

export const demotionWords = ({ evidence, scope, to }: Step) => ({
  title: `${scopeLabel(scope)} went back to "${STAGE_LABELS[to]}"`,
  detail: `${evidence.correctionCount} automatic answers were corrected within ${CORRECTION_DAYS} days. A person sends every answer on this topic until an owner decides otherwise.`,
});

export const heldWords = ({ evidence, scope, to }: Step) => ({
  title: `${scopeLabel(scope)} should go back to "${STAGE_LABELS[to]}"`,
  detail: `${evidence.correctionCount} automatic answers were corrected within ${CORRECTION_DAYS} days, but the franchise holds this stage for its clubs. An owner can change it under Agent.`,
});

export const offerKey = (scope: AutonomyScope): string => `stage_offer:${scope}`;
export const demotionKey = (scope: AutonomyScope): string => `stage_lowered:${scope}`;
