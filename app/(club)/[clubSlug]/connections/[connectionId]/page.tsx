import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { ConnectionScreen } from "#components/connections/connection-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { idSchema } from "#server/domain/ids.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Connection" };

const ConnectionPage = async ({ params }: { readonly params: Promise<{ clubSlug: string; connectionId: string }> }) => {
  const { clubSlug, connectionId } = await params;
  const club = await requireClub(clubSlug);
  const id = idSchema("connection").safeParse(connectionId);
  if (!id.success) {
    notFound();
  }
  await prefetch(trpc.connections.get.queryOptions({ clubId: club.id, connectionId: id.data }));
  return (
    <HydrateClient>
      <ConnectionScreen connectionId={id.data} />
    </HydrateClient>
  );
};

export default ConnectionPage;
