import "server-only";

import { createCircuitBreaker } from "#server/connectors/_shared/circuit-breaker.ts";
import { createNetwork } from "#server/connectors/_shared/network.ts";
import { createTokenBucket } from "#server/connectors/_shared/token-bucket.ts";
import { now } from "#server/platform/clock.ts";
import { env } from "#server/platform/env.ts";
import { log } from "#server/platform/logger.ts";
import { encryptPush, pushAuthorization, type PushDevice } from "#server/platform/push-message.ts";

/** What the browser shows; a lock screen is read by anybody, so no word of a member is in it. */
export type PushText = { readonly title: string; readonly body: string; readonly url: string };

/** `gone`: the browser lets itself be told no more, and its row goes. */
export type PushOutcome = "taken" | "gone" | "failed";

/** Chosen by us: news older than this is found in the list. */
const KEEP_SECONDS = 4 * 3_600;
const TIMEOUT_MS = 10_000;
const GONE = new Set([404, 410]);

const nowMs = (): number => now().getTime();
const bucket = createTokenBucket({ requestsPerSecond: 20, burst: 50 }, nowMs);

/**
 * Hands one message to the push service that a browser named, over the guarded road of the connectors: its address came from outside, from
 * anybody of the staff, so it leads into no private network, also where this installation opens some to owners.
 * @param trustedOrigins origins that are called although they are not on the open internet; only tests have some
 */
export const sendPush = async (
  device: PushDevice,
  text: PushText,
  { trustedOrigins = [] }: { readonly trustedOrigins?: readonly string[] } = {},
): Promise<PushOutcome> => {
  const privateKey = env.PUSH_PRIVATE_KEY;
  if (privateKey === undefined) {
    return "failed";
  }
  // One service that is down says nothing of the next.
  const breaker = createCircuitBreaker({ nowMs, onChange: () => undefined });
  const { fetch } = createNetwork({ trustedOrigins, allowedRanges: [], bucket, breaker });
  try {
    const answer = await fetch(device.endpoint, {
      method: "POST",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        authorization: pushAuthorization({ endpoint: device.endpoint, privateKey, contact: contactOf(), now: now() }),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        ttl: String(KEEP_SECONDS),
        urgency: "high",
      },
      body: new Uint8Array(encryptPush(device, JSON.stringify(text))),
    });
    await answer.body?.cancel();
    return answer.ok ? "taken" : GONE.has(answer.status) ? "gone" : "failed";
  } catch (error) {
    log.warn({ err: error }, "a push service could not be reached");
    return "failed";
  }
};

/** Services want to know whom to write to; an address of this machine is none. */
const contactOf = (): string => env.PUSH_CONTACT ?? (env.APP_URL.startsWith("https:") ? env.APP_URL : "mailto:nobody@spotter.example");
