import type { Metadata } from "next";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";

import { ActivityLog } from "#components/activity/activity-log.tsx";
import { activityFilterOf, activityParams } from "#components/activity/search-params.ts";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Activity" };

const loadActivityParams = createLoader(activityParams);

type ActivityPageProps = { readonly params: Promise<{ clubSlug: string }>; readonly searchParams: Promise<SearchParams> };

const ActivityPage = async ({ params, searchParams }: ActivityPageProps) => {
  const club = await requireClub((await params).clubSlug);
  const filter = activityFilterOf(await loadActivityParams(searchParams));
  await prefetch(trpc.aiActions.list.infiniteQueryOptions({ clubId: club.id, ...filter }, { getNextPageParam: (page) => page.nextCursor }));
  return (
    <HydrateClient>
      <ActivityLog />
    </HydrateClient>
  );
};

export default ActivityPage;
