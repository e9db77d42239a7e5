import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { roomOf } from "#server/domain/conversation-room.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { authorizePresence, authorizeRealtime, realtimeChannelOf } from "#server/platform/realtime.ts";
import { assertCan } from "#server/services/authorize.ts";
import { z } from "zod";

import { actorOf } from "./actor-of.ts";
import type { SignedIn } from "./find-signed-in.ts";

/** As the Pusher client sends it. */
export const LiveUpdatesInput = z.object({
  socketId: z.string().regex(/^\d{1,20}\.\d{1,20}$/),
  channelName: z.string().max(200),
});

/**
 * Signs the wish of a browser to hear of the changes of one club, or of who else has a conversation open. Nothing is written, so nothing is audited.
 * @throws `forbidden` for a channel that is not of a club of this user, whether or not such a channel exists
 */
export const authorizeLiveUpdates = (
  user: SignedIn,
  raw: z.input<typeof LiveUpdatesInput>,
): { readonly auth: string; readonly channel_data?: string } => {
  const input = LiveUpdatesInput.safeParse(raw);
  const club = input.success
    ? user.clubs.find(({ id }) => realtimeChannelOf(id) === input.data.channelName || isRoomOf(id, input.data.channelName))
    : undefined;
  if (!input.success || club === undefined) {
    throw new DomainError("forbidden", "this channel is not yours to listen to");
  }
  assertCan({ actor: actorOf(user, club) }, "live.listen");
  const { channelName, socketId } = input.data;
  return isRoomOf(club.id, channelName)
    ? authorizePresence({ socketId, channel: channelName }, { userId: user.userId, name: user.name })
    : authorizeRealtime(socketId, channelName);
};

/** Whether a channel is a room of this club; a conversation that is none of the club's is an empty room and tells nothing. */
const isRoomOf = (clubId: Id<"club">, channelName: string): boolean => {
  const conversationId = idSchema("conversation").safeParse(channelName.slice(channelName.lastIndexOf("-") + 1));
  return conversationId.success && channelName === roomOf(clubId, conversationId.data);
};
