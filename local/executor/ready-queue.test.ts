import fc from "fast-check";
import { expect, test } from "vitest";
import { createReadyQueue, type Ready } from "./ready-queue.ts";

const item = (order: number, keys: string[] = []): Ready => ({
  id: `${order}`,
  order: `${order}`.padStart(6, "0"),
  functionId: "work",
  slots: keys.map((value) => ({ constraintId: "per-club", value })),
});
const queueWith = ({ maxRunning = 100, limit }: { maxRunning?: number; limit?: number }) =>
  createReadyQueue<Ready>({ maxRunning, maxLong: 0, limitOf: () => limit });
const takeAll = (queue: ReturnType<typeof queueWith>): Ready[] => {
  const taken: Ready[] = [];
  for (let next = queue.take(); next !== null; next = queue.take()) {
    taken.push(next);
  }
  return taken;
};

test("the oldest run goes first, whatever the order of arrival", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(99_999)), (orders) => {
      const queue = queueWith({});
      orders.forEach((order) => queue.add(item(order, [`club-${order % 3}`])));
      const taken: number[] = [];
      for (let next = queue.take(); next !== null; next = queue.take()) {
        taken.push(Number(next.id));
        queue.release(next);
      }
      expect(taken).toEqual(orders.toSorted((a, b) => a - b));
    }),
  );
});

test("never more than the limit of a key run at a time, and everything runs in the end", () => {
  const arrivals = fc.uniqueArray(fc.record({ order: fc.nat(9_999), club: fc.constantFrom("a", "b", "c") }), {
    selector: (arrival) => arrival.order,
    maxLength: 40,
  });
  fc.assert(
    fc.property(arrivals, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 6 }), (given, limit, maxRunning) => {
      const queue = queueWith({ limit, maxRunning });
      given.forEach(({ order, club }) => queue.add(item(order, [club])));
      let finishedCount = 0;
      for (let batch = takeAll(queue); batch.length > 0; batch = takeAll(queue)) {
        expect(batch.length).toBeLessThanOrEqual(maxRunning);
        for (const club of ["a", "b", "c"]) {
          expect(batch.filter((entry) => entry.slots[0]?.value === club).length).toBeLessThanOrEqual(limit);
        }
        batch.forEach(queue.release);
        finishedCount += batch.length;
      }
      expect(finishedCount).toBe(given.length);
    }),
  );
});

test("a club at its limit does not hold up another", () => {
  const queue = queueWith({ limit: 1 });
  [item(1, ["austin"]), item(2, ["austin"]), item(3, ["boise"])].forEach(queue.add);
  expect(takeAll(queue).map((entry) => entry.id)).toEqual(["1", "3"]);
});

test("what was removed is not taken", () => {
  const queue = queueWith({});
  [item(1), item(2)].forEach(queue.add);
  queue.remove(item(1));
  expect(takeAll(queue).map((entry) => entry.id)).toEqual(["2"]);
  expect(queue.stats()).toMatchObject({ queuedCount: 0, runningCount: 1 });
});

test("items that run long give their places away, up to a number", () => {
  const queue = createReadyQueue<Ready>({ maxRunning: 1, maxLong: 1, limitOf: () => undefined });
  const [first, second] = [item(1), item(2)];
  [first, second, item(3)].forEach(queue.add);
  queue.take();
  expect(queue.take()).toBeNull();
  queue.noteLong(first);
  expect(queue.take()?.id).toBe("2");
  queue.noteLong(second);
  expect(queue.take()).toBeNull();
  queue.release(first);
  expect(queue.take()?.id).toBe("3");
});
