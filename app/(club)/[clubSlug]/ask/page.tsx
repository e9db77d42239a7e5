import type { Metadata } from "next";

import { AskScreen } from "#components/ask/ask-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { ROLE_PERMISSIONS, type Permission } from "#server/domain/permissions.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Ask Spotter" };

const AskPage = async ({ params }: PageProps<"/[clubSlug]/ask">) => {
  const { id: clubId, role } = await requireClub((await params).clubSlug);
  const permissions: readonly Permission[] = ROLE_PERMISSIONS[role];
  if (permissions.includes("ask.use")) {
    await prefetch(trpc.ask.thread.queryOptions({ clubId }));
  }
  return (
    <HydrateClient>
      <AskScreen />
    </HydrateClient>
  );
};

export default AskPage;
