import { randomInt } from "node:crypto";
import type { WebSocket } from "ws";
import { createFrameReader, type FrameContext } from "./client-frames.ts";
import { isEqual } from "./signing.ts";
import { createSocketLink } from "./socket-link.ts";

export type SocketLimits = {
  readonly activityTimeoutMs: number;
  readonly pongTimeoutMs: number;
  readonly maxBufferedBytes: number;
  readonly maxConnections: number;
};

type Acceptance = { readonly requestUrl: string; readonly context: FrameContext; readonly limits: SocketLimits };

/** Greets or refuses one WebSocket. Refusals are sent after the handshake: a browser cannot read an HTTP status there. */
export const acceptSocket = (socket: WebSocket, { context, limits, requestUrl }: Acceptance): void => {
  const { hub } = context;
  const socketId = `${randomInt(1, 1_000_000_000)}.${randomInt(1, 1_000_000_000)}`;
  const link = createSocketLink(socket, { socketId, maxBufferedBytes: limits.maxBufferedBytes });
  // Without a listener a frame that breaks the protocol would end the process; `ws` closes the socket by itself.
  socket.on("error", () => undefined);

  const refusal = findRefusal(requestUrl, context.app.key);
  if (refusal !== null) {
    link.closeWith(refusal.code, refusal.message);
    return;
  }
  if (hub.connectionCount() >= limits.maxConnections) {
    link.closeWith(4004, "the app has reached its limit of connections");
    return;
  }

  const silence = createSilenceWatch({
    ...limits,
    ask: () => link.send("pusher:ping", { data: {} }),
    giveUp: () => link.closeWith(4201, "no pong arrived in time"),
  });
  const read = createFrameReader(link, context);
  hub.add(link);
  socket.on("message", (raw) => {
    silence.heard();
    read(raw.toString());
  });
  socket.on("pong", silence.heard);
  socket.on("close", () => {
    silence.stop();
    hub.remove(link);
  });
  const greeting = { socket_id: socketId, activity_timeout: Math.ceil(limits.activityTimeoutMs / 1_000) };
  link.send("pusher:connection_established", { data: JSON.stringify(greeting) });
};

const findRefusal = (requestUrl: string, key: string): { code: number; message: string } | null => {
  const [path = "", query = ""] = requestUrl.split("?", 2);
  const [, app, givenKey, ...rest] = path.split("/");
  if (app !== "app" || givenKey === undefined || rest.some((part) => part !== "")) {
    return { code: 4005, message: "the path must be /app/{key}" };
  }
  if (!isEqual(givenKey, key)) {
    return { code: 4001, message: "no app has this key" };
  }
  const protocol = new URLSearchParams(query).get("protocol");
  if (protocol === null) {
    return { code: 4008, message: "the query must name the protocol" };
  }
  return protocol === "7" ? null : { code: 4007, message: "this server speaks protocol 7 only" };
};

type SilenceWatch = { readonly heard: () => void; readonly stop: () => void };

type SilenceOptions = Pick<SocketLimits, "activityTimeoutMs" | "pongTimeoutMs"> & { readonly ask: () => void; readonly giveUp: () => void };

const createSilenceWatch = ({ activityTimeoutMs, ask, giveUp, pongTimeoutMs }: SilenceOptions): SilenceWatch => {
  let timer: NodeJS.Timeout | undefined;
  const waitThen = (waitMs: number, act: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(act, waitMs);
    timer.unref();
  };
  const heard = (): void => {
    waitThen(activityTimeoutMs, () => {
      ask();
      waitThen(pongTimeoutMs, giveUp);
    });
  };
  heard();
  return { heard, stop: () => clearTimeout(timer) };
};
