import { CHANNEL_NAME_MAX_LENGTH } from "./limits.ts";

export type ChannelKind = "public" | "private" | "presence";

/** What the prefix of a channel name asks for; encrypted channels are private ones whose data the server cannot read. */
export const kindOfChannel = (name: string): ChannelKind => {
  if (name.startsWith("presence-")) {
    return "presence";
  }
  return name.startsWith("private-") ? "private" : "public";
};

export const isChannelName = (name: string): boolean => name.length <= CHANNEL_NAME_MAX_LENGTH && /^[A-Za-z0-9_\-=@,.;]+$/.test(name);

const USER_PREFIX = "#server-to-user-";

/** The signed-in user a trigger is meant for (`pusher.sendToUser`), or `null` for an ordinary channel. */
export const userOfChannel = (name: string): string | null =>
  name.startsWith(USER_PREFIX) && name.length > USER_PREFIX.length ? name.slice(USER_PREFIX.length) : null;

/** Client events go to private and presence channels only; nobody but the members can read an encrypted one. */
export const mayCarryClientEvents = (name: string): boolean => kindOfChannel(name) !== "public" && !name.startsWith("private-encrypted-");
