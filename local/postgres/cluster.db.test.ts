import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, expect, test } from "vitest";

import { adminAccess, endServerOf, ensureCluster, passwordsOf, spawnServer, waitUntilReady, type ClusterOptions } from "./cluster.ts";
import { giveTo, preparePlaces } from "./places.ts";
import { ensureRoles, withClient } from "./roles.ts";
import { freePort } from "./throwaway.ts";

const cleanUps: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) {
    await cleanUp();
  }
});

/** A data folder of mode 0700, as home folders are: run by root, the server cannot reach it. */
const newCluster = async (): Promise<ClusterOptions> => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "spotter-cluster-"));
  const places = preparePlaces(dataDir);
  cleanUps.push(async () => {
    await endServerOf(places.clusterDir);
    rmSync(places.homeDir, { recursive: true, force: true });
    rmSync(dataDir, { recursive: true, force: true });
  });
  return { places, port: await freePort(), logFile: path.join(dataDir, "postgres.log"), isDurable: false, hasOwnGroup: false };
};

const startServer = async (options: ClusterOptions) => {
  await ensureCluster(options);
  const server = await spawnServer(options);
  await waitUntilReady(server, { access: adminAccess(options.places, options.port), logFile: options.logFile });
  return server;
};

const query = (options: ClusterOptions, sql: string): Promise<unknown[]> =>
  withClient(
    { ...adminAccess(options.places, options.port), database: "postgres" },
    async (client) => (await client.query<Record<string, unknown>>(sql)).rows,
  );

test("a new cluster speaks UTF-8, sorts alike everywhere and lives in UTC", async () => {
  const options = await newCluster();
  await startServer(options);
  expect(await query(options, "select length('é😀') as length, lower('É') as lower, current_setting('TimeZone') as zone")).toEqual([
    { length: 2, lower: "é", zone: "UTC" },
  ]);
});

test("the owner of the tables is neither superuser nor exempt from row-level security", async () => {
  const options = await newCluster();
  await startServer(options);
  const access = adminAccess(options.places, options.port);
  await ensureRoles(access, passwordsOf(options.places.homeDir));
  await ensureRoles(access, passwordsOf(options.places.homeDir));
  const free = "select rolname from pg_roles where rolname like 'spotter%' and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole)";
  expect(await query(options, free)).toEqual([]);
  expect(await query(options, "select count(*)::int as count from pg_roles where rolname like 'spotter%'")).toEqual([{ count: 4 }]);
});

test("a server that was killed is started again with its data", async () => {
  const options = { ...(await newCluster()), isDurable: true };
  const server = await startServer(options);
  await query(options, "create table kept as select 1 as number");
  server.kill("SIGKILL");
  await new Promise((resolve) => server.once("exit", resolve));
  await startServer(options);
  expect(await query(options, "select number from kept")).toEqual([{ number: 1 }]);
});

test("a server left running by an earlier start is ended, not doubled", async () => {
  const options = await newCluster();
  const first = await startServer(options);
  const ended = new Promise((resolve) => first.once("exit", resolve));
  await startServer(options);
  await ended;
  expect(await query(options, "select 1 as number")).toEqual([{ number: 1 }]);
});

test("a lock file naming a living process that is no server is overcome, and that process lives on", async () => {
  const options = await newCluster();
  const { places } = options;
  await ensureCluster(options);
  const bystander = spawn("sleep", ["60"], {
    cwd: "/",
    stdio: "ignore",
    ...(places.user === null ? {} : { uid: places.user.uid, gid: places.user.gid }),
  });
  cleanUps.push(() => void bystander.kill("SIGKILL"));
  const lockFile = path.join(places.clusterDir, "postmaster.pid");
  writeFileSync(lockFile, `${bystander.pid ?? 0}\n${places.clusterDir}\n`);
  giveTo(places.user, lockFile);
  await startServer(options);
  expect(await query(options, "select 1 as number")).toEqual([{ number: 1 }]);
  expect(bystander.exitCode).toBeNull();
});

test("a cluster that was cut off while it was made is made anew", async () => {
  const options = await newCluster();
  mkdirSync(`${options.places.clusterDir}.unfinished`);
  writeFileSync(path.join(`${options.places.clusterDir}.unfinished`, "PG_VERSION"), "18\n");
  await startServer(options);
  expect(await query(options, "select 1 as number")).toEqual([{ number: 1 }]);
  expect(existsSync(`${options.places.clusterDir}.unfinished`)).toBe(false);
});

test("a port that another program holds stops the start with the server's own words", async () => {
  const options = await newCluster();
  await startServer(options);
  const second = { ...(await newCluster()), port: options.port };
  await expect(startServer(second)).rejects.toThrow(/Address already in use/);
});

test("passwords are kept for the owner of the folder only", async () => {
  const { places } = await newCluster();
  passwordsOf(places.homeDir);
  const file = path.join(places.homeDir, "passwords.json");
  const { mode } = statSync(file);
  expect(mode & 0o777).toBe(0o600);
  expect(passwordsOf(places.homeDir)).toEqual(JSON.parse(readFileSync(file, "utf8")));
});

test("the cluster of a removed data folder is put aside, since the keys of what it holds are gone", async () => {
  const options = await newCluster();
  await startServer(options);
  await endServerOf(options.places.clusterDir);
  const dataDir = path.dirname(options.logFile);
  rmSync(path.join(dataDir, "pairing"));
  const places = preparePlaces(dataDir);
  expect(existsSync(places.clusterDir)).toBe(false);
  expect(existsSync(`${places.clusterDir}.orphaned`)).toBe(true);
});
