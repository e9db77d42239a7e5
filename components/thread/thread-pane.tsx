"use client";

import { useQueryStates } from "nuqs";
import { useRef } from "react";

import { inboxParams } from "#components/inbox/search-params.ts";
import { useHotkeys } from "#components/lib/use-hotkeys.ts";
import { ThreadBody } from "#components/thread/thread-body.tsx";
import { ThreadHeader } from "#components/thread/thread-header.tsx";
import { useMarkRead } from "#components/thread/use-mark-read.ts";
import { useThreadActions } from "#components/thread/use-thread-actions.ts";
import { useThread } from "#components/thread/use-thread.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Id } from "#server/domain/ids.ts";

type ThreadPaneProps = {
  readonly conversationId: Id<"conversation">;
  readonly onBack: () => void;
  readonly onOpenPanel: () => void;
};

/** One conversation: what was said, what Spotter proposes, and the way to answer. */
export const ThreadPane = ({ conversationId, onBack, onOpenPanel }: ThreadPaneProps) => {
  const [{ panel }] = useQueryStates(inboxParams);
  const { messages, onSight, thread } = useThread(conversationId);
  const actions = useThreadActions(conversationId);
  const field = useRef<HTMLTextAreaElement>(null);
  const newest = thread.data?.pages[0] ?? null;
  const conversation = newest?.conversation ?? null;
  useMarkRead(conversation);
  useHotkeys({
    r: { label: "Reply", run: () => field.current?.focus() },
    ...(conversation?.handledBy === "agent" ? { t: { label: "Take over", run: () => actions.takeOver.mutate(undefined) } } : {}),
    ...(conversation?.handledBy === "staff" ? { h: { label: "Hand back to Spotter", run: () => actions.handBack.mutate(undefined) } } : {}),
    ...(conversation === null || conversation.status === "resolved"
      ? {}
      : { e: { label: "Resolve", run: () => actions.resolve.mutate(undefined) } }),
  });

  return (
    <section
      aria-label={conversation?.contactName ?? "Conversation"}
      aria-busy={thread.isFetching}
      className="flex h-full min-w-0 flex-1 flex-col"
    >
      <ThreadHeader
        conversation={conversation}
        isLoading={thread.isPending}
        actions={{
          takeOver: runnable(actions.takeOver),
          handBack: runnable(actions.handBack),
          resolve: runnable(actions.resolve),
          reopen: runnable(actions.reopen),
        }}
        panelButtonClass={panel === null ? "xl:hidden" : panel === "open" ? "hidden" : ""}
        onBack={onBack}
        onOpenPanel={onOpenPanel}
      />
      {thread.isPending ? <SkeletonRows count={5} label="Loading the conversation" /> : null}
      {thread.isError && newest === null ? <ErrorState error={thread.error} onRetry={() => void thread.refetch()} /> : null}
      {newest === null || thread.data === undefined ? null : (
        <ThreadBody
          newest={newest}
          messages={messages}
          hasEarlier={thread.hasNextPage}
          isLoadingEarlier={thread.isFetchingNextPage}
          onLoadEarlier={() => void thread.fetchNextPage()}
          onSight={onSight}
          addNote={actions.addNote}
          fieldRef={field}
        />
      )}
    </section>
  );
};

const runnable = (mutation: { readonly isPending: boolean; readonly mutate: (variables: undefined) => void }) => ({
  isPending: mutation.isPending,
  run: () => mutation.mutate(undefined),
});
