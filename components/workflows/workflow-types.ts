import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>;

export type WorkflowRow = Outputs["workflows"]["list"][number];
export type WorkflowDetails = Outputs["workflows"]["get"];
export type WorkflowReview = Outputs["workflows"]["reviewFacts"];
export type RunRow = Outputs["workflows"]["runs"]["items"][number];
export type RunDetails = Outputs["workflows"]["run"];
export type OutcomeRow = Outputs["workflows"]["outcomes"]["items"][number];
export type WorkflowText = Outputs["workflows"]["texts"][number];
export type SendingView = Outputs["sending"]["get"];
export type CampaignRow = Outputs["workflows"]["campaigns"][number];
export type CampaignResults = Outputs["workflows"]["campaignResults"];
export type SegmentPreview = Outputs["workflows"]["previewSegment"];
export type SequencesView = Outputs["workflows"]["sequences"];
export type SequencePerson = Outputs["workflows"]["sequencePeople"][number];
export type TextVersion = Outputs["workflows"]["textVersions"][number];
