import type { Metadata } from "next";

import { NewTaskScreen } from "#components/workflows/custom/new-task-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "New task" };

const NewTaskPage = async ({ params }: PageProps<"/[clubSlug]/workflows/new">) => {
  const { id: clubId } = await requireClub((await params).clubSlug);
  await prefetch(trpc.workflows.list.queryOptions({ clubId }));
  return (
    <HydrateClient>
      <NewTaskScreen />
    </HydrateClient>
  );
};

export default NewTaskPage;
