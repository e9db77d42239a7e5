"use client";

import { useMemo, type RefObject } from "react";

import { useClock } from "#components/lib/clock.tsx";
import { Composer } from "#components/thread/composer.tsx";
import { MessageList } from "#components/thread/message-list.tsx";
import { OutgoingReplies } from "#components/thread/outgoing-replies.tsx";
import { ownershipHint, replyObstacle } from "#components/thread/ownership.ts";
import { SuggestionCard } from "#components/thread/suggestion-card.tsx";
import { useReplies } from "#components/thread/use-replies.ts";
import { useRoom } from "#components/thread/use-room.ts";
import { WhoElse } from "#components/thread/who-else.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import type { Suggestion, Thread, ThreadMessage } from "#server/domain/inbox-view.ts";

type ThreadBodyProps = {
  readonly newest: Thread;
  readonly messages: readonly ThreadMessage[];
  readonly hasEarlier: boolean;
  readonly isLoadingEarlier: boolean;
  readonly onLoadEarlier: () => void;
  readonly onSight: (first: number, last: number) => void;
  readonly addNote: {
    readonly isPending: boolean;
    readonly mutate: (text: string, options: { readonly onSuccess: () => void }) => void;
  };
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
};

export const ThreadBody = ({
  newest,
  messages,
  hasEarlier,
  isLoadingEarlier,
  onLoadEarlier,
  onSight,
  addNote,
  fieldRef,
}: ThreadBodyProps) => {
  const { conversation, suggestion, isAgentThinking } = newest;
  const { outgoing, send, retry, discard } = useReplies(conversation.id);
  const clock = useClock();
  const room = useRoom(conversation.id);
  const shown = useMemo(() => withoutRepeatedWhy(messages, suggestion), [messages, suggestion]);
  return (
    <>
      <MessageList
        messages={shown}
        contactName={conversation.contactName}
        hasEarlier={hasEarlier}
        isLoadingEarlier={isLoadingEarlier}
        onLoadEarlier={onLoadEarlier}
        onSight={onSight}
      >
        <OutgoingReplies replies={outgoing} onRetry={retry} onDiscard={discard} />
        {isAgentThinking ? <AgentThinking /> : null}
        {suggestion === null ? null : (
          <SuggestionCard key={suggestion.approvalId} suggestion={suggestion} conversationId={conversation.id} />
        )}
      </MessageList>
      <WhoElse others={room.others} typing={room.typing} />
      <Composer
        conversationId={conversation.id}
        contactName={conversation.contactName}
        hint={ownershipHint(conversation, clock)}
        obstacle={replyObstacle(newest)}
        isSavingNote={addNote.isPending}
        channel={conversation.channelKind}
        channels={newest.channels}
        languages={newest.languages}
        files={newest.files}
        onReply={send}
        onNote={(text, done) => addNote.mutate(text, { onSuccess: done })}
        onTyping={room.tell}
        fieldRef={fieldRef}
      />
    </>
  );
};

/** The answer or the draft shows the reasons of its decision; the message that led to it does not say them a second time. */
const withoutRepeatedWhy = (messages: readonly ThreadMessage[], suggestion: Suggestion | null): readonly ThreadMessage[] => {
  const answers = [suggestion?.why, ...messages.filter(({ direction }) => direction === "outbound").map(({ why }) => why)];
  const told = new Set(answers.map((why) => why?.decidedAt.getTime()));
  return messages.map((message) =>
    message.direction === "inbound" && told.has(message.why?.decidedAt.getTime()) ? { ...message, why: null } : message,
  );
};

const AgentThinking = () => (
  <p
    role="status"
    className="mt-3 flex items-center gap-1.5 self-end rounded-card border border-dashed border-spotter-line bg-spotter-tint/60 px-3 py-1.5 text-sm text-spotter-ink"
  >
    <SpotterGlyph className="size-3.5" />
    Spotter is writing
  </p>
);
