import "server-only";

import { createCircuitBreaker } from "#server/connectors/_shared/circuit-breaker.ts";
import { asFailure } from "#server/connectors/_shared/fetch-http.ts";
import { createNetwork } from "#server/connectors/_shared/network.ts";
import { createTokenBucket } from "#server/connectors/_shared/token-bucket.ts";
import { ConnectorError } from "#server/connectors/errors.ts";
import { now } from "#server/platform/clock.ts";
import { env } from "#server/platform/env.ts";
import { log } from "#server/platform/logger.ts";
import { encryptPush, pushAuthorization, type PushDevice } from "#server/platform/push-message.ts";

/** What the browser shows; a lock screen is read by anybody, so no word of a member is in it. */
export type PushText = { readonly title: string; readonly body: string; readonly url: string };

/**
 * `gone` the browser lets itself be told no more, and its row goes · `later` nobody took it, and it may be tried again · `failed` nobody took
 * it, and nobody will · `unknown` it may have been taken: never tried again.
 */
export type PushOutcome = "taken" | "gone" | "later" | "failed" | "unknown";

/** Chosen by us: news older than this is found in the list. */
const KEEP_SECONDS = 4 * 3_600;
const TIMEOUT_MS = 10_000;
const GONE = new Set([404, 410]);
/** Too many at once, and down for now (RFC 8030, section 8.4; RFC 9110, section 15.6.4). */
const LATER = new Set([429, 503]);

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
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const answer = await fetch(device.endpoint, {
      method: "POST",
      signal,
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
    return outcomeOf(answer.status);
  } catch (error) {
    log.warn({ err: error }, "a push service could not be reached");
    return outcomeWithoutAnswer(asFailure(error, signal.aborted));
  }
};

const outcomeOf = (status: number): PushOutcome => {
  if (GONE.has(status)) {
    return "gone";
  }
  if (LATER.has(status)) {
    return "later";
  }
  return status < 300 ? "taken" : status < 500 ? "failed" : "unknown";
};

/** Our own pace, and a service that no byte reached, may be better in a while; an address that is not called stays so. */
const outcomeWithoutAnswer = (failure: ReturnType<typeof asFailure>): PushOutcome => {
  if (failure instanceof ConnectorError) {
    return "later";
  }
  if (failure.kind !== "not_sent") {
    return "unknown";
  }
  return failure.cause === undefined ? "failed" : "later";
};

/** Services want to know whom to write to; an address of this machine is none. */
const contactOf = (): string => env.PUSH_CONTACT ?? (env.APP_URL.startsWith("https:") ? env.APP_URL : "mailto:nobody@spotter.example");
