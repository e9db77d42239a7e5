import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { DEFAULT_LATENCY_MS } from "./limits.ts";
import { createModelApp } from "./model-app.ts";

export type ModelOptions = {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string;
  /** Think time of each answer; without it `SPOTTER_MODEL_LATENCY_MS`, else 350. */
  readonly latencyMs?: number;
  readonly nowMs?: () => number;
};

export type ModelServer = { readonly url: string; readonly port: number; readonly close: () => Promise<void> };

/** Starts the stand-in for the Messages API. `close` ends answers that are still being waited for. */
export const startModel = async (options: ModelOptions): Promise<ModelServer> => {
  const { host = "127.0.0.1", latencyMs = latencyFromEnvironment(), nowMs = Date.now, port } = options;
  const stop = new AbortController();
  const server = createServer(getRequestListener(createModelApp({ latencyMs, nowMs, stopping: stop.signal }).fetch));
  const listeningPort = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
  const url = `http://${host}:${listeningPort}`;
  process.stdout.write(`model: Messages API stand-in, not the real service, at ${url}\n`);
  const close = async (): Promise<void> => {
    stop.abort();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };
  return { url, port: listeningPort, close };
};

const latencyFromEnvironment = (): number => {
  const given = Number(process.env["SPOTTER_MODEL_LATENCY_MS"] ?? DEFAULT_LATENCY_MS);
  return Number.isFinite(given) && given >= 0 ? given : DEFAULT_LATENCY_MS;
};
