import { parseAsBoolean, parseAsStringLiteral } from "nuqs/server";

import type { MetricKey } from "#server/domain/metrics/definitions.ts";

/** The columns, in the order in which an owner asks. */
export const COLUMNS = [
  "needs_you",
  "conversations",
  "auto_share",
  "handed_over",
  "first_response_staff",
  "durable_agent",
  "satisfaction_agent",
  "hours_saved",
  "dues_recovered",
  "cost",
] as const satisfies readonly MetricKey[];

/** By which column the clubs stand, and which way round, lives in the address bar. */
export const sortParams = {
  sort: parseAsStringLiteral(["name", ...COLUMNS]).withDefault("name"),
  up: parseAsBoolean.withDefault(true),
};
