import type { Hint } from "#components/lib/live-feed.ts";
import { setRealtime } from "#components/lib/room.ts";

type RealtimeSettings = {
  readonly key: string;
  readonly cluster: string;
  readonly host: string | null;
  readonly port: number | null;
  readonly useTls: boolean;
  readonly realtimeChannel: string;
};

type Handlers = { readonly onUp: () => void; readonly onDown: () => void; readonly onHint: (hint: Hint) => void };

/** A silent connection is probed after this long; pusher-js waits two minutes by default. */
const ACTIVITY_TIMEOUT_MS = 30_000;
const PONG_TIMEOUT_MS = 6_000;
/** After this long without a connection the screen falls back to asking. */
const UNAVAILABLE_TIMEOUT_MS = 6_000;

/**
 * Listens to one club's realtime channel. pusher-js loads only now, after the first paint.
 * "Up" means subscribed: a connection that hears nothing is not up.
 */
export const openPusherSocket = (settings: RealtimeSettings, handlers: Handlers): (() => void) => {
  let close = () => {};
  let isClosed = false;
  const open = async () => {
    const { default: Pusher } = await import("pusher-js");
    if (isClosed) {
      return;
    }
    const pusher = new Pusher(settings.key, {
      ...optionsOf(settings),
      activityTimeout: ACTIVITY_TIMEOUT_MS,
      pongTimeout: PONG_TIMEOUT_MS,
      unavailableTimeout: UNAVAILABLE_TIMEOUT_MS,
      channelAuthorization: { transport: "ajax", endpoint: "/api/pusher/auth" },
    });
    const channel = pusher.subscribe(settings.realtimeChannel);
    channel.bind("pusher:subscription_succeeded", handlers.onUp);
    channel.bind("pusher:subscription_error", handlers.onDown);
    channel.bind("change", (data: unknown) => {
      const hint = parseHint(data);
      if (hint !== null) {
        handlers.onHint(hint);
      }
    });
    pusher.connection.bind("state_change", ({ current }: { current: string }) => {
      if (current !== "connected") {
        handlers.onDown();
      }
    });
    setRealtime(pusher);
    close = () => {
      setRealtime(null);
      pusher.disconnect();
    };
  };
  open().catch(handlers.onDown);
  return () => {
    isClosed = true;
    close();
  };
};

const optionsOf = ({ cluster, host, port, useTls }: RealtimeSettings) => {
  if (host === null) {
    return { cluster, forceTLS: useTls };
  }
  const ports = port === null ? {} : { wsPort: port, wssPort: port };
  return {
    cluster,
    wsHost: host,
    ...ports,
    forceTLS: useTls,
    enabledTransports: [useTls ? ("wss" as const) : ("ws" as const)],
    enableStats: false,
  };
};

/** The event crosses a network: what does not look like a hint is dropped, and the next one shows a gap. */
const parseHint = (data: unknown): Hint | null => {
  if (
    typeof data !== "object" ||
    data === null ||
    !("sequence" in data) ||
    typeof data.sequence !== "string" ||
    !/^\d+$/.test(data.sequence)
  ) {
    return null;
  }
  const topic = "topic" in data && typeof data.topic === "string" ? data.topic : "";
  const conversationId = "conversationId" in data && typeof data.conversationId === "string" ? data.conversationId : null;
  return { sequence: data.sequence, topic, conversationId };
};
