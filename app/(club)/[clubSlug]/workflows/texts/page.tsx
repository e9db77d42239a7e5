import type { Metadata } from "next";

import { TextsScreen } from "#components/workflows/texts-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Workflow texts" };

const TextsPage = async ({ params }: PageProps<"/[clubSlug]/workflows/texts">) => {
  const { id: clubId } = await requireClub((await params).clubSlug);
  await Promise.all([
    prefetch(trpc.workflows.texts.queryOptions({ clubId })),
    prefetch(trpc.workflows.campaigns.queryOptions({ clubId })),
    prefetch(trpc.snippets.list.queryOptions({ clubId })),
  ]);
  return (
    <HydrateClient>
      <TextsScreen />
    </HydrateClient>
  );
};

export default TextsPage;
