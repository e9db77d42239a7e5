import type { Metadata } from "next";

import { ActivityLog } from "#components/activity/activity-log.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Activity" };

const ActivityPage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  const club = await requireClub((await params).clubSlug);
  await prefetch(trpc.aiActions.list.infiniteQueryOptions({ clubId: club.id }, { getNextPageParam: (page) => page.nextCursor }));
  return (
    <HydrateClient>
      <ActivityLog />
    </HydrateClient>
  );
};

export default ActivityPage;
