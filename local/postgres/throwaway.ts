import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";

import { adminAccess, endServerOf, ensureCluster, passwordsOf, spawnServer, waitUntilReady, type ClusterOptions } from "./cluster.ts";
import { preparePlaces, type Places } from "./places.ts";
import { isAlive } from "./process-info.ts";
import { databaseUrls, ensureRoles, type DatabaseUrls } from "./roles.ts";

export type ThrowawayServer = { readonly urls: DatabaseUrls; readonly pid: number; close(): Promise<void> };

export type ThrowawayOptions = {
  /** Zone of sessions that do not ask for UTC themselves. */
  readonly timeZone?: string;
};

/** Folders are named after the process that started the server, so that one left behind by a crash is recognised. */
const PARENT_DIR = path.resolve(".spotter");
const PREFIX = "throwaway-";

/** Starts an empty server on any free port, without safety against power loss. */
export const startThrowawayServer = async ({ timeZone = "UTC" }: ThrowawayOptions = {}): Promise<ThrowawayServer> => {
  await removeLeftovers();
  const dataDir = path.join(PARENT_DIR, `${PREFIX}${process.pid}`);
  mkdirSync(dataDir, { recursive: true });
  const places = preparePlaces(dataDir);
  const port = await freePort();
  const options: ClusterOptions = {
    places,
    port,
    logFile: path.join(dataDir, "postgres.log"),
    isDurable: false,
    hasOwnGroup: false,
    timeZone,
  };
  await ensureCluster(options);
  const server = await spawnServer(options);
  const access = adminAccess(places, port);
  await waitUntilReady(server, { access, logFile: options.logFile });
  const passwords = passwordsOf(places.homeDir);
  await ensureRoles(access, passwords);
  return { urls: databaseUrls(access, { passwords }), pid: server.pid ?? 0, close: () => remove(dataDir, places) };
};

const remove = async (dataDir: string, { homeDir, clusterDir }: Places): Promise<void> => {
  await endServerOf(clusterDir);
  rmSync(homeDir, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
};

const removeLeftovers = async (): Promise<void> => {
  const names = existsSync(PARENT_DIR) ? readdirSync(PARENT_DIR).filter((name) => name.startsWith(PREFIX)) : [];
  for (const name of names) {
    const pid = Number(name.slice(PREFIX.length));
    if (pid === process.pid || !isAlive(pid)) {
      const dataDir = path.join(PARENT_DIR, name);
      await remove(dataDir, preparePlaces(dataDir));
    }
  }
};

export const withThrowawayServer = async <T>(work: (urls: DatabaseUrls) => Promise<T>): Promise<T> => {
  const server = await startThrowawayServer();
  try {
    return await work(server.urls);
  } finally {
    await server.close();
  }
};

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
