import { type Inngest, NonRetriableError, referenceFunction, RetryAfterError } from "inngest";
import { createGate } from "./testing.ts";

/** What the functions did, by the word that the event carried. */
export const seen = new Map<string, unknown[]>();
const note = (word: string, what: unknown): void => void seen.set(word, [...(seen.get(word) ?? []), what]);
export const notesOf = (word: string): unknown[] => seen.get(word) ?? [];
const gates = new Map<string, ReturnType<typeof createGate>>();
export const gateOf = (word: string): ReturnType<typeof createGate> => {
  const gate = gates.get(word) ?? createGate();
  gates.set(word, gate);
  return gate;
};
/** How many steps ran at one time, by concurrency key. */
export const running = new Map<string, number>();
export const mostRunning = new Map<string, number>();

/** One function for each thing that the executor has to be able to do. */
export const makeFunctions = (client: Inngest) => [
  client.createFunction({ id: "sequential", triggers: [{ event: "test/sequential" }] }, async ({ event, step }) => {
    const one = await step.run("one", () => ({ from: "one", at: new Date(0) }));
    const two = await step.run("two", () => (note(event.data.word, "two"), `${one.from} ${one.at}`));
    await step.run("three", () => note(event.data.word, two));
    return { result: two };
  }),
  client.createFunction({ id: "parallel", triggers: [{ event: "test/parallel" }] }, async ({ event, step }) => {
    const sides = await Promise.all([
      step.run("left", () => (note(event.data.word, "left"), 1)),
      step.run("right", () => (note(event.data.word, "right"), 2)),
      step.sleep("nap", "1s"),
      step.run("middle", () => (note(event.data.word, "middle"), 3)),
    ]);
    await step.run("sum", () => note(event.data.word, sides));
  }),
  client.createFunction({ id: "retried", retries: 3, triggers: [{ event: "test/retried" }] }, async ({ event, step, attempt }) => {
    await step.run("flaky", () => {
      note(event.data.word, attempt);
      if (attempt < 2) {
        throw new Error("not yet");
      }
    });
    await step.run("after", () => note(event.data.word, `after ${attempt}`));
  }),
  client.createFunction({ id: "asked-to-wait", retries: 1, triggers: [{ event: "test/asked-to-wait" }] }, async ({ event, step }) => {
    await step.run("busy", () => {
      note(event.data.word, Date.now());
      if (notesOf(event.data.word).length < 2) {
        throw new RetryAfterError("busy", "1s");
      }
    });
  }),
  client.createFunction(
    {
      id: "failing",
      retries: 1,
      triggers: [{ event: "test/failing" }],
      onFailure: ({ event, error }) => note(event.data.event.data["word"], `failed: ${error.message} in ${event.data.function_id}`),
    },
    async ({ event, step }) => {
      const { word, kind } = event.data;
      if (kind === "body") {
        note(word, "body");
        throw new Error("body broke");
      }
      await step.run("breaks", () => {
        note(word, "tried");
        throw kind === "final" ? new NonRetriableError("never again") : new Error("broke");
      });
    },
  ),
  client.createFunction({ id: "catching", retries: 0, triggers: [{ event: "test/catching" }] }, async ({ event, step }) => {
    try {
      await step.run("breaks", () => {
        throw new Error("expected");
      });
    } catch (error) {
      await step.run("mend", () => note(event.data.word, error instanceof Error ? error.message : error));
    }
  }),
  client.createFunction({ id: "sleeping", triggers: [{ event: "test/sleeping" }] }, async ({ event, step }) => {
    const before = await step.run("before", () => Date.now());
    await step.sleep("nap", "2s");
    await step.sleepUntil("long-ago", new Date(0));
    await step.run("after", () => note(event.data.word, Date.now() - before));
  }),
  client.createFunction({ id: "waiting", triggers: [{ event: "test/waiting" }] }, async ({ event, step }) => {
    const answer = await step.waitForEvent("answer", {
      event: "test/answered",
      timeout: event.data.timeout,
      if: "async.data.to == event.data.word",
    });
    await step.run("note", () => note(event.data.word, answer === null ? null : answer.data));
  }),
  client.createFunction(
    {
      id: "cancellable",
      cancelOn: [{ event: "test/cancelled", if: "async.data.word == event.data.word" }],
      triggers: [{ event: "test/cancellable" }],
    },
    async ({ event, step }) => {
      await step.run("begin", () => note(event.data.word, "begun"));
      await step.waitForEvent("go", { event: "test/go", timeout: "1h", if: "async.data.word == event.data.word" });
      await step.run("end", () => note(event.data.word, "ended"));
    },
  ),
  client.createFunction({ id: "parent", retries: 0, triggers: [{ event: "test/parent" }] }, async ({ event, step }) => {
    const { word, count } = event.data;
    const outcome: unknown = await step
      .invoke("ask-child", { function: referenceFunction({ appId: "gym", functionId: "child" }), data: { count } })
      .catch((error: unknown) => (error instanceof Error ? error.message : error));
    await step.run("note", () => note(word, outcome));
  }),
  client.createFunction({ id: "child", retries: 0, triggers: [] }, async ({ event, step }) => {
    const doubled = await step.run("double", () => Number(Object(event.data)["count"]) * 2);
    if (doubled > 100) {
      throw new Error("too much");
    }
    return doubled;
  }),
  client.createFunction({ id: "sending", triggers: [{ event: "test/sending" }] }, async ({ event, step }) => {
    await step.sendEvent("tell", { name: "test/sequential", data: { word: event.data.word } });
  }),
  client.createFunction({ id: "filtered", triggers: [{ event: "test/filtered", if: "event.data.size > 10" }] }, ({ event }) =>
    note(event.data.word, event.data.size),
  ),
  client.createFunction(
    { id: "debounced", debounce: { period: "1s", key: "event.data.word" }, triggers: [{ event: "test/debounced" }] },
    ({ event }) => note(event.data.word, event.data.number),
  ),
  client.createFunction(
    { id: "limited", concurrency: { limit: 1, key: "event.data.club" }, triggers: [{ event: "test/limited" }] },
    async ({ event, step }) => {
      const { club, word } = event.data;
      await step.run("work", async () => {
        running.set(club, (running.get(club) ?? 0) + 1);
        mostRunning.set(club, Math.max(mostRunning.get(club) ?? 0, running.get(club) ?? 0));
        await gateOf(club).opened;
        running.set(club, (running.get(club) ?? 0) - 1);
        note(word, club);
      });
    },
  ),
];
