import { lookup as dnsLookup, type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";

import { Agent } from "undici";

import { ConnectorError, HttpFailure } from "../errors.ts";
import type { CheckedAddress, ConnectorHttp, ConnectorNetwork } from "../ports.ts";
import { isAllowedIp, refusalOfHost, refusalOfUrl, type AllowedRanges } from "./address-rules.ts";
import type { CircuitBreaker } from "./circuit-breaker.ts";
import { createFetchHttp } from "./fetch-http.ts";
import { createPinnedAgent } from "./pinned-agent.ts";
import type { TokenBucket } from "./token-bucket.ts";

/** Chosen by us: whoever would wait longer for their turn is told to come back instead. */
const LONGEST_TURN_MS = 8_000;
/** Redirects to addresses of users are followed by nobody: a checked address could lead to an unchecked one. */
const NO_REDIRECT = "manual";

export type NetworkRules = {
  /** Origins that the installation itself has set; they are called as they are. Everything else must be https on the open internet. */
  readonly trustedOrigins: readonly string[];
  readonly allowedRanges: AllowedRanges;
};

type Input = NetworkRules & {
  readonly bucket: TokenBucket;
  readonly breaker: CircuitBreaker;
  /** Only tests have another. */
  readonly lookup?: typeof dnsLookup;
  readonly sleep?: (ms: number) => Promise<void>;
};

/**
 * The road of one connection to the world. Whatever its calls, they take turns by the vendor's limits, pause while the
 * vendor does not answer, and reach no address that the installation does not allow: checked as text, and again on
 * every address a name leads to in the moment the socket opens, so that a name cannot change its mind in between.
 */
export const createNetwork = (input: Input): ConnectorNetwork => {
  const guarded = new Agent({ connect: { lookup: guardedLookup(input) } });
  const takeTurn = async (): Promise<void> => {
    const waitMs = input.bucket.take(LONGEST_TURN_MS);
    if (waitMs > LONGEST_TURN_MS) {
      throw new ConnectorError("throttled", "too many calls wait for this vendor", { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
    }
    const rest = input.sleep ?? sleep;
    if (waitMs > 0) {
      await rest(waitMs);
    }
    for (let againMs = input.bucket.go(); againMs > 0; againMs = input.bucket.go()) {
      await rest(againMs);
    }
    const heldMs = input.breaker.heldForMs();
    if (heldMs > 0) {
      throw new ConnectorError("unavailable", "calls are paused because the vendor did not answer several times", {
        retryAfterSeconds: Math.ceil(heldMs / 1_000),
      });
    }
  };
  const road =
    (dispatcherFor: (isTrusted: boolean) => Agent | null): typeof fetch =>
    async (target, init) => {
      const url = new URL(target instanceof Request ? target.url : target);
      const isTrusted = input.trustedOrigins.includes(url.origin);
      const refusal = isTrusted ? null : refusalOfUrl(url, input.allowedRanges);
      if (refusal !== null) {
        throw new HttpFailure("not_sent", refusal);
      }
      await takeTurn();
      const dispatcher = dispatcherFor(isTrusted);
      // Node's own fetch knows this option, its type does not (Node 24, undici 7).
      const guardedInit: RequestInit & { dispatcher?: Agent } = {
        ...init,
        redirect: NO_REDIRECT,
        ...(dispatcher === null ? {} : { dispatcher }),
      };
      try {
        const response = await fetch(target, dispatcher === null ? init : guardedInit);
        (response.status >= 500 ? input.breaker.failed : input.breaker.succeeded)();
        return response;
      } catch (error) {
        input.breaker.failed();
        throw error;
      }
    };
  const call = road((isTrusted) => (isTrusted ? null : guarded));
  const http: ConnectorHttp = createFetchHttp(call);
  const pinned = (fingerprint: string): ConnectorHttp => {
    const free = createPinnedAgent({ fingerprint });
    const pinnedAndGuarded = createPinnedAgent({ fingerprint, lookup: guardedLookup(input) });
    return createFetchHttp(road((isTrusted) => (isTrusted ? free : pinnedAndGuarded)));
  };
  return { http, fetch: call, takeTurn, checkAddress: (host) => checkAddress(host, input), pinned };
};

const guardedLookup =
  ({ allowedRanges, lookup = dnsLookup }: Input): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses: LookupAddress[] = Array.isArray(found) ? found : [];
      const forbidden = addresses.find(({ address }) => !isAllowedIp(address, allowedRanges));
      if (error !== null || addresses.length === 0 || forbidden !== undefined) {
        callback(error ?? new HttpFailure("not_sent", "the address lies in a network that Spotter does not call"), []);
        return;
      }
      callback(null, addresses);
    });
  };

const checkAddress = async (host: string, { allowedRanges, lookup = dnsLookup }: Input): Promise<CheckedAddress> => {
  const refusal = refusalOfHost(host, allowedRanges);
  if (refusal !== null) {
    throw new HttpFailure("not_sent", refusal);
  }
  const addresses = await new Promise<LookupAddress[]>((resolve, reject) => {
    lookup(host, { all: true }, (error, found) => (error === null ? resolve(found) : reject(unreachable(host, error))));
  });
  const [first] = addresses;
  if (first === undefined || addresses.some(({ address }) => !isAllowedIp(address, allowedRanges))) {
    throw new HttpFailure("not_sent", "the address lies in a network that Spotter does not call");
  }
  return { ip: first.address, host };
};

const unreachable = (host: string, cause: unknown): HttpFailure => new HttpFailure("not_sent", `${host} cannot be found`, { cause });

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
