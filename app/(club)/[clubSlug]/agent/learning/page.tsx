import type { Metadata } from "next";

import { LearningScreen } from "#components/learning/learning-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Learning" };

const LearningPage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  const club = await requireClub((await params).clubSlug);
  await Promise.all([
    prefetch(trpc.learning.satisfaction.queryOptions({ clubId: club.id })),
    prefetch(trpc.learning.autonomy.queryOptions({ clubId: club.id })),
    prefetch(trpc.learning.examples.queryOptions({ clubId: club.id })),
    prefetch(trpc.learning.rules.queryOptions({ clubId: club.id })),
  ]);
  return (
    <HydrateClient>
      <LearningScreen />
    </HydrateClient>
  );
};

export default LearningPage;
