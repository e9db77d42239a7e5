import type { Metadata } from "next";

import { MeScreen } from "#components/settings/me-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "You" };

const MePage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  await requireClub((await params).clubSlug);
  await prefetch(trpc.account.get.queryOptions());
  return (
    <HydrateClient>
      <MeScreen />
    </HydrateClient>
  );
};

export default MePage;
