import type { Metadata } from "next";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";

import { MembersScreen } from "#components/members/members-screen.tsx";
import { filterOf, memberParams } from "#components/members/search-params.ts";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Members" };

const loadMemberParams = createLoader(memberParams);

type MembersPageProps = { readonly params: Promise<{ clubSlug: string }>; readonly searchParams: Promise<SearchParams> };

const MembersPage = async ({ params, searchParams }: MembersPageProps) => {
  const club = await requireClub((await params).clubSlug);
  const filter = filterOf(await loadMemberParams(searchParams));
  await Promise.all([
    prefetch(trpc.members.list.infiniteQueryOptions({ clubId: club.id, ...filter }, { getNextPageParam: (page) => page.nextCursor })),
    prefetch(trpc.members.segments.queryOptions({ clubId: club.id })),
  ]);
  return (
    <HydrateClient>
      <MembersScreen />
    </HydrateClient>
  );
};

export default MembersPage;
