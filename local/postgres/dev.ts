/**
 * A PostgreSQL for developers, left running in the background; prints the addresses as JSON.
 *   node local/postgres/dev.ts --port 5499 --data /some/folder     start (or find it running)
 *   node local/postgres/dev.ts --data /some/folder --stop          stop
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { adminAccess, ensureCluster, passwordsOf, spawnServer, stopServer, waitUntilReady } from "./cluster.ts";
import { preparePlaces } from "./places.ts";
import { commandLine } from "./process-info.ts";
import { databaseUrls, ensureRoles } from "./roles.ts";

const DEFAULT_PORT = "5499";

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: DEFAULT_PORT },
      data: { type: "string", default: ".spotter/dev" },
      stop: { type: "boolean", default: false },
    },
  });
  const dataDir = path.resolve(values.data);
  mkdirSync(dataDir, { recursive: true });
  const places = preparePlaces(dataDir);
  const running = runningServer(places.clusterDir);
  if (values.stop) {
    await (running === null ? undefined : stopServer(running.pid));
    return;
  }
  const port = running?.port ?? Number(values.port);
  const access = adminAccess(places, port);
  if (running === null) {
    const options = { places, port, logFile: path.join(dataDir, "postgres.log") };
    await ensureCluster(options);
    const server = await spawnServer(options);
    await waitUntilReady(server, { access, logFile: options.logFile });
    server.unref();
  }
  const passwords = passwordsOf(places.homeDir);
  await ensureRoles(access, passwords);
  process.stdout.write(`${JSON.stringify(databaseUrls(access, { passwords }), null, 2)}\n`);
};

const runningServer = (clusterDir: string): { pid: number; port: number } | null => {
  const file = path.join(clusterDir, "postmaster.pid");
  if (!existsSync(file)) {
    return null;
  }
  // Lines of the file: pid, data folder, start time, port, …
  const [pid, , , port] = readFileSync(file, "utf8").split("\n").map(Number);
  return pid !== undefined && port !== undefined && commandLine(pid)?.includes(clusterDir) ? { pid, port } : null;
};

await main();
