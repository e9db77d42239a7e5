import type { Metadata } from "next";

import { SequencesScreen } from "#components/workflows/sequences/sequences-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Follow-ups" };

const SequencesPage = async ({ params }: PageProps<"/[clubSlug]/workflows/sequences">) => {
  const { id: clubId } = await requireClub((await params).clubSlug);
  await prefetch(trpc.workflows.sequences.queryOptions({ clubId }));
  return (
    <HydrateClient>
      <SequencesScreen />
    </HydrateClient>
  );
};

export default SequencesPage;
