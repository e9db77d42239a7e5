import { afterAll, beforeAll, expect, test, vi } from "vitest";
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
import { gateOf, makeFunctions, mostRunning, notesOf, running, seen } from "./testing-functions.ts";

let database: TestDatabase;
let app: TestApp;
let executor: Executor;

beforeAll(async () => {
  database = await createTestDatabase();
  app = await createTestApp(makeFunctions);
  await app.start();
  executor = await startExecutor({
    port: app.executorPort,
    appUrl: app.url,
    databaseUrl: database.url,
    signingKey: SIGNING_KEY,
    eventKey: EVENT_KEY,
    retryBaseMs: 20,
  });
  await vi.waitFor(async () => expect((await readHealth(executor.url))?.functions).toBeGreaterThan(0), { timeout: 10_000, interval: 20 });
});

afterAll(async () => {
  await executor.close();
  await app.crash();
  await database.drop();
});

let wordCount = 0;
/** Sends one event under a fresh word, by which its notes are found. */
const send = async (name: string, data: Record<string, unknown> = {}): Promise<string> => {
  wordCount += 1;
  const word = `word-${wordCount}`;
  await app.client.send({ name, data: { word, ...data } });
  return word;
};

const until = (isDone: () => unknown): Promise<void> => vi.waitFor(() => expect(isDone()).toBeTruthy(), { timeout: 20_000, interval: 10 });

const untilNotes = (word: string, expected: unknown[]): Promise<void> =>
  vi.waitFor(() => expect(notesOf(word)).toEqual(expected), { timeout: 20_000, interval: 10 });

const statusOf = async (word: string): Promise<string | undefined> => {
  const [run] = await queryOnce<{ status: string }>(
    database.url,
    `select status from runs where event like '%"' || $1 || '"%' order by created_at limit 1`,
    [word],
  );
  return run?.status;
};

const untilStatus = (word: string, status: string): Promise<void> =>
  vi.waitFor(async () => expect(await statusOf(word)).toBe(status), { timeout: 20_000, interval: 20 });

/** An event that comes before its run waits for it is missed, as in Inngest. */
const untilWaiting = (word: string, eventName: string): Promise<void> =>
  vi.waitFor(
    async () => {
      const waits = await queryOnce(
        database.url,
        `select from jobs join runs on runs.id = run_id where kind = 'wait' and event_name = $2 and event like '%"' || $1 || '"%'`,
        [word, eventName],
      );
      expect(waits).toHaveLength(1);
    },
    { timeout: 20_000, interval: 20 },
  );

test("steps run one after the other, each once, and see the results of those before as JSON", async () => {
  const word = await send("test/sequential");
  await untilNotes(word, ["two", "one 1970-01-01T00:00:00.000Z"]);
  await untilStatus(word, "completed");
});

test("parallel steps and sleeps each run once, and the function goes on when all are done", async () => {
  const word = await send("test/parallel");
  await untilStatus(word, "completed");
  expect(notesOf(word).slice(0, 3).toSorted()).toEqual(["left", "middle", "right"]);
  expect(notesOf(word).slice(3)).toEqual([[1, 2, null, 3]]);
});

test("a step that throws is tried again with the next attempt number, and the step after it starts at 0", async () => {
  await untilNotes(await send("test/retried"), [0, 1, 2, "after 0"]);
});

test("a step that asks for a later retry is not tried before", async () => {
  const word = await send("test/asked-to-wait");
  await untilStatus(word, "completed");
  const [first, second] = notesOf(word).map(Number);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(1_000);
});

test("after the last attempt the failure handler hears of the error and the event", async () => {
  await untilNotes(await send("test/failing"), ["tried", "tried", "failed: broke in gym-failing"]);
});

test("an error that forbids retries fails the run at the first attempt", async () => {
  const word = await send("test/failing", { kind: "final" });
  await untilNotes(word, ["tried", "failed: never again in gym-failing"]);
  expect(await statusOf(word)).toBe("failed");
});

test("an error outside of steps is retried too", async () => {
  await untilNotes(await send("test/failing", { kind: "body" }), ["body", "body", "failed: body broke in gym-failing"]);
});

test("a function may catch the error of a step that failed for good", async () => {
  const word = await send("test/catching");
  await untilNotes(word, ["expected"]);
  await untilStatus(word, "completed");
});

