import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { RunScreen } from "#components/workflows/run-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { idSchema } from "#server/domain/ids.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Workflow run" };

const RunPage = async ({ params }: PageProps<"/[clubSlug]/workflows/runs/[runId]">) => {
  const { clubSlug, runId } = await params;
  const club = await requireClub(clubSlug);
  const id = idSchema("workflowRun").safeParse(runId);
  if (!id.success) {
    notFound();
  }
  await prefetch(trpc.workflows.run.queryOptions({ clubId: club.id, runId: id.data }));
  return (
    <HydrateClient>
      <RunScreen runId={id.data} />
    </HydrateClient>
  );
};

export default RunPage;
