"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { conversationQueries, refresh } from "#components/lib/news-queries.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { useHotkeys } from "#components/lib/use-hotkeys.ts";
import { setReplyFiles } from "#components/thread/reply-files.ts";
import { replyKey, setReplyDraft } from "#components/thread/use-reply-draft.ts";
import { Button } from "#components/ui/button.tsx";
import { notify } from "#components/ui/toast.tsx";
import type { ThreadMessage } from "#server/domain/inbox-view.ts";

/** A reply that waits on the server for a few seconds: it can be taken back into the composer, word for word. */
export const TakeBack = ({ message }: { readonly message: ThreadMessage }) => {
  const { id: clubId, slug } = useClub();
  const trpc = useTRPC();
  const { conversations } = useTRPCClient();
  const queryClient = useQueryClient();
  const { isPending, mutate } = useMutation({
    mutationFn: () => conversations.takeBackReply.mutate({ clubId, messageId: message.id }),
    onSuccess: ({ conversationId }) => {
      const { body, translation } = message;
      setReplyDraft(replyKey(conversationId), translation?.source === "staff" ? translation.text : body);
      setReplyFiles(conversationId, { sent: message.files ?? [], slug });
    },
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
    onSettled: () => refresh(queryClient, conversationQueries(trpc, null)),
  });
  useHotkeys({ z: { label: "Undo the reply", run: () => mutate() } });
  return (
    <Button size="sm" isBusy={isPending} onClick={() => mutate()} data-tip="It has not gone out yet · z">
      <Undo2 aria-hidden="true" />
      Undo
    </Button>
  );
};
