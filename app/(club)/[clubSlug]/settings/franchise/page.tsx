import type { Metadata } from "next";

import { FranchiseScreen } from "#components/settings/franchise-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Franchise" };

const FranchisePage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  const club = await requireClub((await params).clubSlug);
  if (club.role === "owner") {
    await prefetch(trpc.clubs.franchise.queryOptions({ clubId: club.id }));
  }
  return (
    <HydrateClient>
      <FranchiseScreen />
    </HydrateClient>
  );
};

export default FranchisePage;
