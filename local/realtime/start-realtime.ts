import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { WebSocketServer } from "ws";
import { acceptSocket, type SocketLimits } from "./accept-socket.ts";
import { createHttpApi } from "./http-api.ts";
import { createHub } from "./hub.ts";
import { ACTIVITY_TIMEOUT_MS, CONNECTIONS_MAX, FRAME_MAX_BYTES, PONG_TIMEOUT_MS, SOCKET_BUFFER_MAX_BYTES } from "./limits.ts";
import type { AppCredentials } from "./signing.ts";

export type RealtimeOptions = AppCredentials & {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string;
  /** Lets browsers send `client-` events to each other; off unless asked for, as at the hosted service. */
  readonly hasClientEvents?: boolean;
  readonly limits?: Partial<SocketLimits>;
  readonly nowMs?: () => number;
};

export type RealtimeServer = {
  readonly url: string;
  readonly port: number;
  /** Sends every browser into a reconnect (4200), as a restart of the hosted service does. */
  readonly disconnectAll: () => void;
  readonly close: () => Promise<void>;
};

/** Starts the stand-in for Pusher Channels: REST API and WebSockets on one port. */
export const startRealtime = async (options: RealtimeOptions): Promise<RealtimeServer> => {
  const { appId, host = "127.0.0.1", key, nowMs = Date.now, port, secret } = options;
  const app: AppCredentials = { appId, key, secret };
  const limits: SocketLimits = {
    activityTimeoutMs: ACTIVITY_TIMEOUT_MS,
    pongTimeoutMs: PONG_TIMEOUT_MS,
    maxBufferedBytes: SOCKET_BUFFER_MAX_BYTES,
    maxConnections: CONNECTIONS_MAX,
    ...options.limits,
  };
  const hub = createHub();
  const context = { app, hub, nowMs, hasClientEvents: options.hasClientEvents ?? false };
  const server = createServer(getRequestListener(createHttpApi({ app, hub, nowMs }).fetch));
  const sockets = new WebSocketServer({ server, maxPayload: FRAME_MAX_BYTES, clientTracking: true });
  // `ws` repeats the errors of the HTTP server; the promise below already rejects with them.
  sockets.on("error", () => undefined);
  sockets.on("connection", (socket, request) => acceptSocket(socket, { requestUrl: request.url ?? "", context, limits }));

  const listeningPort = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
  const url = `http://${host}:${listeningPort}`;
  process.stdout.write(`realtime: Pusher protocol stand-in, not the real service, at ${url}\n`);

  const disconnectAll = (): void => hub.links().forEach((link) => link.closeWith(4200, "please reconnect"));
  const close = async (): Promise<void> => {
    for (const socket of sockets.clients) {
      socket.terminate();
    }
    sockets.close();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url, port: listeningPort, disconnectAll, close };
};
