import type { Metadata } from "next";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";

import { KnowledgeScreen } from "#components/knowledge/knowledge-screen.tsx";
import { knowledgeParams } from "#components/knowledge/search-params.ts";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Knowledge" };

const loadKnowledgeParams = createLoader(knowledgeParams);

type KnowledgePageProps = { readonly params: Promise<{ clubSlug: string }>; readonly searchParams: Promise<SearchParams> };

const KnowledgePage = async ({ params, searchParams }: KnowledgePageProps) => {
  const { id: clubId } = await requireClub((await params).clubSlug);
  const { state, search } = await loadKnowledgeParams(searchParams);
  await Promise.all([
    prefetch(trpc.knowledge.list.queryOptions({ clubId, state, search })),
    prefetch(trpc.knowledge.list.queryOptions({ clubId, state: "proposed" })),
    prefetch(trpc.knowledge.gaps.queryOptions({ clubId })),
    prefetch(trpc.knowledge.conflicts.queryOptions({ clubId })),
    prefetch(trpc.notices.specialDays.queryOptions({ clubId })),
  ]);
  return (
    <HydrateClient>
      <KnowledgeScreen />
    </HydrateClient>
  );
};

export default KnowledgePage;
