import type { Metadata } from "next";

import { WorkflowsScreen } from "#components/workflows/workflows-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Workflows" };

const WorkflowsPage = async ({ params }: PageProps<"/[clubSlug]/workflows">) => {
  const { id: clubId } = await requireClub((await params).clubSlug);
  await Promise.all([
    prefetch(trpc.workflows.list.queryOptions({ clubId })),
    prefetch(trpc.workflows.runs.infiniteQueryOptions({ clubId }, { getNextPageParam: (page) => page.nextCursor })),
  ]);
  return (
    <HydrateClient>
      <WorkflowsScreen />
    </HydrateClient>
  );
};

export default WorkflowsPage;
