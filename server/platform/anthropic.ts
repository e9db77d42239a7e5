import "server-only";

import { env } from "#server/platform/env.ts";
import { createThink } from "#server/platform/model-client.ts";
import type { Think } from "#server/platform/model-client.ts";

/** One for the process, also where its code is bundled more than once: they share a key, and so its pace. */
const shared = globalThis as typeof globalThis & { spotterThink?: Think };

/** One structured answer of the installation's model service; see `createThink`. */
export const think: Think = (request) =>
  (shared.spotterThink ??= createThink({
    apiKey: env.ANTHROPIC_API_KEY,
    baseURL: env.ANTHROPIC_BASE_URL,
    requestsPerMinute: env.AGENT_REQUESTS_PER_MINUTE,
    inputTokensPerMinute: env.AGENT_INPUT_TOKENS_PER_MINUTE,
  }))(request);

/** The model of the installation, used where a club's policy names none. */
export const defaultModel = (): string => env.AGENT_MODEL;

/** Stands in where a model stays overloaded, for clubs whose policy names no harder one. */
export const fallbackModel = (): string => env.AGENT_FALLBACK_MODEL;
