import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>["reports"];

export type Report = Outputs["get"];
export type ComparedFigures = Report["figures"];
export type CalibrationStep = Report["calibration"][number];
export type BehindRow = Outputs["behind"]["items"][number];
export type PortfolioClub = Outputs["portfolio"][number];
export type Usage = Outputs["usage"];
