import type { Outcome } from "#server/domain/reasons.ts";

type Tone = "good" | "warn" | "neutral" | "spotter";

const OUTCOME_WORDS = {
  respond: { label: "Would answer alone", tone: "spotter" },
  suggest: { label: "Would wait for a person", tone: "neutral" },
  escalate: { label: "Would call a person", tone: "warn" },
  ignore: { label: "Would send nothing", tone: "neutral" },
  wait: { label: "Would look something up first", tone: "neutral" },
} as const satisfies Record<Outcome, { readonly label: string; readonly tone: Tone }>;

/** What an outcome means before it has happened. */
export const outcomeWords = (outcome: string): { readonly label: string; readonly tone: Tone } =>
  Object.entries(OUTCOME_WORDS).find(([name]) => name === outcome)?.[1] ?? { label: outcome, tone: "neutral" };
