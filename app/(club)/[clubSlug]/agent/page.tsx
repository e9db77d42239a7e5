import type { Metadata } from "next";

import { AgentScreen } from "#components/policy/agent-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Agent" };

const AgentPage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  const { id: clubId } = await requireClub((await params).clubSlug);
  await Promise.all([
    prefetch(trpc.policies.get.queryOptions({ clubId })),
    prefetch(trpc.policies.histogram.queryOptions({ clubId })),
    prefetch(trpc.automations.list.queryOptions({ clubId })),
  ]);
  return (
    <HydrateClient>
      <AgentScreen />
    </HydrateClient>
  );
};

export default AgentPage;
