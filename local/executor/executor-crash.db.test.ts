import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Inngest } from "inngest";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { databaseAt } from "../postgres/roles.ts";
import { startThrowawayServer } from "../postgres/throwaway.ts";
import { type Executor, startExecutor } from "./executor.ts";
import {
  createGate,
  createTestApp,
  createTestDatabase,
  EVENT_KEY,
  queryOnce,
  readHealth,
  SIGNING_KEY,
  type TestApp,
  type TestDatabase,
} from "./testing.ts";

let app: TestApp;
let database: TestDatabase;
let closers: (() => Promise<unknown>)[] = [];
let done: string[] = [];
let attempts: number[] = [];
let gate = createGate();

const makeFunctions = (client: Inngest) => [
  client.createFunction({ id: "work", retries: 0, triggers: [{ event: "test/work" }] }, async ({ event, step, attempt }) => {
    const word: string = event.data.word;
    await step.run("first", () => void done.push(`${word} first`));
    await step.run("held", async () => {
      attempts.push(attempt);
      await gate.opened;
      done.push(`${word} held`);
    });
    await step.sleep("nap", "1s");
    await step.run("last", () => void done.push(`${word} last`));
  }),
];

beforeEach(async () => {
  [done, attempts, closers, gate] = [[], [], [], createGate()];
  app = await createTestApp(makeFunctions);
  await app.start();
  database = await createTestDatabase();
});

afterEach(async () => {
  gate.open();
  await Promise.all(closers.map((close) => close()));
  await app.crash();
  await database.drop();
});

const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const untilReady = (): Promise<void> => until(async () => expect((await readHealth(app.executorUrl))?.functions).toBe(1));
const send = (word: string) => app.client.send({ name: "test/work", data: { word } });

const start = async (
  given: { databaseUrl?: string; syncEveryMs?: number; print?: (line: string) => void; port?: number } = {},
): Promise<Executor> => {
  const executor = await startExecutor({
    port: app.executorPort,
    appUrl: app.url,
    databaseUrl: database.url,
    signingKey: SIGNING_KEY,
    eventKey: EVENT_KEY,
    syncEveryMs: 100,
    ...given,
  });
  closers.push(executor.close);
  return executor;
};

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));

const spawnExecutor = async (): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      NODE_ENV: "test",
      PATH: process.env["PATH"],
      EXECUTOR_PORT: `${app.executorPort}`,
      EXECUTOR_DATABASE_URL: database.url,
      SPOTTER_APP_URL: app.url,
      INNGEST_SIGNING_KEY: SIGNING_KEY,
      INNGEST_EVENT_KEY: EVENT_KEY,
    },
    stdio: "ignore",
  });
  closers.push(() => end(child, "SIGKILL"));
  await untilReady();
  return child;
};

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  }
};

test("a step during which the app dies runs again when the app is back, as the same attempt", async () => {
  await start();
  await untilReady();
  await send("a");
  await until(() => expect(attempts).toEqual([0]));
  await app.crash();
  await app.start();
  await until(() => expect(attempts).toEqual([0, 0]));
  gate.open();
  await until(() => expect(done.at(-1)).toBe("a last"));
  expect(done.filter((line) => line === "a first")).toHaveLength(1);
});

test("events that come while the app is down wait for it", async () => {
  await start();
  await untilReady();
  gate.open();
  await app.crash();
  await send("a");
  await until(async () => expect(await queryOnce(database.url, "select id from runs")).toHaveLength(1));
  await app.start();
  await until(() => expect(done).toEqual(["a first", "a held", "a last"]));
});

test("a killed executor goes on with recorded results, and what was unanswered runs again", async () => {
  const child = await spawnExecutor();
  await send("a");
  await until(() => expect(attempts).toEqual([0]));
  await end(child, "SIGKILL");
  gate.open();
  await spawnExecutor();
  await until(() => expect(done.at(-1)).toBe("a last"));
  expect(attempts).toEqual([0, 0]);
  expect(done.filter((line) => line === "a first")).toHaveLength(1);
});

