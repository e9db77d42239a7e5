import { userOfChannel } from "./channel-names.ts";
import type { SocketLink } from "./socket-link.ts";

export type PresenceMember = { readonly userId: string; readonly userInfo: unknown };

export type PublishedEvent = {
  readonly channel: string;
  readonly name: string;
  /** What the subscriber receives as `data`: a JSON string for server events. */
  readonly data: unknown;
  readonly exceptSocketId?: string | undefined;
  readonly userId?: string | undefined;
};

/** Who listens to what. A channel exists while somebody is subscribed to it. */
export type Hub = {
  readonly add: (link: SocketLink) => void;
  readonly remove: (link: SocketLink) => void;
  readonly connectionCount: () => number;
  readonly subscribe: (link: SocketLink, channel: string, member: PresenceMember | null) => void;
  readonly unsubscribe: (link: SocketLink, channel: string) => void;
  readonly isSubscribed: (link: SocketLink, channel: string) => boolean;
  readonly memberOf: (link: SocketLink, channel: string) => PresenceMember | null;
  readonly publish: (event: PublishedEvent) => void;
  readonly channelNames: () => readonly string[];
  readonly subscriptionCount: (channel: string) => number;
  readonly members: (channel: string) => readonly PresenceMember[];
  readonly setUser: (link: SocketLink, userId: string) => void;
  readonly linksOfUser: (userId: string) => readonly SocketLink[];
  readonly links: () => readonly SocketLink[];
};

export const createHub = (): Hub => {
  const roster = createRoster();
  const users = new Map<SocketLink, string | null>();
  const linksOfUser = (userId: string): readonly SocketLink[] => [...users].filter(([, id]) => id === userId).map(([link]) => link);

  const publish = (event: PublishedEvent): void => {
    const userId = userOfChannel(event.channel);
    const listeners = userId === null ? roster.linksOf(event.channel) : linksOfUser(userId);
    const { channel, data, name } = event;
    const frame = JSON.stringify({ event: name, channel, data, ...(event.userId === undefined ? {} : { user_id: event.userId }) });
    for (const link of listeners) {
      if (link.socketId !== event.exceptSocketId) {
        link.sendText(frame);
      }
    }
  };

  const subscribe: Hub["subscribe"] = (link, channel, member) => {
    if (member !== null && !roster.hasUser(channel, member.userId)) {
      const data = JSON.stringify({ user_id: member.userId, user_info: member.userInfo });
      publish({ channel, name: "pusher_internal:member_added", data });
    }
    roster.add(link, channel, member);
  };

  const unsubscribe: Hub["unsubscribe"] = (link, channel) => {
    const member = roster.remove(link, channel);
    if (member !== null && !roster.hasUser(channel, member.userId)) {
      publish({ channel, name: "pusher_internal:member_removed", data: JSON.stringify({ user_id: member.userId }) });
    }
  };

  const remove = (link: SocketLink): void => {
    users.delete(link);
    roster.channelNames().forEach((channel) => unsubscribe(link, channel));
  };

  return {
    ...roster,
    publish,
    subscribe,
    unsubscribe,
    remove,
    linksOfUser,
    add: (link) => void users.set(link, null),
    setUser: (link, userId) => void users.set(link, userId),
    links: () => [...users.keys()],
    connectionCount: () => users.size,
  };
};

/** Subscriptions by channel; `null` stands for a subscriber without presence data. */
const createRoster = () => {
  const channels = new Map<string, Map<SocketLink, PresenceMember | null>>();

  const members = (channel: string): readonly PresenceMember[] => {
    const byUser = new Map<string, PresenceMember>();
    for (const member of channels.get(channel)?.values() ?? []) {
      if (member !== null && !byUser.has(member.userId)) {
        byUser.set(member.userId, member);
      }
    }
    return [...byUser.values()];
  };

  /** Returns the presence data the subscription had, also when others of the same user remain. */
  const remove = (link: SocketLink, channel: string): PresenceMember | null => {
    const subscribers = channels.get(channel);
    const member = subscribers?.get(link) ?? null;
    subscribers?.delete(link);
    if (subscribers?.size === 0) {
      channels.delete(channel);
    }
    return member;
  };

  return {
    members,
    remove,
    add: (link: SocketLink, channel: string, member: PresenceMember | null): void => {
      channels.set(channel, (channels.get(channel) ?? new Map<SocketLink, PresenceMember | null>()).set(link, member));
    },
    hasUser: (channel: string, userId: string): boolean => members(channel).some((member) => member.userId === userId),
    linksOf: (channel: string): readonly SocketLink[] => [...(channels.get(channel)?.keys() ?? [])],
    isSubscribed: (link: SocketLink, channel: string): boolean => channels.get(channel)?.has(link) ?? false,
    memberOf: (link: SocketLink, channel: string): PresenceMember | null => channels.get(channel)?.get(link) ?? null,
    channelNames: (): readonly string[] => [...channels.keys()],
    subscriptionCount: (channel: string): number => channels.get(channel)?.size ?? 0,
  };
};
