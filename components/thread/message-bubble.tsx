"use client";

import { Lock } from "lucide-react";
import type { ReactNode } from "react";

import { useZone } from "#components/lib/clock.tsx";
import { cn } from "#components/lib/cn.ts";
import { formatMoment, formatTime } from "#components/lib/format.ts";
import { DeliveryProblem, DeliveryState } from "#components/thread/delivery-state.tsx";
import { MessageFiles } from "#components/thread/message-files.tsx";
import { TakeBack } from "#components/thread/take-back.tsx";
import { Translation } from "#components/thread/translation.tsx";
import { BUBBLE_BASE, BUBBLE_STYLES, voiceOf } from "#components/thread/voice.ts";
import type { Voice } from "#components/thread/voice.ts";
import { WhyLine } from "#components/thread/why-line.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import type { ThreadMessage } from "#server/domain/inbox-view.ts";

type Bubble = Exclude<Voice, "event">;

type MessageBubbleProps = {
  readonly message: ThreadMessage;
  readonly voice: Bubble;
  readonly contactName: string;
  /** False for the second and later messages of one voice in a row. */
  readonly isFirstOfRun: boolean;
  /** Its place among the loaded messages, from 1: not all of them stand in the document. */
  readonly position: number;
  readonly count: number;
};

export const MessageBubble = ({ message, voice, contactName, isFirstOfRun, position, count }: MessageBubbleProps) => (
  <article
    aria-posinset={position}
    aria-setsize={count}
    aria-label={`${speakerName(message, contactName)} wrote`}
    className={cn("flex flex-col gap-1", isFirstOfRun ? "mt-3" : "mt-0.5")}
  >
    {isFirstOfRun ? <Speaker voice={voice} name={speakerName(message, contactName)} /> : null}
    <div className={cn(BUBBLE_BASE, BUBBLE_STYLES[voice])}>
      {message.subject === null ? null : <p className="mb-1 font-semibold">{message.subject}</p>}
      {message.body}
      {message.files === undefined ? null : (
        <MessageFiles files={message.files} isBelowWords={message.body !== "" || message.subject !== null} />
      )}
    </div>
    <div className={cn("flex flex-col gap-1 empty:hidden", voice === "contact" ? "self-start" : "self-end")}>
      <Translation message={message} />
    </div>
    <DeliveryProblem message={message} />
    <Footer message={message} voice={voice} />
  </article>
);

const Footer = ({ message, voice }: { readonly message: ThreadMessage; readonly voice: Bubble }) => {
  const zone = useZone();
  const side = voice === "contact" ? "left" : "right";
  return (
    <footer className={cn("flex flex-wrap items-start gap-x-2 text-xs text-ink-3", side === "right" && "flex-row-reverse")}>
      <span className="flex min-h-6 items-center gap-2">
        <time dateTime={message.sentAt.toISOString()} title={formatMoment(message.sentAt, zone)} className="tabular-nums">
          {formatTime(message.sentAt, zone)}
        </time>
        {message.heldUntil === undefined ? null : <TakeBack message={message} />}
        {message.direction === "outbound" && message.heldUntil === undefined ? <DeliveryState status={message.status} /> : null}
      </span>
      {message.why === null ? null : (
        <div className="min-w-0 flex-1 max-md:basis-full">
          <WhyLine
            why={message.why}
            ratedMessageId={voice === "spotter" ? message.id : null}
            side={side}
            hasGoneOut={voice !== "contact"}
          />
        </div>
      )}
    </footer>
  );
};

const Speaker = ({ voice, name }: { readonly voice: Bubble; readonly name: string }) => (
  <p
    className={cn(
      "flex items-center gap-1.5 text-xs text-ink-2",
      voice === "contact" ? "self-start" : "self-end",
      voice === "spotter" && "text-spotter-ink",
    )}
  >
    <SpeakerMark voice={voice} />
    {name}
  </p>
);

const SpeakerMark = ({ voice }: { readonly voice: Bubble }): ReactNode => {
  if (voice === "spotter") {
    return <SpotterGlyph className="size-3.5" />;
  }
  return voice === "note" ? <Lock aria-hidden="true" className="size-3" /> : null;
};

const speakerName = (message: ThreadMessage, contactName: string): string => {
  switch (voiceOf(message)) {
    case "contact":
      return contactName;
    case "note":
      return `Note by ${message.staffName ?? "the club"}, not sent`;
    case "spotter":
      return message.staffName === null ? (SPOTTER_NAMES.get(message.author) ?? "Spotter") : `Spotter, approved by ${message.staffName}`;
    default:
      return message.staffName ?? "Staff";
  }
};

const SPOTTER_NAMES = new Map<ThreadMessage["author"], string>([
  ["workflow", "Spotter, workflow"],
  ["system", "Spotter, automatic"],
]);
