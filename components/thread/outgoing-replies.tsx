"use client";

import { Paperclip } from "lucide-react";

import { cn } from "#components/lib/cn.ts";
import type { OutgoingReply } from "#components/thread/use-replies.ts";
import { BUBBLE_BASE, BUBBLE_STYLES } from "#components/thread/voice.ts";
import { Button } from "#components/ui/button.tsx";

const STATES = {
  sending: "Sending",
  waiting: "Waits for the connection",
  failed: "Not handed over",
} as const satisfies Record<OutgoingReply["state"], string>;

type OutgoingRepliesProps = {
  readonly replies: readonly OutgoingReply[];
  readonly onRetry: (reply: OutgoingReply) => void;
  readonly onDiscard: (reply: OutgoingReply) => void;
};

/** Replies the server has not accepted yet. Trying again is safe: the same reply is never sent twice. */
export const OutgoingReplies = ({ replies, onRetry, onDiscard }: OutgoingRepliesProps) =>
  replies.map((reply) => (
    <div key={reply.clientKey} className="mt-3 flex flex-col gap-1">
      <div className={cn(BUBBLE_BASE, BUBBLE_STYLES.staff, "opacity-70")}>
        {reply.text}
        {reply.files.map(({ id, name }) => (
          <p key={id} className="mt-1 flex items-center gap-1.5 text-sm">
            <Paperclip aria-hidden="true" className="size-3.5 shrink-0" />
            <span className="truncate">{name}</span>
          </p>
        ))}
      </div>
      <p role="status" className={cn("self-end text-xs", reply.state === "failed" ? "text-bad-ink" : "text-ink-3")}>
        {STATES[reply.state]}
        {reply.failure === null ? null : `: ${reply.failure}`}
      </p>
      {reply.state === "failed" ? (
        <div className="flex gap-2 self-end">
          <Button size="sm" kind="quiet" onClick={() => onDiscard(reply)}>
            Discard
          </Button>
          <Button size="sm" onClick={() => onRetry(reply)}>
            Try again
          </Button>
        </div>
      ) : null}
    </div>
  ));
