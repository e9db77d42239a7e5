"use client";

import { useMutation } from "@tanstack/react-query";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { replyKey, useReplyDraft } from "#components/thread/use-reply-draft.ts";
import { Button } from "#components/ui/button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { PopupProps } from "#components/ui/popup-button.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import type { Id } from "#server/domain/ids.ts";

type Wish = "shorter" | "friendlier";

type RewriteMenuProps = PopupProps & { readonly conversationId: Id<"conversation"> };

/** The reply in other words: looked at first, and taken or left. */
export const RewriteMenu = ({ conversationId, ...popup }: RewriteMenuProps) => {
  const [text, setText] = useReplyDraft(replyKey(conversationId));
  const { id: clubId } = useClub();
  const { conversations } = useTRPCClient();
  const rewrite = useMutation({
    mutationFn: async (wish: Wish) => ({
      of: text,
      result: await conversations.rewriteReply.mutate({ clubId, conversationId, text: text.trim(), wish }),
    }),
  });
  // Words that were changed since are not what was rewritten.
  const result = rewrite.data?.of === text ? rewrite.data.result : null;
  const failure = rewrite.error === null ? (result?.kind === "not_rewritten" ? result.reason : null) : describeFailure(rewrite.error).title;
  const take = (words: string) => {
    setText(words);
    popup.onOpenChange(false);
  };
  return (
    <Popover {...popup} title="Rewrite">
      <div className="flex flex-col gap-3 p-4">
        <div className="flex gap-2">
          {(["shorter", "friendlier"] as const).map((wish) => (
            <Button
              key={wish}
              isBusy={rewrite.isPending && rewrite.variables === wish}
              disabled={rewrite.isPending}
              onClick={() => rewrite.mutate(wish)}
            >
              {wish === "shorter" ? "Shorter" : "Friendlier"}
            </Button>
          ))}
        </div>
        <p role="status" className="text-sm text-ink-2 empty:hidden">
          {rewrite.isPending ? "Spotter is writing" : failure}
        </p>
        {result?.kind === "rewritten" ? (
          <section
            aria-label="Other words"
            className="flex flex-col gap-2.5 rounded-card border border-dashed border-spotter-solid bg-spotter-tint/60 p-3"
          >
            <p className="flex items-center gap-1.5 text-xs text-spotter-ink">
              <SpotterGlyph className="size-3.5" />
              In other words, by Spotter. Nothing is sent.
            </p>
            <p className="text-base break-words whitespace-pre-wrap">{result.text}</p>
            <Button kind="primary" className="self-end" onClick={() => take(result.text)}>
              Use these words
            </Button>
          </section>
        ) : null}
      </div>
    </Popover>
  );
};
