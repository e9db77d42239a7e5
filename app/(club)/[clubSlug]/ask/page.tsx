import type { Metadata } from "next";

import { AskScreen } from "#components/ask/ask-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { permissionsOf } from "#server/domain/permissions.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Ask Spotter" };

const AskPage = async ({ params }: PageProps<"/[clubSlug]/ask">) => {
  const club = await requireClub((await params).clubSlug);
  if (permissionsOf(club).includes("ask.use")) {
    await prefetch(trpc.ask.thread.queryOptions({ clubId: club.id }));
  }
  return (
    <HydrateClient>
      <AskScreen />
    </HydrateClient>
  );
};

export default AskPage;