test("a sleep lasts as long as asked, and one until a past instant ends at once", async () => {
  const word = await send("test/sleeping");
  await until(() => notesOf(word).length > 0);
  expect(notesOf(word)[0]).toBeGreaterThanOrEqual(2_000);
});

test("a wait ends with the first event that matches, and no other", async () => {
  const word = await send("test/waiting", { timeout: "1h" });
  await untilWaiting(word, "test/answered");
  await app.client.send([
    { name: "test/answered", data: { to: "somebody else", answer: 1 } },
    { name: "test/answered", data: { answer: 2 } },
    { name: "test/answered", data: { to: word, answer: 3 } },
    { name: "test/answered", data: { to: word, answer: 4 } },
  ]);
  await untilNotes(word, [{ to: word, answer: 3 }]);
});

test("a wait without a matching event ends with null at its time-out", async () => {
  await untilNotes(await send("test/waiting", { timeout: "1s" }), [null]);
});

test("an event cancels the runs its expression matches and leaves the others", async () => {
  const [cancelled, spared] = [await send("test/cancellable"), await send("test/cancellable")];
  await untilWaiting(cancelled, "test/go");
  await untilWaiting(spared, "test/go");
  await app.client.send({ name: "test/cancelled", data: { word: cancelled } });
  await untilStatus(cancelled, "cancelled");
  await app.client.send([
    { name: "test/go", data: { word: cancelled } },
    { name: "test/go", data: { word: spared } },
  ]);
  await untilNotes(spared, ["begun", "ended"]);
  expect(notesOf(cancelled)).toEqual(["begun"]);
});

test("an invoked function gives its result to the one that invoked it", async () => {
  await untilNotes(await send("test/parent", { count: 21 }), [42]);
});

test("an invoked function that fails throws where it was invoked", async () => {
  await untilNotes(await send("test/parent", { count: 99 }), ["too much"]);
});

test("events sent by a step start their functions", async () => {
  const word = await send("test/sending");
  await until(() => notesOf(word).length === 2);
});

test("a trigger's expression decides which events start the function", async () => {
  const [small, large] = [await send("test/filtered", { size: 1 }), await send("test/filtered", { size: 11 })];
  await untilNotes(large, [11]);
  expect(notesOf(small)).toEqual([]);
});

test("debounced events start one run with the last of them, for each key", async () => {
  const words = ["debounce-a", "debounce-b"];
  for (const number of [1, 2, 3]) {
    await app.client.send(words.map((word) => ({ name: "test/debounced", data: { word, number } })));
  }
  await untilNotes("debounce-a", [3]);
  await untilNotes("debounce-b", [3]);
});

test("a concurrency key keeps runs of one club apart and does not hold up another club", async () => {
  const clubs = ["austin", "boise"];
  const words = await Promise.all(["austin", "austin", "austin", "boise"].map((club) => send("test/limited", { club })));
  await until(() => clubs.every((club) => running.get(club) === 1));
  clubs.forEach((club) => gateOf(club).open());
  await until(() => words.every((word) => notesOf(word).length === 1));
  expect([...mostRunning.values()]).toEqual([1, 1]);
});

test("an event whose id was seen before starts nothing", async () => {
  const first = await app.client.send({ id: "the-same", name: "test/filtered", data: { word: "repeated", size: 20 } });
  const second = await app.client.send([
    { id: "the-same", name: "test/filtered", data: { word: "repeated", size: 21 } },
    { id: "another", name: "test/filtered", data: { word: "repeated", size: 22 } },
    { id: "another", name: "test/filtered", data: { word: "repeated", size: 22 } },
  ]);
  expect([first.ids, second.ids]).toEqual([["the-same"], ["the-same", "another", "another"]]);
  await until(() => notesOf("repeated").includes(22));
  const runs = await queryOnce(database.url, `select id from runs where event like '%"repeated"%'`);
  expect(runs).toHaveLength(2);
});

test("an event may hold any text, and its data reach the step unchanged", async () => {
  const size = 12;
  const word = "nul \u0000 and 😀";
  await app.client.send([
    { name: "test/filtered", data: { word, size } },
    { name: "test/filtered", data: { word: "half \ud83d", size } },
  ]);
  await untilNotes(word, [size]);
  await until(() => [...seen.keys()].some((key) => key.startsWith("half ")));
});
