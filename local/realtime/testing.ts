import { once } from "node:events";
import Pusher from "pusher";
import PusherJs, { type Options } from "pusher-js";
import WebSocket from "ws";
import { type RealtimeOptions, type RealtimeServer, startRealtime } from "./start-realtime.ts";

export const APP = { appId: "spotter-test", key: "test-key", secret: "test-secret" } as const;

export type TestRealtime = {
  readonly server: RealtimeServer;
  /** The official server library. */
  readonly api: Pusher;
  /** The official browser library in its Node build; closed with the server. */
  readonly connect: (options?: Partial<Options>) => PusherJs;
  /** A bare WebSocket that says only what the test says. */
  readonly dial: (path?: string) => RawClient;
  readonly close: () => Promise<void>;
};

export type RawClient = {
  readonly socket: WebSocket;
  readonly say: (event: string, data: unknown, channel?: string) => void;
  /** Resolves with the next unread frame of that event, parsed. */
  readonly next: (event: string) => Promise<{ event: string; channel?: string; data: unknown }>;
  readonly closed: Promise<number>;
};

export const startTestRealtime = async (options: Partial<RealtimeOptions> = {}): Promise<TestRealtime> => {
  const server = await startRealtime({ ...APP, port: 0, ...options });
  const api = new Pusher({ ...APP, host: "127.0.0.1", port: String(server.port), useTLS: false });
  const clients: PusherJs[] = [];
  const connect = (extra: Partial<Options> = {}): PusherJs => {
    const client = new PusherJs(APP.key, {
      cluster: "local",
      wsHost: "127.0.0.1",
      wsPort: server.port,
      forceTLS: false,
      enabledTransports: ["ws"],
      enableStats: false,
      channelAuthorization: {
        endpoint: "unused",
        transport: "ajax",
        customHandler: ({ channelName, socketId }, callback) => callback(null, api.authorizeChannel(socketId, channelName)),
      },
      ...extra,
    });
    clients.push(client);
    return client;
  };
  return {
    server,
    api,
    connect,
    dial: (path = `/app/${APP.key}?protocol=7&client=test&version=1`) => dial(server, path),
    close: async () => {
      clients.forEach((client) => client.disconnect());
      await server.close();
    },
  };
};

/** Resolves with the data of the first such event on a channel or connection of pusher-js. */
export const nextEvent = (
  emitter: { bind: (event: string, listener: (data: unknown) => void) => unknown },
  event: string,
): Promise<unknown> => new Promise((resolve) => void emitter.bind(event, resolve));

const dial = (server: RealtimeServer, path: string): RawClient => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`);
  const frames: { event: string; channel?: string; data: unknown }[] = [];
  const arrivals = new EventTarget();
  socket.on("error", () => undefined);
  socket.on("message", (raw) => {
    const frame = JSON.parse(raw.toString());
    frames.push({ ...frame, data: typeof frame.data === "string" ? JSON.parse(frame.data) : frame.data });
    arrivals.dispatchEvent(new Event("frame"));
  });
  const next: RawClient["next"] = async (event) => {
    for (;;) {
      const index = frames.findIndex((frame) => frame.event === event);
      const [frame] = index < 0 ? [] : frames.splice(index, 1);
      if (frame !== undefined) {
        return frame;
      }
      await once(arrivals, "frame");
    }
  };
  return {
    socket,
    say: (event, data, channel) => socket.send(JSON.stringify({ event, data, ...(channel === undefined ? {} : { channel }) })),
    next,
    closed: new Promise((resolve) => void socket.once("close", resolve)),
  };
};
