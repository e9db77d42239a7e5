import type { Metadata } from "next";

import { CampaignsScreen } from "#components/workflows/campaigns/campaigns-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Campaigns" };

const CampaignsPage = async ({ params }: PageProps<"/[clubSlug]/workflows/campaigns">) => {
  const { id: clubId } = await requireClub((await params).clubSlug);
  await prefetch(trpc.workflows.campaigns.queryOptions({ clubId }));
  return (
    <HydrateClient>
      <CampaignsScreen />
    </HydrateClient>
  );
};

export default CampaignsPage;
