"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";

import { useClub } from "#components/lib/club.tsx";
import { enterRoom, type Person, type Room } from "#components/lib/room.ts";
import { roomOf, TYPING_EVERY_MS, TYPING_FORGOTTEN_MS } from "#server/domain/conversation-room.ts";
import type { Id } from "#server/domain/ids.ts";

/** Who else has this conversation open, and who of them types. */
export const useRoom = (conversationId: Id<"conversation">) => {
  const { id: clubId } = useClub();
  const [others, setOthers] = useState<readonly Person[]>([]);
  const [typing, setTyping] = useState<readonly string[]>([]);
  const room = useRef<Room | null>(null);
  const quiet = useRef<ReturnType<typeof setTimeout>>(undefined);
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const onTyping = useEffectEvent((userId: string, isTyping: boolean) => {
    clearTimeout(timers.current.get(userId));
    const without = (all: readonly string[]) => all.filter((other) => other !== userId);
    setTyping((all) => (isTyping ? [...without(all), userId] : without(all)));
    if (isTyping) {
      timers.current.set(
        userId,
        setTimeout(() => setTyping(without), TYPING_FORGOTTEN_MS),
      );
    }
  });

  // Outside system: the realtime service.
  useEffect(() => {
    const entered = enterRoom(roomOf(clubId, conversationId), { onOthers: setOthers, onTyping });
    const pending = timers.current;
    room.current = entered;
    return () => {
      entered.leave();
      for (const timer of pending.values()) {
        clearTimeout(timer);
      }
    };
  }, [clubId, conversationId]);

  /** Says so at most every few seconds; an empty field says at once that nobody types. */
  const tell = (text: string) => {
    const isTyping = text !== "";
    if (isTyping && quiet.current !== undefined) {
      return;
    }
    clearTimeout(quiet.current);
    quiet.current = isTyping ? setTimeout(() => (quiet.current = undefined), TYPING_EVERY_MS) : undefined;
    room.current?.tell(isTyping);
  };
  return { others, typing: others.filter(({ userId }) => typing.includes(userId)), tell };
};
