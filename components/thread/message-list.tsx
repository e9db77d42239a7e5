"use client";

import { ArrowDown } from "lucide-react";
import { Fragment, memo, useRef, useState } from "react";
import type { ReactNode } from "react";

import { useClock } from "#components/lib/clock.tsx";
import type { Clock } from "#components/lib/format.ts";
import { formatDay, isSameDay } from "#components/lib/format.ts";
import { EventLine } from "#components/thread/event-line.tsx";
import { MessageBubble } from "#components/thread/message-bubble.tsx";
import { scrollByKey } from "#components/thread/scroll-by-key.ts";
import { useVirtualMessages } from "#components/thread/use-virtual-messages.ts";
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
  /** Called with the places in `messages` of the first and the last one in sight, when the thread stands still. */
  readonly onSight: (first: number, last: number) => void;
  /** Replies on their way, the draft, and the sign that Spotter is writing. */
  readonly children: ReactNode;
};

/**
 * The messages, oldest first; only those in sight exist. The scroller runs bottom-up, so the browser itself keeps the
 * newest message in view, and keeps its place when earlier ones are put in above or turn out higher than was thought.
 */
export const MessageList = ({
  children,
  contactName,
  hasEarlier,
  isLoadingEarlier,
  messages,
  onLoadEarlier,
  onSight,
}: MessageListProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const [isFar, setIsFar] = useState(false);
  const clock = useClock();
  const { earlierPx, entries, hold, measure } = useVirtualMessages({ messages, scroller, onSight });
  return (
    <div className="relative min-h-0 flex-1">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it is a tab stop, and the keys scroll it as they would without us */}
      <div
        ref={scroller}
        tabIndex={0}
        role="group"
        aria-label="Messages"
        onKeyDown={scrollByKey}
        onScroll={({ currentTarget }) => setIsFar(currentTarget.scrollTop < -FAR_PX)}
        className="flex h-full flex-col-reverse overflow-y-auto overscroll-contain focus-visible:-outline-offset-2"
      >
        <div className="mt-auto flex flex-col px-4 pt-4 md:px-6">
          {hasEarlier ? <Earlier isBusy={isLoadingEarlier} onLoad={onLoadEarlier} /> : <Beginning />}
          <Unseen px={earlierPx} />
          {entries.map(({ at, laterPx, place }) => {
            const message = messages[at];
            return (
              <Fragment key={message?.id ?? "end"}>
                <div ref={measure} data-index={place} onFocus={() => hold(message?.id ?? null)} className="flex flex-col">
                  {message === undefined ? (
                    <div className="flex flex-col pb-5">{children}</div>
                  ) : (
                    <Entry
                      message={message}
                      previous={messages[at - 1]}
                      contactName={contactName}
                      clock={clock}
                      position={at + 1}
                      count={messages.length}
                    />
                  )}
                </div>
                <Unseen px={laterPx} />
              </Fragment>
            );
          })}
        </div>
      </div>
      {isFar ? <ToNewest onPress={() => scroller.current?.scrollTo({ top: 0 })} /> : null}
    </div>
  );
};

const Earlier = ({ isBusy, onLoad }: { readonly isBusy: boolean; readonly onLoad: () => void }) => (
  <Button size="sm" kind="quiet" className="self-center" isBusy={isBusy} onClick={onLoad}>
    Load earlier messages
  </Button>
);

const Beginning = () => <p className="self-center text-xs text-ink-3">Beginning of the conversation</p>;

const ToNewest = ({ onPress }: { readonly onPress: () => void }) => (
  <Button size="sm" className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-float" onClick={onPress}>
    <ArrowDown aria-hidden="true" />
    Newest
  </Button>
);

/** Holds the place of messages that do not exist right now; the browser must not hold on to it while others change. */
const Unseen = ({ px }: { readonly px: number }) =>
  px <= 0 ? null : <div aria-hidden="true" style={{ height: px }} className="shrink-0 [overflow-anchor:none]" />;

type EntryProps = {
  readonly message: ThreadMessage;
  readonly previous: ThreadMessage | undefined;
  readonly contactName: string;
  readonly clock: Clock;
  /** Its place among the loaded ones, from 1. */
  readonly position: number;
  readonly count: number;
};

/** Whoever scrolls sees the same messages again and again: they are not drawn again. */
const Entry = memo(({ message, previous, contactName, clock, position, count }: EntryProps) => {
  const voice = voiceOf(message);
  const isNewDay = previous === undefined || !isSameDay(previous.sentAt, message.sentAt, clock.zone);
  return (
    <Fragment>
      {isNewDay ? (
        <h3 className="my-3 flex items-center gap-3 text-xs text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
          {formatDay(message.sentAt, clock)}
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
          position={position}
          count={count}
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
