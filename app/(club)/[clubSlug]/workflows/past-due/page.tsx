import type { Metadata } from "next";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";

import { PastDueScreen } from "#components/past-due/past-due-screen.tsx";
import { listChoice, pastDueParams } from "#components/past-due/search-params.ts";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Past due" };

const loadParams = createLoader(pastDueParams);

type PastDuePageProps = { readonly params: Promise<{ clubSlug: string }>; readonly searchParams: Promise<SearchParams> };

const PastDuePage = async ({ params, searchParams }: PastDuePageProps) => {
  const { id: clubId } = await requireClub((await params).clubSlug);
  const choice = listChoice(await loadParams(searchParams));
  await prefetch(trpc.pastDue.list.infiniteQueryOptions({ clubId, ...choice }, { getNextPageParam: (page) => page.nextCursor }));
  return (
    <HydrateClient>
      <PastDueScreen />
    </HydrateClient>
  );
};

export default PastDuePage;
