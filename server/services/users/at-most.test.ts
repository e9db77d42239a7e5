import { expect, test } from "vitest";

import { atMost } from "./at-most.ts";

type Task = { readonly run: () => Promise<string>; readonly finish: () => void };

const makeTask = (name: string, started: string[]): Task => {
  const { promise, resolve } = Promise.withResolvers<string>();
  return {
    run: () => {
      started.push(name);
      return promise;
    },
    finish: () => resolve(name),
  };
};

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) {
    await Promise.resolve();
  }
};

test("no more than the given number run at a time and the rest go in the order they came", async () => {
  const started: string[] = [];
  const gate = atMost({ running: 2, waiting: 10 });
  const tasks = ["a", "b", "c", "d"].map((name) => makeTask(name, started));
  const results = tasks.map((task) => gate(task.run));
  await settle();
  expect(started).toEqual(["a", "b"]);
  tasks[1]?.finish();
  await settle();
  expect(started).toEqual(["a", "b", "c"]);
  tasks.forEach((task) => task.finish());
  expect(await Promise.all(results)).toEqual(["a", "b", "c", "d"]);
});

test("a full line refuses at once instead of growing", async () => {
  const gate = atMost({ running: 1, waiting: 1 });
  const first = makeTask("first", []);
  const running = gate(first.run);
  const waiting = gate(async () => "second");
  await expect(gate(async () => "third")).rejects.toMatchObject({ code: "limit_exceeded" });
  first.finish();
  expect(await Promise.all([running, waiting])).toEqual(["first", "second"]);
});

test("a task that fails gives its place to the next", async () => {
  const gate = atMost({ running: 1, waiting: 1 });
  await expect(gate(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await gate(async () => "next")).toBe("next");
});
