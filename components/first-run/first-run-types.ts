import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root.ts";

export type FirstRun = NonNullable<inferRouterOutputs<AppRouter>["firstRun"]["get"]>;
