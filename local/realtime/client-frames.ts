import { z } from "zod";
import { mayCarryClientEvents } from "./channel-names.ts";
import type { Hub } from "./hub.ts";
import { CLIENT_EVENTS_PER_SECOND, EVENT_DATA_MAX_BYTES, EVENT_NAME_MAX_LENGTH } from "./limits.ts";
import { type AppCredentials, isUserAuthValid } from "./signing.ts";
import type { SocketLink } from "./socket-link.ts";
import { parseJson, subscribe, SubscribeData } from "./subscribe.ts";

export type FrameContext = {
  readonly app: AppCredentials;
  readonly hub: Hub;
  readonly hasClientEvents: boolean;
  readonly nowMs: () => number;
};

/** The reader of one socket's frames. It holds the only state that belongs to a socket: its recent client events. */
export const createFrameReader = (link: SocketLink, context: FrameContext): ((text: string) => void) => {
  const recentAtMs: number[] = [];

  const isOverRate = (): boolean => {
    const nowMs = context.nowMs();
    while (recentAtMs[0] !== undefined && recentAtMs[0] <= nowMs - 1_000) {
      recentAtMs.shift();
    }
    if (recentAtMs.length >= CLIENT_EVENTS_PER_SECOND) {
      return true;
    }
    recentAtMs.push(nowMs);
    return false;
  };

  return (text) => {
    const frame = Frame.safeParse(parseJson(text));
    if (!frame.success) {
      link.sendError(null, "a frame is a JSON object with an event name");
      return;
    }
    const { channel, event } = frame.data;
    // Some clients send the data of control frames as JSON text, pusher-js sends it as an object.
    const data = typeof frame.data.data === "string" ? (parseJson(frame.data.data) ?? frame.data.data) : frame.data.data;
    if (event === "pusher:ping") {
      link.send("pusher:pong", { data: {} });
    } else if (event === "pusher:subscribe") {
      readSubscribe(link, data, context);
    } else if (event === "pusher:unsubscribe") {
      context.hub.unsubscribe(link, Unsubscribe.safeParse(data).data?.channel ?? "");
    } else if (event === "pusher:signin") {
      signIn(link, data, context);
    } else if (event.startsWith("client-")) {
      relayClientEvent(link, { event, channel: channel ?? "", data: frame.data.data }, { ...context, isOverRate });
    } else if (event !== "pusher:pong") {
      link.sendError(null, `this server does not know the event ${event.slice(0, EVENT_NAME_MAX_LENGTH)}`);
    }
  };
};

const Frame = z.object({ event: z.string(), channel: z.string().optional(), data: z.unknown().optional() });
const Unsubscribe = z.object({ channel: z.string() });
const SignIn = z.object({ auth: z.string(), user_data: z.string() });
const UserData = z.object({ id: z.string().min(1) });

const readSubscribe = (link: SocketLink, data: unknown, context: FrameContext): void => {
  const request = SubscribeData.safeParse(data);
  if (!request.success) {
    link.sendError(null, "pusher:subscribe needs a channel");
    return;
  }
  subscribe(link, request.data, context);
};

const signIn = (link: SocketLink, data: unknown, { app, hub }: FrameContext): void => {
  const request = SignIn.safeParse(data);
  const user = UserData.safeParse(parseJson(request.data?.user_data ?? ""));
  const isValid = request.success && isUserAuthValid(app, request.data.auth, { socketId: link.socketId, userData: request.data.user_data });
  if (!isValid || !user.success) {
    link.closeWith(4009, "the sign-in of this connection is not authorised");
    return;
  }
  hub.setUser(link, user.data.id);
  link.send("pusher:signin_success", { data: JSON.stringify({ user_data: request.data.user_data }) });
};

type ClientEvent = { readonly event: string; readonly channel: string; readonly data: unknown };

const relayClientEvent = (
  link: SocketLink,
  { channel, data, event }: ClientEvent,
  context: FrameContext & { isOverRate: () => boolean },
): void => {
  const { hub } = context;
  if (!context.hasClientEvents) {
    link.sendError(null, "client events are switched off for this app");
    return;
  }
  if (!mayCarryClientEvents(channel) || !hub.isSubscribed(link, channel)) {
    link.sendError(null, "client events need a subscription to a private or presence channel");
    return;
  }
  if (event.length > EVENT_NAME_MAX_LENGTH || Buffer.byteLength(JSON.stringify(data ?? null)) > EVENT_DATA_MAX_BYTES) {
    link.sendError(null, "the client event is too large");
    return;
  }
  if (context.isOverRate()) {
    link.sendError(4301, `at most ${CLIENT_EVENTS_PER_SECOND} client events a second`);
    return;
  }
  hub.publish({ channel, name: event, data, exceptSocketId: link.socketId, userId: hub.memberOf(link, channel)?.userId });
};
