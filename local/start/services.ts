import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, renameSync } from "node:fs";
import path from "node:path";

import type { ClusterOptions } from "../postgres/cluster.ts";
import { spawnServer } from "../postgres/cluster.ts";
import type { Variables } from "./own-settings.ts";
import { PROJECT_DIR } from "./paths.mjs";
import type { Service } from "./supervisor.ts";

/** Requests in flight are waited for; long steps end within a second of the signal. */
const WEB_STOP_WITHIN_MS = 15_000;
const LOCAL_STOP_WITHIN_MS = 5000;
const POSTGRES_STOP_WITHIN_MS = 20_000;

export const postgresService = (options: ClusterOptions): Service => ({
  name: "postgres",
  logFile: options.logFile,
  spawn: () => spawnServer(options),
  // A fast shutdown: PostgreSQL would wait for its clients at SIGTERM.
  stopSignal: "SIGINT",
  stopWithinMs: POSTGRES_STOP_WITHIN_MS,
});

export type NodeServiceOptions = {
  readonly name: "web" | "executor" | "sandbox";
  readonly args: readonly string[];
  readonly env: Variables;
  readonly logDir: string;
};

/** A Node program of ours as a service. The log of the start before is kept beside the present one. */
export const nodeService = ({ name, args, env, logDir }: NodeServiceOptions): Service => {
  const logFile = path.join(logDir, `${name}.log`);
  if (existsSync(logFile)) {
    renameSync(logFile, `${logFile}.previous`);
  }
  return {
    name,
    logFile,
    spawn: () => {
      const log = openSync(logFile, "a", 0o600);
      const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...args], {
        cwd: PROJECT_DIR,
        env: { ...env, NODE_ENV: env["NODE_ENV"] === "development" ? "development" : "production" },
        detached: true,
        stdio: ["ignore", log, log],
      });
      closeSync(log);
      return Promise.resolve(child);
    },
    stopSignal: "SIGTERM",
    stopWithinMs: name === "web" ? WEB_STOP_WITHIN_MS : LOCAL_STOP_WITHIN_MS,
  };
};
