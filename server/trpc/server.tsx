import "server-only";

import { defaultShouldDehydrateQuery, dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { FetchInfiniteQueryOptions, QueryKey } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { cache } from "react";
import type { ReactNode } from "react";
import superjson from "superjson";

import type { ClubSummary } from "#server/domain/inbox-view.ts";

import { requestContext } from "./init.ts";
import { appRouter } from "./root.ts";

/** One per request. What failed is not handed on: the browser asks again and shows the failure in its place. */
const queryClient = cache(
  () =>
    new QueryClient({
      defaultOptions: { dehydrate: { serializeData: superjson.serialize, shouldDehydrateQuery: defaultShouldDehydrateQuery } },
    }),
);

/** A page only reads: a change asked for here is refused like one from another site. */
const pageContext = cache(() => requestContext({ isOwnPage: false }));

/** Query options for pages, answered by the procedures themselves without a request. */
export const trpc = createTRPCOptionsProxy({ ctx: pageContext, router: appRouter, queryClient });

type Prefetchable = { readonly queryKey: QueryKey };
type Pages = Prefetchable & Pick<FetchInfiniteQueryOptions, "initialPageParam">;

const isPages = (options: Prefetchable): options is Pages => "initialPageParam" in options;

/** Reads what an island will ask for first, so that it is on the page when it arrives. Never throws. */
export const prefetch = async (options: Prefetchable): Promise<void> => {
  await (isPages(options) ? queryClient().prefetchInfiniteQuery(options) : queryClient().prefetchQuery(options));
};

/** Whether the owner who asks still has something to set up in a club; decides which page comes first. */
export const isBeingSetUp = async ({ id: clubId, role }: Pick<ClubSummary, "id" | "role">): Promise<boolean> =>
  role === "owner" && (await queryClient().fetchQuery(trpc.firstRun.get.queryOptions({ clubId }))) !== null;

/** Hands what the page prefetched to the islands inside. */
export const HydrateClient = ({ children }: { readonly children: ReactNode }) => (
  <HydrationBoundary state={dehydrate(queryClient())}>{children}</HydrationBoundary>
);
