import type Pusher from "pusher-js";
import type { PresenceChannel } from "pusher-js";

import { TYPING_EVENT } from "#server/domain/conversation-room.ts";

/** The one realtime connection of the page, while there is one. */
let current: Pusher | null = null;
const listeners = new Set<() => void>();

export const setRealtime = (pusher: Pusher | null): void => {
  current = pusher;
  for (const listener of listeners) {
    listener();
  }
};

export type Person = { readonly userId: string; readonly name: string };

type RoomEvents = {
  /** Who else is here; one person with several windows is one. */
  readonly onOthers: (others: readonly Person[]) => void;
  readonly onTyping: (userId: string, isTyping: boolean) => void;
};

export type Room = { readonly tell: (isTyping: boolean) => void; readonly leave: () => void };

/** Enters a room, now or as soon as there is a connection, and again after a new one. Without a connection nobody else is seen. */
export const enterRoom = (name: string, { onOthers, onTyping }: RoomEvents): Room => {
  let joined: { readonly pusher: Pusher; readonly channel: PresenceChannel } | null = null;
  const join = () => {
    if (current === null || joined?.pusher === current) {
      return;
    }
    // The channel's kind follows from its name.
    const channel = current.subscribe(name) as PresenceChannel;
    joined = { pusher: current, channel };
    const report = () => onOthers(othersIn(channel));
    for (const event of ["pusher:subscription_succeeded", "pusher:member_added", "pusher:member_removed"]) {
      channel.bind(event, report);
    }
    channel.bind("pusher:subscription_error", () => onOthers([]));
    channel.bind(TYPING_EVENT, (data: unknown, metadata: { readonly user_id?: string } | undefined) => {
      if (metadata?.user_id !== undefined && typeof data === "object" && data !== null && "isTyping" in data) {
        onTyping(metadata.user_id, data.isTyping === true);
      }
    });
  };
  join();
  listeners.add(join);
  return {
    tell: (isTyping) => void (joined?.channel.subscribed === true && joined.channel.trigger(TYPING_EVENT, { isTyping })),
    leave: () => {
      listeners.delete(join);
      joined?.channel.unbind();
      joined?.pusher.unsubscribe(name);
    },
  };
};

const othersIn = (channel: PresenceChannel): readonly Person[] => {
  const others: Person[] = [];
  channel.members.each(({ id, info }: { readonly id: string; readonly info: unknown }) => {
    if (id !== channel.members.myID) {
      others.push({ userId: id, name: nameOf(info) });
    }
  });
  return others;
};

const nameOf = (info: unknown): string =>
  typeof info === "object" && info !== null && "name" in info && typeof info.name === "string" ? info.name : "Somebody";
