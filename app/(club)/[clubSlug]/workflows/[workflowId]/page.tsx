import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { WorkflowScreen } from "#components/workflows/workflow-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { idSchema } from "#server/domain/ids.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Workflow" };

const WorkflowPage = async ({ params }: PageProps<"/[clubSlug]/workflows/[workflowId]">) => {
  const { clubSlug, workflowId } = await params;
  const club = await requireClub(clubSlug);
  const id = idSchema("workflow").safeParse(workflowId);
  if (!id.success) {
    notFound();
  }
  const input = { clubId: club.id, workflowId: id.data };
  await Promise.all([prefetch(trpc.workflows.get.queryOptions(input)), prefetch(trpc.workflows.reviewFacts.queryOptions(input))]);
  return (
    <HydrateClient>
      <WorkflowScreen workflowId={id.data} />
    </HydrateClient>
  );
};

export default WorkflowPage;
