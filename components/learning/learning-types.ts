import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>["learning"];

export type Autonomy = Outputs["autonomy"];
export type StageChange = Autonomy["offers"][number];
export type Agreement = Autonomy["agreement"][number];
export type Example = Outputs["examples"]["proposed"][number];
export type StyleRule = Outputs["rules"]["proposed"][number];
export type Satisfaction = Outputs["satisfaction"];
export type ScoreAverage = Satisfaction["agent"];
