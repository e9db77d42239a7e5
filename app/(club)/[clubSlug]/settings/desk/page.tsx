import type { Metadata } from "next";

import { DesksScreen } from "#components/desks/desks-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Desk" };

const DeskSettingsPage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  const { id: clubId } = await requireClub((await params).clubSlug);
  await prefetch(trpc.desks.list.queryOptions({ clubId }));
  return (
    <HydrateClient>
      <DesksScreen />
    </HydrateClient>
  );
};

export default DeskSettingsPage;
