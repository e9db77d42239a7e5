import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import pg from "pg";

import { giveTo, type Places } from "./places.ts";
import { commandLine, isAlive, processesIn } from "./process-info.ts";

/** A start takes 0.1 s, recovery after a crash in the middle of heavy writing a few seconds. */
const READY_WITHIN_MS = 60_000;
/** A fast shutdown waits for a checkpoint; afterwards the server is told to leave without one. */
const STOP_WITHIN_MS = 15_000;
const ORPHANS_WITHIN_MS = 10_000;
const POLL_MS = 25;

export type ClusterOptions = {
  readonly places: Places;
  readonly port: number;
  readonly logFile: string;
  /** Zone of sessions that ask for none. Only tests want another than UTC, to prove that every pool asks. */
  readonly timeZone?: string;
  /** `false` gives up safety against power loss for speed: for tests. */
  readonly isDurable?: boolean;
  /** `false` lets the server end with the process group of whoever started it: for tests, which may be killed. */
  readonly hasOwnGroup?: boolean;
};

export type AdminAccess = { readonly host: "127.0.0.1"; readonly port: number; readonly user: "postgres"; readonly password: string };

export type Passwords = Readonly<Record<"admin" | "owner" | "app" | "system" | "executor", string>>;

/** Reads the passwords of this cluster's roles; makes them on first use (mode 0600). */
export const passwordsOf = (homeDir: string): Passwords => {
  const file = path.join(homeDir, "passwords.json");
  if (!existsSync(file)) {
    const make = (): string => randomBytes(24).toString("base64url");
    const fresh: Passwords = { admin: make(), owner: make(), app: make(), system: make(), executor: make() };
    writeFileSync(file, JSON.stringify(fresh), { mode: 0o600 });
    return fresh;
  }
  return JSON.parse(readFileSync(file, "utf8")) as Passwords;
};

export const adminAccess = (places: Places, port: number): AdminAccess => ({
  host: "127.0.0.1",
  port,
  user: "postgres",
  password: passwordsOf(places.homeDir).admin,
});

/** Makes the cluster when it is missing. It is made beside and renamed, so a half-made one is never taken for a whole. */
export const ensureCluster = async ({ places, isDurable = true }: ClusterOptions): Promise<void> => {
  for (const name of readdirSync(places.homeDir)) {
    if (name.endsWith(".unfinished")) {
      rmSync(path.join(places.homeDir, name), { recursive: true, force: true });
    }
  }
  if (existsSync(path.join(places.clusterDir, "PG_VERSION"))) {
    return;
  }
  if (existsSync(places.clusterDir)) {
    throw new Error(`${places.clusterDir} exists but holds no PostgreSQL cluster. Remove it, or run: npm start -- --fresh`);
  }
  const unfinished = `${places.clusterDir}.unfinished`;
  const passwordFile = path.join(places.homeDir, "initial-password.unfinished");
  mkdirSync(unfinished, { mode: 0o700 });
  giveTo(places.user, unfinished);
  writeFileSync(passwordFile, passwordsOf(places.homeDir).admin, { mode: 0o600 });
  giveTo(places.user, passwordFile);
  const settings = [
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--locale=C.UTF-8",
  ];
  await run(path.join(places.binDir, "initdb"), { args: ["-D", unfinished, ...settings, ...(isDurable ? [] : ["--no-sync"])], places });
  rmSync(passwordFile);
  renameSync(unfinished, places.clusterDir);
};

