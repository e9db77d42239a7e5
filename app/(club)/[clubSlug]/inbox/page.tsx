import type { Metadata } from "next";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";

import { InboxScreen } from "#components/inbox/inbox-screen.tsx";
import { inboxParams, listQueryOf } from "#components/inbox/search-params.ts";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Inbox" };

const loadInboxParams = createLoader(inboxParams);

type InboxPageProps = { readonly params: Promise<{ clubSlug: string }>; readonly searchParams: Promise<SearchParams> };

const InboxPage = async ({ params, searchParams }: InboxPageProps) => {
  const club = await requireClub((await params).clubSlug);
  const inbox = await loadInboxParams(searchParams);
  const { conversation } = inbox;
  const input = { clubId: club.id };
  await Promise.all([
    prefetch(
      trpc.conversations.list.infiniteQueryOptions({ ...input, ...listQueryOf(inbox) }, { getNextPageParam: (page) => page.nextCursor }),
    ),
    ...(conversation === null
      ? []
      : [
          prefetch(trpc.conversations.thread.queryOptions({ ...input, conversationId: conversation })),
          prefetch(trpc.conversations.panel.queryOptions({ ...input, conversationId: conversation })),
        ]),
  ]);
  return (
    <HydrateClient>
      <InboxScreen />
    </HydrateClient>
  );
};

export default InboxPage;
