import type { Metadata } from "next";

import { FirstRunScreen } from "#components/first-run/first-run-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Set up" };

const FirstRunPage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  const club = await requireClub((await params).clubSlug);
  await prefetch(trpc.firstRun.get.queryOptions({ clubId: club.id }));
  return (
    <HydrateClient>
      <FirstRunScreen />
    </HydrateClient>
  );
};

export default FirstRunPage;
