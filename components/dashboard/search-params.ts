import { parseAsString } from "nuqs/server";

import { DEFAULT_PERIOD, readPeriod } from "#server/domain/metrics/period-text.ts";
import type { Period } from "#server/domain/metrics/period.ts";

/** Which stretch of time is on the screen lives in the address bar. */
export const periodParams = { period: parseAsString, from: parseAsString, to: parseAsString };

/** An address that means no period shows the usual one. */
export const periodOf = (text: { readonly period: string | null; readonly from: string | null; readonly to: string | null }): Period =>
  readPeriod(text) ?? DEFAULT_PERIOD;
