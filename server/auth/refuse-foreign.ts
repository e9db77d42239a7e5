import "server-only";

import { env } from "#server/platform/env.ts";

import { isOwnPage, originVerdict } from "./same-origin.ts";

/**
 * Refuses a change that another site sends through somebody's browser. Whoever says nothing about where they stand is
 * let through to next-auth's own token check: that is a script, which no visitor's cookies travel with.
 */
export const refuseForeign = (request: Request): Response | null =>
  request.method === "POST" && originVerdict(request.headers, env.APP_URL) === "foreign" ? refusal() : null;

/** The same, for changes that carry no token of their own: a page of ours must say so. */
export const refuseUnlessOwnPage = (request: Request): Response | null => (isOwnPage(request.headers, env.APP_URL) ? null : refusal());

const refusal = (): Response =>
  Response.json({ error: "forbidden", message: "this must be done on a page of Spotter itself" }, { status: 403 });
