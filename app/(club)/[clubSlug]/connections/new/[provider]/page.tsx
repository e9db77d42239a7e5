import type { Metadata } from "next";

import { ConnectScreen } from "#components/connections/connect-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Connect a vendor" };

const ConnectPage = async ({ params }: { readonly params: Promise<{ clubSlug: string; provider: string }> }) => {
  const { clubSlug, provider } = await params;
  const club = await requireClub(clubSlug);
  await prefetch(trpc.connections.providers.queryOptions({ clubId: club.id }));
  return (
    <HydrateClient>
      <ConnectScreen provider={provider} />
    </HydrateClient>
  );
};

export default ConnectPage;
