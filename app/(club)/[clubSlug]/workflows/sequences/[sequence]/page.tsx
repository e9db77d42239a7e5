import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { SequenceScreen } from "#components/workflows/sequences/sequence-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { SEQUENCES } from "#server/domain/workflows/sequence.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Follow-up" };

const SequencePage = async ({ params }: PageProps<"/[clubSlug]/workflows/sequences/[sequence]">) => {
  const { clubSlug, sequence } = await params;
  const { id: clubId } = await requireClub(clubSlug);
  const name = SEQUENCES.find((one) => one === sequence);
  if (name === undefined) {
    notFound();
  }
  await prefetch(trpc.workflows.sequences.queryOptions({ clubId }));
  return (
    <HydrateClient>
      <SequenceScreen name={name} />
    </HydrateClient>
  );
};

export default SequencePage;
