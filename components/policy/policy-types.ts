import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>;

export type PolicySettings = Outputs["policies"]["get"];
export type PolicyVersion = Outputs["policies"]["versions"]["items"][number];
export type PolicyReplay = Outputs["policies"]["replay"];
export type ClubDifferences = Outputs["policies"]["drift"][number];
export type AutomationCard = Outputs["automations"]["list"]["items"][number];

/** Whose rules are edited: the club's own, or what the franchise sets for all its clubs. */
export type EditedLayer = "club" | "franchise";
