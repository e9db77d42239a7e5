import type { Slot } from "./run-state.ts";

export type Ready = { id: string; order: string; functionId: string; slots: readonly Slot[] };
type Options = {
  maxRunning: number;
  /** Items that run long make room for as many others, up to this number. */
  maxLong?: number;
  limitOf: (functionId: string, constraintId: string) => number | undefined;
};

/**
 * What is due and waits for its turn. The oldest run goes first, so that runs are finished rather than all begun; runs
 * whose limit is used up wait without holding up others.
 */
export const createReadyQueue = <Item extends Ready>({ maxRunning, maxLong = 0, limitOf }: Options) => {
  /** Items with the same function and slots stand in one line, because they can go or not go only together. */
  const lines = new Map<string, Item[]>();
  const used = new Map<string, number>();
  const long = new Set<string>();
  let runningCount = 0;

  const slotKeys = (item: Ready): string[] => item.slots.map((slot) => `${slot.constraintId}=${slot.value}`);
  const lineOf = (item: Ready): string => JSON.stringify([item.functionId, ...slotKeys(item)]);

  const hasRoom = (item: Ready): boolean =>
    item.slots.every((slot) => {
      const limit = limitOf(item.functionId, slot.constraintId);
      return limit === undefined || (used.get(`${slot.constraintId}=${slot.value}`) ?? 0) < limit;
    });

  const count = (item: Ready, change: 1 | -1): void => {
    runningCount += change;
    for (const key of slotKeys(item)) {
      const next = (used.get(key) ?? 0) + change;
      if (next === 0) {
        used.delete(key);
      } else {
        used.set(key, next);
      }
    }
  };

  return {
    add: (item: Item): void => {
      const key = lineOf(item);
      const line = lines.get(key) ?? [];
      line.splice(insertionIndex(line, item), 0, item);
      lines.set(key, line);
    },
    remove: (item: Item): void => {
      const key = lineOf(item);
      const line = lines.get(key)?.filter((other) => other.id !== item.id) ?? [];
      if (line.length === 0) {
        lines.delete(key);
      } else {
        lines.set(key, line);
      }
    },
    /** The next item that may run now; it counts as running until `release`. */
    take: (): Item | null => {
      if (runningCount >= maxRunning + Math.min(maxLong, long.size)) {
        return null;
      }
      let best: { key: string; line: Item[]; head: Item } | null = null;
      for (const [key, line] of lines) {
        const head = line[0];
        if (head !== undefined && (best === null || head.order < best.head.order) && hasRoom(head)) {
          best = { key, line, head };
        }
      }
      if (best === null) {
        return null;
      }
      best.line.shift();
      if (best.line.length === 0) {
        lines.delete(best.key);
      }
      count(best.head, 1);
      return best.head;
    },
    /** A running item takes its time. */
    noteLong: (item: Item): void => void long.add(item.id),
    release: (item: Item): void => {
      long.delete(item.id);
      count(item, -1);
    },
    stats: () => ({
      runningCount,
      queuedCount: [...lines.values()].reduce((total, line) => total + line.length, 0),
      queued: [...lines.values()].flatMap((line) => line.slice(0, 1)),
    }),
    clear: (): void => lines.clear(),
  };
};

const insertionIndex = (line: readonly Ready[], item: Ready): number => {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((line[middle]?.order ?? "") <= item.order) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
};
