import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { getRequestListener } from "@hono/node-server";

type Handler = (request: Request) => Promise<Response>;

/** Serves route handlers over loopback, as the app does. */
export const serveRoutes = async (routes: Readonly<Record<string, Handler>>) => {
  const server = createServer(
    getRequestListener(async (request) => routes[new URL(request.url).pathname]?.(request) ?? new Response(null, { status: 404 })),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const PROGRAM = fileURLToPath(new URL("../../relay/spotter-relay.mjs", import.meta.url));

export const newStateFile = (): string => path.join(mkdtempSync(path.join(tmpdir(), "relay-")), "state.json");

/** The real program as a process of its own. `said` resolves with the first line that fits, also one from before. */
export const startRelayProgram = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { NODE_ENV: "test", PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const waiting = new Set<() => void>();
  const take = (chunk: Buffer): void => {
    output += chunk.toString("utf8");
    waiting.forEach((look) => look());
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const said = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const line = output.split("\n").find((one) => pattern.test(one));
        if (line !== undefined) {
          waiting.delete(look);
          resolve(line);
        }
      };
      waiting.add(look);
      look();
      void ended.then((code) => reject(new Error(`the relay ended with ${code}: ${output}`)));
    });
  return {
    said,
    ended,
    output: () => output,
    stop: async (signal: NodeJS.Signals = "SIGTERM") => {
      child.kill(signal);
      return ended;
    },
  };
};
