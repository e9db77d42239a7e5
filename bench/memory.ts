import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

const KIB_PER_MIB = 1_024;
const EVERY_MS = 100;

/** Resident memory of a process and everything it has started, in MiB. */
export const memoryOf = (pid: number): number => {
  const lines = execFileSync("ps", ["-e", "-o", "pid=,ppid=,rss="], { encoding: "utf8" }).trim().split("\n");
  const processes = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const family = new Set([pid]);
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const [child = 0, parent = 0] of processes) {
      if (family.has(parent)) {
        family.add(child);
      }
    }
  }
  return processes.reduce((total, [child = 0, , rss = 0]) => (family.has(child) ? total + rss : total), 0) / KIB_PER_MIB;
};

/** Memory of a process ten times a second, until told to stop. */
export const watchMemory = (pid: number): { readonly stop: () => Promise<readonly number[]> } => watchMemoryOf(() => pid);

/** The same for a process that may be killed and started again: it is asked each time which one it is. */
export const watchMemoryOf = (pidOf: () => number | null): { readonly stop: () => Promise<readonly number[]> } => {
  const samples: number[] = [];
  let isStopped = false;
  const done = (async () => {
    while (!isStopped) {
      const pid = pidOf();
      samples.push(pid === null ? 0 : memoryOf(pid));
      await sleep(EVERY_MS);
    }
  })();
  return {
    stop: async () => {
      isStopped = true;
      await done;
      return samples;
    },
  };
};

/** Idle is measured so long, after so long a rest. */
const REST_MS = 5_000;

/** The middle of what a process holds while nothing is asked of it. */
export const idleMemory = async (pidOf: () => number | null): Promise<number> => {
  await sleep(REST_MS);
  const watch = watchMemoryOf(pidOf);
  await sleep(REST_MS);
  const sorted = (await watch.stop()).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};
