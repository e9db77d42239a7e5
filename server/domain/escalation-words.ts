/** Hours a rule holds in. Browsers read these words, so nothing here checks. */
export const ESCALATION_HOURS = ["staffed", "outside", "any"] as const;
export type EscalationHours = (typeof ESCALATION_HOURS)[number];

/** Chosen by us: more than anybody keeps in mind. */
export const RULES_MAX_COUNT = 20;
export const STEPS_MAX_COUNT = 6;
/** Whoever was not found within a day is not found by another text. */
export const WAIT_MAX_MINUTES = 1_440;
