import { defaultShouldDehydrateQuery, MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import superjson from "superjson";

import { failureCode } from "#components/lib/failure.ts";

/** What the server rendered is not asked for again at once; live news makes it stale earlier. */
const STALE_MS = 30_000;
const MAX_RETRIES = 2;

/** Codes that another attempt cannot change. */
const FINAL_CODES = new Set([
  "UNAUTHORIZED",
  "FORBIDDEN",
  "NOT_FOUND",
  "BAD_REQUEST",
  "PRECONDITION_FAILED",
  "PRECONDITION_REQUIRED",
  "CONFLICT",
]);

export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        retry: (failureCount, error) => failureCount < MAX_RETRIES && !FINAL_CODES.has(failureCode(error) ?? ""),
      },
      dehydrate: {
        serializeData: superjson.serialize,
        shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === "pending",
      },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });

/** An ended session shows nothing stale: the browser goes to the sign-in page and comes back here afterwards. */
const leaveWhenSignedOut = (error: Error): void => {
  if (failureCode(error) === "UNAUTHORIZED" && typeof window !== "undefined") {
    const back = `${window.location.pathname}${window.location.search}`;
    window.location.assign(`/sign-in?next=${encodeURIComponent(back)}`);
  }
};
