"use client";

import { ArrowDown } from "lucide-react";
import { Fragment, memo, useRef, useState } from "react";
import type { ReactNode } from "react";

import { useClock } from "#components/lib/clock.tsx";
import type { Clock } from "#components/lib/format.ts";
import { formatDay } from "#components/lib/format.ts";
import { EventLine } from "#components/thread/event-line.tsx";
import { MessageBubble } from "#components/thread/message-bubble.tsx";
import { voiceOf } from "#components/thread/voice.ts";
import { Button } from "#components/ui/button.tsx";
import type { ThreadMessage } from "#server/domain/inbox-view.ts";

/** Scrolled up further than this, a button leads back to the newest message. */
const FAR_PX = 240;

type MessageListProps = {
  readonly messages: readonly ThreadMessage[];
  readonly contactName: string;
  readonly hasEarlier: boolean;
  readonly isLoadingEarlier: boolean;
  readonly onLoadEarlier: () => void;
  /** Replies on their way, the draft, and the sign that Spotter is writing. */
  readonly children: ReactNode;
};

/**
 * The messages, oldest first. The scroller runs bottom-up, so the browser itself keeps the newest message in view
 * and keeps its place when earlier ones are put in above.
 */
export const MessageList = ({ messages, contactName, hasEarlier, isLoadingEarlier, onLoadEarlier, children }: MessageListProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const [isFar, setIsFar] = useState(false);
  const clock = useClock();
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        tabIndex={0}
        role="group"
        aria-label="Messages"
        onScroll={({ currentTarget }) => setIsFar(currentTarget.scrollTop < -FAR_PX)}
        className="flex h-full flex-col-reverse overflow-y-auto overscroll-contain focus-visible:-outline-offset-2"
      >
        <div className="mt-auto flex flex-col px-4 pt-4 pb-5 md:px-6">
          {hasEarlier ? (
            <Button size="sm" kind="quiet" className="self-center" isBusy={isLoadingEarlier} onClick={onLoadEarlier}>
              Load earlier messages
            </Button>
          ) : (
            <p className="self-center text-xs text-ink-3">Beginning of the conversation</p>
          )}
          {messages.map((message, index) => (
            <Entry key={message.id} message={message} previous={messages[index - 1]} contactName={contactName} clock={clock} />
          ))}
          {children}
        </div>
      </div>
      {isFar ? (
        <Button
          size="sm"
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-float"
          onClick={() => scroller.current?.scrollTo({ top: 0 })}
        >
          <ArrowDown aria-hidden="true" />
          Newest
        </Button>
      ) : null}
    </div>
  );
};

type EntryProps = {
  readonly message: ThreadMessage;
  readonly previous: ThreadMessage | undefined;
  readonly contactName: string;
  readonly clock: Clock;
};

/** Whoever reads back loads page after page: what is there already is not drawn again. */
const Entry = memo(({ message, previous, contactName, clock }: EntryProps) => {
  const voice = voiceOf(message);
  const day = formatDay(message.sentAt, clock);
  const isNewDay = previous === undefined || formatDay(previous.sentAt, clock) !== day;
  return (
    <Fragment>
      {isNewDay ? (
        <h3 className="my-3 flex items-center gap-3 text-xs text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
          {day}
        </h3>
      ) : null}
      {voice === "event" ? (
        <EventLine message={message} contactName={contactName} />
      ) : (
        <MessageBubble
          message={message}
          voice={voice}
          contactName={contactName}
          isFirstOfRun={isNewDay || !isSameSpeaker(message, previous)}
        />
      )}
    </Fragment>
  );
});
Entry.displayName = "Entry";

const isSameSpeaker = (message: ThreadMessage, previous: ThreadMessage | undefined): boolean =>
  previous !== undefined &&
  voiceOf(previous) === voiceOf(message) &&
  previous.author === message.author &&
  previous.staffName === message.staffName;