test("an executor killed during a sleep wakes the run after the next start", async () => {
  gate.open();
  const child = await spawnExecutor();
  await send("a");
  await until(async () => expect(await queryOnce(database.url, "select id from jobs where kind = 'sleep'")).toHaveLength(1));
  await end(child, "SIGKILL");
  await spawnExecutor();
  await until(() => expect(done).toEqual(["a first", "a held", "a last"]));
});

test("a termination signal ends the process even with a step in flight", async () => {
  const child = await spawnExecutor();
  await send("a");
  await until(() => expect(attempts).toEqual([0]));
  await end(child, "SIGTERM");
  expect(child.exitCode).toBe(0);
});

test("runs go on after the database crashed with steps in flight", async () => {
  const server = await startThrowawayServer();
  closers.push(server.close);
  const crashing = await createTestDatabase(server.urls.adminUrl);
  // Servers of tests acknowledge commits before they are written; the one that people run does not.
  await queryOnce(
    crashing.url,
    "alter database current_database_name set synchronous_commit = on".replace(
      "current_database_name",
      new URL(crashing.url).pathname.slice(1),
    ),
  );
  await start({ databaseUrl: crashing.url });
  await untilReady();
  await send("a");
  await until(() => expect(attempts).toEqual([0]));
  await crashServer(crashing.url);
  gate.open();
  await until(() => expect(done.at(-1)).toBe("a last"));
  expect(done).toEqual(["a first", "a held", "a last"]);
  await send("b");
  await until(() => expect(done.at(-1)).toBe("b last"));
});

test("a database that was emptied under a running executor is filled with the app's functions again", async () => {
  const emptied = await createTestDatabase();
  closers.push(emptied.drop);
  await start({ databaseUrl: emptied.url, syncEveryMs: 60_000 });
  await untilReady();
  const name = new URL(emptied.url).pathname.slice(1);
  await queryOnce(databaseAt(emptied.url, "postgres"), `drop database ${name} with (force)`);
  await queryOnce(databaseAt(emptied.url, "postgres"), `create database ${name}`);
  gate.open();
  const sendAndLook = async (): Promise<void> => {
    await send("after").catch(() => undefined);
    expect(done).toContain("after last");
  };
  await vi.waitFor(sendAndLook, { timeout: 20_000, interval: 500 });
});

/** A server process that dies of SIGKILL makes PostgreSQL end all others and recover, as after a crash of the machine. */
const crashServer = async (url: string): Promise<void> => {
  const [row] = await queryOnce<{ pid: number }>(url, "select pid from pg_stat_activity where application_name = 'executor' limit 1");
  process.kill(row?.pid ?? 0, "SIGKILL");
  await until(async () => {
    expect(await queryOnce(url, "select 1").catch(() => [])).toHaveLength(1);
  });
};

test("a second executor waits, says so, and takes over when the first ends", async () => {
  gate.open();
  const first = await start();
  await untilReady();
  const lines: string[] = [];
  const second = await start({ port: 0, print: (line) => void lines.push(line) });
  await until(() => expect(lines.join("\n")).toMatch(/another executor/));
  expect(await readHealth(second.url)).toBeNull();
  await first.close();
  await until(async () => expect(await readHealth(second.url)).not.toBeNull());
});

test("an unknown event key and a wrong signing key are refused", async () => {
  await start();
  await untilReady();
  const post = async (path: string, headers: Record<string, string>): Promise<number> =>
    (await fetch(`${app.executorUrl}${path}`, { method: "POST", headers, body: JSON.stringify({ name: "test/work", data: {} }) })).status;
  expect(await post("/e/another-key", {})).toBe(401);
  expect(await post("/fn/register", { authorization: "Bearer another" })).toBe(401);
  expect(await post(`/e/${EVENT_KEY}`, {})).toBe(200);
});
