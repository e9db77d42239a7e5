import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";

import { PersonScreen } from "#components/person/person-screen.tsx";
import { personParams } from "#components/person/search-params.ts";
import { requireClub } from "#server/auth/session.ts";
import { idSchema } from "#server/domain/ids.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Person" };

const loadPersonParams = createLoader(personParams);

type PersonPageProps = {
  readonly params: Promise<{ clubSlug: string; contactId: string }>;
  readonly searchParams: Promise<SearchParams>;
};

const PersonPage = async ({ params, searchParams }: PersonPageProps) => {
  const { clubSlug, contactId: asked } = await params;
  const club = await requireClub(clubSlug);
  const contactId = idSchema("contact").safeParse(asked);
  if (!contactId.success) {
    notFound();
  }
  const { show } = await loadPersonParams(searchParams);
  const person = { clubId: club.id, contactId: contactId.data };
  await Promise.all([
    prefetch(trpc.members.person.queryOptions(person)),
    prefetch(trpc.members.timeline.infiniteQueryOptions({ ...person, groups: show }, { getNextPageParam: (page) => page.nextCursor })),
  ]);
  return (
    <HydrateClient>
      <PersonScreen contactId={contactId.data} />
    </HydrateClient>
  );
};

export default PersonPage;
