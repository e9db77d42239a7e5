import type { Metadata } from "next";

import { TeamScreen } from "#app/(club)/[clubSlug]/team/team-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Team" };

const TeamPage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  const club = await requireClub((await params).clubSlug);
  await prefetch(trpc.team.get.queryOptions({ clubId: club.id }));
  return (
    <HydrateClient>
      <TeamScreen />
    </HydrateClient>
  );
};

export default TeamPage;
