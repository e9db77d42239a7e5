import { parseAsString, parseAsStringLiteral } from "nuqs/server";

import { OUTCOMES } from "#server/domain/workflows/outcomes.ts";

export const WORKFLOW_TABS = ["preview", "settings", "history", "review"] as const;
export type WorkflowTab = (typeof WORKFLOW_TABS)[number];

/** What is on the screen lives in the address bar. */
export const workflowParams = { tab: parseAsStringLiteral(WORKFLOW_TABS).withDefault("preview") };

/** Which people of a run are listed. */
export const outcomeParams = {
  outcome: parseAsStringLiteral(OUTCOMES),
  group: parseAsString,
};
