import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>["rehearsals"];

export type Seen = Outputs["chat"];
export type RehearsalView = Outputs["get"];
export type RehearsedItem = RehearsalView["items"][number];
