import "server-only";

import { env } from "#server/platform/env.ts";
import { createThink } from "#server/platform/model-client.ts";
import type { Think } from "#server/platform/model-client.ts";

let shared: Think | undefined;

/** One structured answer of the installation's model service; see `createThink`. */
export const think: Think = (request) =>
  (shared ??= createThink({ apiKey: env.ANTHROPIC_API_KEY, baseURL: env.ANTHROPIC_BASE_URL }))(request);

/** The model of the installation, used where a club's policy names none. */
export const defaultModel = (): string => env.AGENT_MODEL;
