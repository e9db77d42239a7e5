import type { Route } from "next";

import type { MetricKey } from "#server/domain/metrics/definitions.ts";

/** @param query of the period, with its question mark; empty for the usual one */
export const dashboardPath = (slug: string, query = ""): Route => `/${slug}/dashboard${query}` as Route;

/** What stands behind one number. */
export const behindPath = (slug: string, metric: MetricKey, query = ""): Route => `/${slug}/dashboard/${metric}${query}` as Route;

export const usagePath = (slug: string, query = ""): Route => `/${slug}/usage${query}` as Route;

export const portfolioPath = (slug: string, query = ""): Route => `/${slug}/portfolio${query}` as Route;

/** The figures as a table to keep. */
export const reportFilePath = (slug: string, query = ""): string => `/api/reports/${slug}${query}`;

/** Those of all clubs. */
export const portfolioFilePath = (query = ""): string => `/api/reports${query}`;
