import { z } from "zod";
import { isChannelName, kindOfChannel } from "./channel-names.ts";
import type { Hub, PresenceMember } from "./hub.ts";
import { PRESENCE_MEMBERS_MAX, USER_ID_MAX_LENGTH, USER_INFO_MAX_BYTES } from "./limits.ts";
import { type AppCredentials, isChannelAuthValid } from "./signing.ts";
import type { SocketLink } from "./socket-link.ts";

export const SubscribeData = z.object({
  channel: z.string(),
  auth: z.string().optional(),
  channel_data: z.string().optional(),
});

export type SubscribeRequest = z.infer<typeof SubscribeData>;

/** Answers one `pusher:subscribe`: an acknowledgement, or a `pusher:subscription_error` that leaves the socket open. */
export const subscribe = (link: SocketLink, request: SubscribeRequest, { app, hub }: { app: AppCredentials; hub: Hub }): void => {
  const { channel } = request;
  const refuse = (type: string, fault: { error: string; status: number }): void =>
    link.send("pusher:subscription_error", { channel, data: { type, ...fault } });

  if (!isChannelName(channel)) {
    refuse("InvalidChannel", { error: "this is not a channel name", status: 400 });
    return;
  }
  if (hub.isSubscribed(link, channel)) {
    link.sendError(null, `Existing subscription to channel ${channel}`);
    return;
  }
  const kind = kindOfChannel(channel);
  const claim = { socketId: link.socketId, channel, channelData: request.channel_data ?? null };
  if (kind !== "public" && !isChannelAuthValid(app, request.auth ?? "", claim)) {
    refuse("AuthError", { error: `the auth value does not allow ${channel} on this connection`, status: 401 });
    return;
  }
  if (kind !== "presence") {
    hub.subscribe(link, channel, null);
    link.send("pusher_internal:subscription_succeeded", { channel, data: "{}" });
    return;
  }
  const member = readMember(request.channel_data);
  if (member === null) {
    refuse("AuthError", { error: "channel_data must carry a user_id and at most 1 KB of user_info", status: 401 });
    return;
  }
  const others = hub.members(channel);
  if (others.length >= PRESENCE_MEMBERS_MAX && !others.some((other) => other.userId === member.userId)) {
    refuse("LimitReached", { error: `a presence channel has at most ${PRESENCE_MEMBERS_MAX} members`, status: 403 });
    return;
  }
  hub.subscribe(link, channel, member);
  link.send("pusher_internal:subscription_succeeded", { channel, data: describePresence(hub.members(channel)) });
};

const ChannelData = z.object({ user_id: z.union([z.string(), z.number()]), user_info: z.unknown().optional() });

const readMember = (text: string | undefined): PresenceMember | null => {
  const parsed = ChannelData.safeParse(parseJson(text ?? ""));
  if (!parsed.success) {
    return null;
  }
  const userId = String(parsed.data.user_id);
  const infoBytes = Buffer.byteLength(JSON.stringify(parsed.data.user_info ?? null));
  const isWithinLimits = userId !== "" && userId.length <= USER_ID_MAX_LENGTH && infoBytes <= USER_INFO_MAX_BYTES;
  return isWithinLimits ? { userId, userInfo: parsed.data.user_info } : null;
};

const describePresence = (members: readonly PresenceMember[]): string =>
  JSON.stringify({
    presence: {
      count: members.length,
      ids: members.map((member) => member.userId),
      hash: Object.fromEntries(members.map((member) => [member.userId, member.userInfo ?? null])),
    },
  });

/** `undefined` for text that is no JSON: every schema of this server refuses it. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
