import { parseAsString, parseAsStringLiteral } from "nuqs/server";

import { CUSTOM_COPIES, type CopyableKind } from "#server/domain/workflows/custom-copies.ts";
import { OUTCOMES } from "#server/domain/workflows/outcomes.ts";

export const WORKFLOW_TABS = ["preview", "settings", "history", "review"] as const;
export type WorkflowTab = (typeof WORKFLOW_TABS)[number];

/** What is on the screen lives in the address bar. */
export const workflowParams = { tab: parseAsStringLiteral(WORKFLOW_TABS).withDefault("preview") };

export const CAMPAIGN_TABS = ["campaign", "preview", "results", "history", "review"] as const;
export type CampaignTab = (typeof CAMPAIGN_TABS)[number];
export const campaignParams = { tab: parseAsStringLiteral(CAMPAIGN_TABS).withDefault("campaign") };

/** Which built-in workflow a new task is a copy of. */
export const newTaskParams = { from: parseAsStringLiteral(Object.keys(CUSTOM_COPIES) as readonly CopyableKind[]) };

export const SEQUENCE_TABS = ["steps", "now", "past"] as const;
export type SequenceTab = (typeof SEQUENCE_TABS)[number];
export const sequenceParams = { tab: parseAsStringLiteral(SEQUENCE_TABS).withDefault("steps") };

/** What the library is searched for, and which of its texts is open. */
export const textParams = { search: parseAsString.withDefault(""), text: parseAsString };

/** Which people of a run are listed. */
export const outcomeParams = {
  outcome: parseAsStringLiteral(OUTCOMES),
  group: parseAsString,
};
