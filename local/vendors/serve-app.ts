import { createServer } from "node:http";

import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";

export type LocalServer = { readonly url: string; readonly close: () => Promise<void> };

/** Serves an app on this machine only; port 0 takes any free port. `close` does not wait for open connections. */
export const serveApp = async (app: Hono, port: number): Promise<LocalServer> => {
  const server = createServer(getRequestListener(app.fetch));
  const listening = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://127.0.0.1:${listening}`, close };
};
