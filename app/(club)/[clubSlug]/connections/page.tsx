import type { Metadata } from "next";

import { ConnectionsScreen } from "#components/connections/connections-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Connections" };

const ConnectionsPage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  const club = await requireClub((await params).clubSlug);
  await prefetch(trpc.connections.health.queryOptions({ clubId: club.id }));
  return (
    <HydrateClient>
      <ConnectionsScreen />
    </HydrateClient>
  );
};

export default ConnectionsPage;
