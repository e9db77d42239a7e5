import { afterEach, expect, test } from "vitest";

import { startEmailWorld, type EmailWorld } from "./testing.ts";

const MEMBER = "orla.wintergreen.2@ironwood-denver.example";

const opened: EmailWorld[] = [];
const enter = async (options: Parameters<typeof startEmailWorld>[0] = {}): Promise<EmailWorld> => {
  const world = await startEmailWorld(options);
  opened.push(world);
  return world;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((world) => world.close()));
});

test("a restart forgets nothing that was accepted, and numbers it the same", async () => {
  const first = await enter();
  await first.write({ from: MEMBER, text: "one" });
  await first.renumber();
  const before = await first.write({ from: MEMBER, text: "two" });
  const again = await enter({ dataDir: first.dataDir });
  expect((await again.entries()).map(({ kind }) => kind)).toEqual(["filed", "renumbered", "filed"]);
  expect((await again.write({ from: MEMBER, text: "three" })).uid).toBe(before.uid + 1);
});

test("a lever that is pulled wrongly says so", async () => {
  const world = await enter();
  await expect(world.bounce({ recipient: MEMBER, status: "gone", messageId: "<x@y>" })).rejects.toThrow("400");
  await expect(world.write({ from: "nobody", text: "" })).rejects.toThrow("400");
  await expect(world.fault({ kind: "greylisted", operation: "smtp", count: 0 })).rejects.toThrow("400");
});
