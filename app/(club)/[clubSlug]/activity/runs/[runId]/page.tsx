import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { RunScreen } from "#components/activity/run-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { idSchema } from "#server/domain/ids.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Run" };

type RunPageProps = { readonly params: Promise<{ clubSlug: string; runId: string }> };

const RunPage = async ({ params }: RunPageProps) => {
  const { clubSlug, runId: asked } = await params;
  const club = await requireClub(clubSlug);
  const runId = idSchema("agentRun").safeParse(asked);
  if (!runId.success) {
    notFound();
  }
  await prefetch(trpc.aiActions.run.queryOptions({ clubId: club.id, runId: runId.data }));
  return (
    <HydrateClient>
      <RunScreen runId={runId.data} />
    </HydrateClient>
  );
};

export default RunPage;
