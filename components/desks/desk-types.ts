import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root.ts";

type Desks = inferRouterOutputs<AppRouter>["desks"]["list"];

export type DeskRow = Desks["desks"][number];
export type PinHolder = Desks["people"][number];
