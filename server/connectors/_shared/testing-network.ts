import type { ConnectorNetwork } from "../ports.ts";
import { createFetchHttp } from "./fetch-http.ts";
import { createPinnedAgent } from "./pinned-agent.ts";

/** A network without pace, pause or rules, for tests of connectors against a sandbox. `timeoutMs` overrules every time-out. */
export const openTestNetwork = ({ timeoutMs }: { readonly timeoutMs?: number } = {}): ConnectorNetwork => {
  const http = createFetchHttp();
  return {
    http: (request) => http(timeoutMs === undefined ? request : { ...request, timeoutMs }),
    fetch: (target, init) =>
      fetch(
        target,
        timeoutMs === undefined
          ? init
          : { ...init, signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(init?.signal ? [init.signal] : [])]) },
      ),
    checkAddress: (host) => Promise.resolve({ ip: host, host }),
    takeTurn: () => Promise.resolve(),
    pinned: (fingerprint) => {
      const dispatcher = createPinnedAgent({ fingerprint });
      const pinned = createFetchHttp((target, init) => {
        const pinnedInit: RequestInit & { dispatcher: typeof dispatcher } = { ...init, dispatcher };
        return fetch(target, pinnedInit);
      });
      return (request) => pinned(timeoutMs === undefined ? request : { ...request, timeoutMs });
    },
  };
};
