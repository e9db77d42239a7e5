import type { Metadata } from "next";

import { RehearsalScreen } from "#components/rehearsals/rehearsal-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Try Spotter" };

const TestPage = async ({ params }: PageProps<"/[clubSlug]/agent/test">) => {
  await requireClub((await params).clubSlug);
  return (
    <HydrateClient>
      <RehearsalScreen />
    </HydrateClient>
  );
};

export default TestPage;
