import type { Metadata } from "next";

import { HealthReport } from "#components/health/health-report.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Health" };

const HealthPage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  const club = await requireClub((await params).clubSlug);
  await prefetch(trpc.connections.health.queryOptions({ clubId: club.id }));
  return (
    <HydrateClient>
      <HealthReport />
    </HydrateClient>
  );
};

export default HealthPage;
