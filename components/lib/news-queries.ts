import type { QueryClient, QueryFilters } from "@tanstack/react-query";

import type { News } from "#components/lib/live-feed.ts";
import type { useTRPC } from "#components/lib/trpc.tsx";

type Trpc = ReturnType<typeof useTRPC>;

/** Which queries a piece of news makes stale. News of a kind this build does not know makes all of them stale. */
export const staleQueries = (trpc: Trpc, news: News): readonly QueryFilters[] => {
  const byTopic = new Map<string, readonly QueryFilters[]>([
    ["conversation", conversationQueries(trpc, news?.conversationId ?? null)],
    ["ask", [trpc.ask.pathFilter()]],
    [
      "approval",
      [
        trpc.approvals.pathFilter(),
        trpc.pastDue.cases.pathFilter(),
        trpc.ask.pathFilter(),
        ...conversationQueries(trpc, news?.conversationId ?? null),
      ],
    ],
    ["alert", [trpc.alerts.list.pathFilter(), trpc.connections.health.pathFilter()]],
    // Bookings, balances and visits come by either; a panel may show them.
    [
      "connection",
      [trpc.members.pathFilter(), trpc.pastDue.pathFilter(), trpc.connections.pathFilter(), trpc.conversations.panel.pathFilter()],
    ],
    [
      "club",
      [
        trpc.members.pathFilter(),
        trpc.pastDue.pathFilter(),
        trpc.clubs.pathFilter(),
        trpc.conversations.panel.pathFilter(),
        trpc.policies.pathFilter(),
        trpc.automations.pathFilter(),
      ],
    ],
    ["notification", [trpc.notifications.list.pathFilter(), trpc.notifications.unread.pathFilter()]],
    ["workflow", [trpc.workflows.pathFilter(), trpc.pastDue.pathFilter()]],
    ["learning", [trpc.learning.pathFilter()]],
    ["knowledge", [trpc.knowledge.pathFilter(), trpc.notices.pathFilter()]],
  ]);
  return (
    (news === null ? undefined : byTopic.get(news.topic)) ?? [
      trpc.conversations.pathFilter(),
      trpc.approvals.pathFilter(),
      trpc.ask.pathFilter(),
      trpc.alerts.pathFilter(),
      trpc.connections.pathFilter(),
      trpc.aiActions.pathFilter(),
      trpc.clubs.pathFilter(),
      trpc.policies.pathFilter(),
      trpc.automations.pathFilter(),
      trpc.members.pathFilter(),
      trpc.pastDue.pathFilter(),
      trpc.knowledge.pathFilter(),
      trpc.learning.pathFilter(),
      trpc.notices.pathFilter(),
      trpc.notifications.list.pathFilter(),
      trpc.notifications.unread.pathFilter(),
      trpc.workflows.pathFilter(),
    ]
  );
};

/** Asks again for everything the filters name that is on screen; the rest is asked for when it is next shown. */
export const refresh = async (queryClient: QueryClient, filters: readonly QueryFilters[]): Promise<void> => {
  await Promise.all(filters.map((filter) => queryClient.invalidateQueries(filter)));
};

/** The inbox, and of one conversation its thread and panel; of all conversations when none is named. */
export const conversationQueries = (trpc: Trpc, conversationId: string | null): readonly QueryFilters[] => [
  trpc.conversations.list.pathFilter(),
  trpc.conversations.counts.pathFilter(),
  trpc.conversations.leftAtClosing.pathFilter(),
  trpc.aiActions.list.pathFilter(),
  ofConversation(trpc.conversations.thread.pathFilter(), conversationId),
  ofConversation(trpc.conversations.panel.pathFilter(), conversationId),
];

const ofConversation = (filter: QueryFilters, conversationId: string | null): QueryFilters =>
  conversationId === null ? filter : { ...filter, predicate: ({ queryKey }) => inputOf(queryKey[1]) === conversationId };

const inputOf = (part: unknown): unknown => {
  if (typeof part !== "object" || part === null || !("input" in part)) {
    return undefined;
  }
  const { input } = part;
  return typeof input === "object" && input !== null && "conversationId" in input ? input.conversationId : undefined;
};
