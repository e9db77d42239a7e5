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
