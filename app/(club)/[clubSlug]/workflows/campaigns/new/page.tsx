import type { Metadata } from "next";

import { NewCampaignScreen } from "#components/workflows/campaigns/new-campaign-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "New campaign" };

const NewCampaignPage = async ({ params }: PageProps<"/[clubSlug]/workflows/campaigns/new">) => {
  await requireClub((await params).clubSlug);
  return (
    <HydrateClient>
      <NewCampaignScreen />
    </HydrateClient>
  );
};

export default NewCampaignPage;
