import "server-only";

import { createCircuitBreaker } from "#server/connectors/_shared/circuit-breaker.ts";
import { createNetwork } from "#server/connectors/_shared/network.ts";
import { createTokenBucket } from "#server/connectors/_shared/token-bucket.ts";
import { ConnectorError, HttpFailure } from "#server/connectors/errors.ts";
import { DomainError } from "#server/domain/errors.ts";
import { now } from "#server/platform/clock.ts";
import { env } from "#server/platform/env.ts";

import { PAGE_MAX_BYTES, PAGE_MAX_REDIRECTS, PAGE_TIMEOUT_MS } from "./limits.ts";

export type FetchedPage = { readonly url: string; readonly html: string };
export type FetchPage = (url: string) => Promise<FetchedPage>;

const nowMs = (): number => now().getTime();
/** Chosen by us: pages are read because a person waits for them, a few at a time. */
const bucket = createTokenBucket({ requestsPerSecond: 2, burst: 10 }, nowMs);

/**
 * A page of the open internet by an address that somebody typed, over the same guarded road as connectors: https only,
 * no private network, checked again where each redirect leads. @throws `invalid`, `upstream_unavailable`
 */
export const fetchPage: FetchPage = async (url) => {
  // Pages are of many hosts: one that is down says nothing of the next.
  const { http } = createNetwork({
    trustedOrigins: [],
    allowedRanges: env.CONNECT_ALLOW_RANGES,
    bucket,
    breaker: createCircuitBreaker({ nowMs, onChange: () => undefined }),
  });
  let target = url;
  for (let hops = 0; hops <= PAGE_MAX_REDIRECTS; hops += 1) {
    const answer = await http({
      method: "GET",
      url: target,
      headers: { accept: "text/html,text/plain;q=0.8", "user-agent": "Spotter (knowledge import)" },
      timeoutMs: PAGE_TIMEOUT_MS,
      maxBytes: PAGE_MAX_BYTES,
    }).catch(refused);
    const location = answer.headers.get("location");
    if (answer.status >= 300 && answer.status < 400 && location !== null && URL.canParse(location, target)) {
      target = new URL(location, target).toString();
      continue;
    }
    if (answer.status !== 200) {
      throw new DomainError("invalid", `the page answers with ${answer.status}`);
    }
    if (!/^text\/(html|plain)|^application\/xhtml\+xml/i.test(answer.headers.get("content-type") ?? "")) {
      throw new DomainError("invalid", "this address is not a page with text");
    }
    return { url: target, html: answer.text };
  }
  throw new DomainError("invalid", "the page sends its readers on and on");
};

const refused = (error: unknown): never => {
  if (error instanceof HttpFailure && error.kind === "too_large") {
    throw new DomainError("invalid", "this page is larger than 2 MB", { cause: error });
  }
  // A refusal of our own has no cause and says in words for people why; behind the others stands the network.
  if (error instanceof HttpFailure && error.kind === "not_sent") {
    throw new DomainError("invalid", error.cause === undefined ? error.message : "there is no page at this address", { cause: error });
  }
  if (error instanceof HttpFailure || error instanceof ConnectorError) {
    throw new DomainError("upstream_unavailable", "the page cannot be read right now", { cause: error });
  }
  throw error;
};