/** Spawns the server, normally in a process group of its own: Ctrl-C in the terminal must not reach it before its clients. */
export const spawnServer = async (options: ClusterOptions): Promise<ChildProcess> => {
  const { places, port, logFile, timeZone = "UTC", isDurable = true, hasOwnGroup = true } = options;
  await endServerOf(places.clusterDir);
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: `${port}`,
    unix_socket_directories: "",
    timezone: timeZone,
    log_timezone: "UTC",
    max_connections: "120",
    ...(isDurable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  const args = ["-D", places.clusterDir, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const log = openSync(logFile, "a", 0o600);
  chmodSync(logFile, 0o600);
  try {
    return spawn(path.join(places.binDir, "postgres"), args, {
      cwd: "/",
      detached: hasOwnGroup,
      stdio: ["ignore", log, log],
      env: serverEnv(),
      ...(places.user === null ? {} : { uid: places.user.uid, gid: places.user.gid }),
    });
  } finally {
    closeSync(log);
  }
};

/** Resolves when the server answers a query; rejects when it left or did not answer in time. */
export const waitUntilReady = async (
  server: ChildProcess,
  { access, logFile }: { access: AdminAccess; logFile: string },
): Promise<void> => {
  let failure: string | null = null;
  server.once("error", (error) => (failure = error.message));
  server.once("exit", (code) => (failure ??= `it left with code ${code ?? "none"}`));
  const deadlineMs = Date.now() + READY_WITHIN_MS;
  while (failure === null && Date.now() < deadlineMs) {
    if (await answers(access)) {
      return;
    }
    await sleep(POLL_MS);
  }
  throw new Error(
    `PostgreSQL did not start on port ${access.port}: ${failure ?? "no answer within a minute"}. Its last words (${logFile}):\n${lastLines(logFile)}`,
  );
};

/** Fast shutdown (open transactions are rolled back), then an immediate one if that takes too long. */
export const stopServer = async (pid: number): Promise<void> => {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (!isAlive(pid)) {
      return;
    }
    process.kill(pid, signal);
    const deadlineMs = Date.now() + STOP_WITHIN_MS;
    while (isAlive(pid) && Date.now() < deadlineMs) {
      await sleep(POLL_MS);
    }
  }
};

/**
 * Ends what an earlier start left of a server, and makes way for the next. PostgreSQL itself overcomes the lock file of a
 * crash, unless the pid in it now belongs to another process of the same account, which it takes for a running server.
 */
export const endServerOf = async (clusterDir: string): Promise<void> => {
  const file = path.join(clusterDir, "postmaster.pid");
  const pid = existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : 0;
  const isOurs = pid > 0 && isServerOf(clusterDir, pid);
  if (isOurs) {
    await stopServer(pid);
  }
  await endOrphans(clusterDir);
  if (pid > 0 && !isOurs && isAlive(pid)) {
    rmSync(file, { force: true });
  }
};

const isServerOf = (clusterDir: string, pid: number): boolean => {
  const command = commandLine(pid);
  return command !== null && command.includes("postgres") && command.includes(clusterDir);
};

/** When the server is killed, the processes of its sessions take a moment to notice; until then no other may start. */
const endOrphans = async (clusterDir: string): Promise<void> => {
  const deadlineMs = Date.now() + ORPHANS_WITHIN_MS;
  while (processesIn(clusterDir).length > 0) {
    if (Date.now() > deadlineMs) {
      for (const pid of processesIn(clusterDir)) {
        process.kill(pid, "SIGKILL");
      }
    }
    await sleep(POLL_MS);
  }
};

const answers = async (access: AdminAccess): Promise<boolean> => {
  const client = new pg.Client({ ...access, database: "postgres", connectionTimeoutMillis: 2000 });
  // The server may close the connection between connect and query; without a listener that would end this process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

const run = (program: string, { args, places }: { args: readonly string[]; places: Places }): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: "/",
      stdio: ["ignore", "pipe", "pipe"],
      env: serverEnv(),
      ...(places.user === null ? {} : { uid: places.user.uid, gid: places.user.gid }),
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`${path.basename(program)} left with code ${code ?? "none"}:\n${output}`)),
    );
  });

/** Nothing of the caller's PG… variables or locale may reach the server. */
const serverEnv = (): NodeJS.ProcessEnv => ({ NODE_ENV: "production", PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" });

const lastLines = (file: string): string => readFileSync(file, "utf8").trimEnd().split("\n").slice(-8).join("\n");
