import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { CampaignScreen } from "#components/workflows/campaigns/campaign-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { idSchema } from "#server/domain/ids.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Campaign" };

const CampaignPage = async ({ params }: PageProps<"/[clubSlug]/workflows/campaigns/[campaignId]">) => {
  const { campaignId, clubSlug } = await params;
  const club = await requireClub(clubSlug);
  const id = idSchema("workflow").safeParse(campaignId);
  if (!id.success) {
    notFound();
  }
  const input = { clubId: club.id, workflowId: id.data };
  await Promise.all([
    prefetch(trpc.workflows.get.queryOptions(input)),
    prefetch(trpc.workflows.reviewFacts.queryOptions(input)),
    prefetch(trpc.workflows.campaignResults.queryOptions(input)),
  ]);
  return (
    <HydrateClient>
      <CampaignScreen workflowId={id.data} />
    </HydrateClient>
  );
};

export default CampaignPage;
