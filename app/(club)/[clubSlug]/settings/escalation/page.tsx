import type { Metadata } from "next";

import { EscalationScreen } from "#components/escalations/escalation-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Escalation" };

const EscalationPage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  const { id: clubId } = await requireClub((await params).clubSlug);
  await prefetch(trpc.escalations.rules.queryOptions({ clubId }));
  return (
    <HydrateClient>
      <EscalationScreen />
    </HydrateClient>
  );
};

export default EscalationPage;
