import type { Metadata } from "next";

import { CatalogueScreen } from "#components/connections/catalogue-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Connect a vendor" };

const CataloguePage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  const club = await requireClub((await params).clubSlug);
  await prefetch(trpc.connections.providers.queryOptions({ clubId: club.id }));
  return (
    <HydrateClient>
      <CatalogueScreen />
    </HydrateClient>
  );
};

export default CataloguePage;
