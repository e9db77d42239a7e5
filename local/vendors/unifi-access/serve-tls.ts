import { createServer } from "node:https";

import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";

import type { LocalServer } from "../serve-app.ts";
import type { Certificate } from "./certificate.ts";

export type TlsServer = LocalServer & {
  /** From now on every handshake shows this one; open connections end. */
  readonly show: (certificate: Certificate) => void;
};

/** Serves an app on this machine only, over https. `close` does not wait for open connections. */
export const serveTls = async (
  app: Hono,
  { port, certificate }: { readonly port: number; readonly certificate: Certificate },
): Promise<TlsServer> => {
  const server = createServer({ key: certificate.key, cert: certificate.cert }, getRequestListener(app.fetch));
  // A client that does not like our certificate hangs up in the middle of the handshake.
  server.on("tlsClientError", () => undefined);
  const listening = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
  return {
    url: `https://127.0.0.1:${listening}`,
    show: ({ key, cert }) => {
      server.setSecureContext({ key, cert });
      server.closeAllConnections();
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};
