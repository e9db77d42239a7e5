"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { BellOff, Check } from "lucide-react";
import Link from "next/link";

import { useClub } from "#components/lib/club.tsx";
import { cn } from "#components/lib/cn.ts";
import { describeFailure } from "#components/lib/failure.ts";
import { routeOf, settingsPath } from "#components/lib/paths.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { notify } from "#components/ui/toast.tsx";
import { NOTIFICATION_WORDS } from "#server/domain/notification-words.ts";
import type { AppRouter } from "#server/trpc/root.ts";

type Row = inferRouterOutputs<AppRouter>["notifications"]["list"]["items"][number];

type NotificationListProps = { readonly unreadCount: number; readonly onLeave: () => void };

/** What I was told of, newest first; opening one is reading it. */
export const NotificationList = ({ onLeave, unreadCount }: NotificationListProps) => {
  const { id: clubId, slug } = useClub();
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.notifications.list.infiniteQueryOptions({ clubId }, { getNextPageParam: ({ nextCursor }) => nextCursor }),
  );
  const read = useRead();
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const newest = rows[0]?.createdAt;
  return (
    <>
      <div className="flex items-center justify-between gap-2 border-b border-line px-4 py-2">
        <Link href={settingsPath(slug, "notifications")} onClick={onLeave} className="text-xs text-ink-2 underline underline-offset-2">
          Choose what you are told of
        </Link>
        <Button
          size="sm"
          kind="quiet"
          disabled={unreadCount === 0 || newest === undefined}
          isBusy={read.isPending}
          onClick={newest === undefined ? undefined : () => read.mutate({ until: newest })}
        >
          Mark all as read
        </Button>
      </div>
      {list.isPending ? <SkeletonRows count={3} label="Loading what you were told" /> : null}
      {list.isError && list.data === undefined ? <ErrorState error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.data !== undefined && rows.length === 0 ? (
        <EmptyState icon={<BellOff />} title="Nothing for you yet">
          A conversation that needs you, a yes that is yours to give or a connection that fails shows up here.
        </EmptyState>
      ) : null}
      <ul>
        {rows.map((row) => (
          <Item
            key={row.id}
            row={row}
            onOpen={() => {
              onLeave();
              if (row.isUnread) {
                read.mutate({ notificationId: row.id });
              }
            }}
          />
        ))}
      </ul>
      {list.hasNextPage ? (
        <div className="p-3 text-center">
          <Button size="sm" isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show older ones
          </Button>
        </div>
      ) : null}
    </>
  );
};

const Item = ({ onOpen, row }: { readonly row: Row; readonly onOpen: () => void }) => {
  const { slug } = useClub();
  return (
    <li className="border-b border-line last:border-b-0">
      <Link
        href={routeOf(`${slug}/${row.path}`)}
        onClick={onOpen}
        className="flex gap-3 px-4 py-3 transition-colors hover:bg-sunken focus-visible:-outline-offset-2"
      >
        <span aria-hidden="true" className={cn("mt-1.5 size-2 shrink-0 rounded-full", row.isUnread ? "bg-solid" : "bg-transparent")} />
        <span className="min-w-0 flex-1">
          <span className={cn("block text-sm", row.isUnread ? "font-semibold" : "text-ink-2")}>
            {row.isUnread ? <span className="sr-only">Unread: </span> : null}
            {row.title}
          </span>
          <span className="line-clamp-3 text-sm break-words whitespace-pre-line text-ink-2">{row.detail}</span>
          <span className="mt-1 flex flex-wrap items-center gap-x-1.5 text-xs text-ink-3">
            {NOTIFICATION_WORDS[row.kind].label} · <RelativeTime at={row.createdAt} isInSentence />
            {row.isSettled ? (
              <span className="inline-flex items-center gap-1 text-good-ink">
                · <Check aria-hidden="true" className="size-3" /> done
              </span>
            ) : null}
          </span>
        </span>
      </Link>
    </li>
  );
};

/** One of them, or all up to the newest that is shown. */
const useRead = () => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (seen: { readonly notificationId: Row["id"] } | { readonly until: Date }) =>
      client.notifications.read.mutate({ clubId, ...seen }),
    onSettled: async () => {
      await queryClient.invalidateQueries(trpc.notifications.list.pathFilter());
      await queryClient.invalidateQueries(trpc.notifications.unread.pathFilter());
    },
    onError: (error) => {
      const { advice, title } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  });
};
