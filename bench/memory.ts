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
export const watchMemory = (pid: number): { readonly stop: () => Promise<readonly number[]> } => {
  const samples: number[] = [];
  let isStopped = false;
  const done = (async () => {
    while (!isStopped) {
      samples.push(memoryOf(pid));
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
