import type { Inngest } from "inngest";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Executor, startExecutor } from "./executor.ts";
import {
  createTestApp,
  createTestDatabase,
  EVENT_KEY,
  queryOnce,
  readHealth,
  SIGNING_KEY,
  type TestApp,
  type TestDatabase,
} from "./testing.ts";

const DAY_MS = 24 * 60 * 60_000;
/** 06:00 in Denver, the winter before and the summer after the clocks went forward. */
const WINTER_SIX = Date.parse("2026-03-07T13:00:00Z");
const SUMMER_SIX = Date.parse("2026-03-08T12:00:00Z");

let database: TestDatabase;
let app: TestApp;
let executors: Executor[] = [];
/** What is added to the machine's clock. */
let offsetMs = 0;
let ticks: number[] = [];
let greetings: string[] = [];
const setClock = (atMs: number): void => {
  offsetMs = atMs - Date.now();
};
const clock = (): number => Date.now() + offsetMs;

const makeFunctions = (client: Inngest) => [
  client.createFunction(
    { id: "daily", triggers: [{ cron: "TZ=America/Denver 0 6 * * *" }] },
    ({ event }) => void ticks.push(event.ts ?? 0),
  ),
  client.createFunction({ id: "greet", triggers: [{ event: "test/greet" }] }, async ({ event, step }) => {
    await step.sleep("a-week", "7d");
    await step.run("greet", () => void greetings.push(event.data.name));
  }),
];

beforeEach(async () => {
  [ticks, greetings, executors] = [[], [], []];
  database = await createTestDatabase();
  app = await createTestApp(makeFunctions);
  await app.start();
});

afterEach(async () => {
  await Promise.all(executors.map((executor) => executor.close()));
  await app.crash();
  await database.drop();
});

const start = async (): Promise<Executor> => {
  const executor = await startExecutor({
    port: app.executorPort,
    appUrl: app.url,
    databaseUrl: database.url,
    signingKey: SIGNING_KEY,
    eventKey: EVENT_KEY,
    now: clock,
  });
  executors.push(executor);
  await until(async () => expect((await readHealth(executor.url))?.functions).toBe(2));
  return executor;
};

const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const untilDone = async (): Promise<void> =>
  until(async () => expect(await queryOnce(database.url, "select id from runs where status = 'running'")).toEqual([]));

test("a schedule follows the clocks of its zone through a change of the hour", async () => {
  setClock(WINTER_SIX - 500);
  await start();
  await until(() => expect(ticks).toEqual([WINTER_SIX]));
  setClock(SUMMER_SIX - 500);
  await until(() => expect(ticks).toEqual([WINTER_SIX, SUMMER_SIX]));
});

test("of the ticks missed while nothing ran one is caught up", async () => {
  setClock(WINTER_SIX - DAY_MS);
  const executor = await start();
  await executor.close();
  setClock(SUMMER_SIX + 3 * DAY_MS + 1_000);
  await start();
  await until(() => expect(ticks).toHaveLength(1));
  setClock(SUMMER_SIX + 4 * DAY_MS - 500);
  await until(() => expect(ticks).toEqual([ticks[0], SUMMER_SIX + 4 * DAY_MS]));
});

test("a long sleep ends on time across a restart", async () => {
  setClock(WINTER_SIX + 1_000);
  const executor = await start();
  await app.client.send({ name: "test/greet", data: { name: "Ada" } });
  await until(async () => expect(await queryOnce(database.url, "select id from jobs where kind = 'sleep'")).toHaveLength(1));
  await executor.close();
  setClock(WINTER_SIX + 7 * DAY_MS - 5_000);
  await start();
  expect(greetings).toEqual([]);
  setClock(WINTER_SIX + 7 * DAY_MS + 2_000);
  await until(() => expect(greetings).toEqual(["Ada"]));
});

test("an event id is new again after a day, and what ended before is removed", async () => {
  setClock(WINTER_SIX + 1_000);
  const executor = await start();
  const send = () => app.client.send({ id: "the-same", name: "test/nobody-listens", data: {} });
  const receivedAt = async () =>
    (
      await queryOnce<{ received_at: Date }>(database.url, "select received_at from events where id = 'the-same'")
    )[0]?.received_at.getTime();
  await send();
  const firstAt = await receivedAt();
  setClock(WINTER_SIX + DAY_MS - 60_000);
  await send();
  expect(await receivedAt()).toBe(firstAt);
  await until(async () => expect(await queryOnce(database.url, "select from events where not is_routed")).toHaveLength(0));
  setClock(WINTER_SIX + DAY_MS + 60_000);
  await send();
  expect(await receivedAt()).toBeGreaterThan(WINTER_SIX + DAY_MS);
  await untilDone();
  await executor.close();
  setClock(WINTER_SIX + 4 * DAY_MS);
  await start();
  await until(async () => expect(await queryOnce(database.url, "select id from events where id = 'the-same'")).toEqual([]));
});
