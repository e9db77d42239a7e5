import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { birthMark, isAlive } from "../postgres/process-info.ts";
import { say } from "./say.mjs";

/** Pauses before the first, second, … restart of a process that keeps dying. */
const RESTART_PAUSES_MS = [1000, 2000, 5000, 10_000, 30_000];
/** A process that ran this long is healthy again, and its pauses start over. */
const HEALTHY_AFTER_MS = 60_000;
const LEFTOVER_WITHIN_MS = 10_000;
const POLL_MS = 25;
const PROCESSES_FILE = "processes.json";

export type Service = {
  readonly name: string;
  readonly logFile: string;
  /** Spawns the process as leader of a process group of its own. */
  readonly spawn: () => Promise<ChildProcess>;
  /** Asked for a clean stop with this signal, killed with its whole group when it takes longer. */
  readonly stopSignal: "SIGTERM" | "SIGINT";
  readonly stopWithinMs: number;
};

export type Supervisor = {
  /** Starts a service and keeps it running. Resolves with the first process. */
  run(service: Service): Promise<ChildProcess>;
  pidOf(name: string): number | null;
  /** Signals one process (not its group), as a crash would; it is then restarted. */
  kill(name: string, signal: NodeJS.Signals): void;
  /** Stops everything in the reverse order of starting. */
  stop(): Promise<void>;
  /** Kills everything at once. */
  stopByForce(): void;
};

type Running = { readonly service: Service; child: ChildProcess; startedAtMs: number; failureCount: number };

/** Keeps the pids in `<dataDir>/processes.json`, where benchmarks find them and the next start finds leftovers. */
export const createSupervisor = (dataDir: string, restartPausesMs: readonly number[] = RESTART_PAUSES_MS): Supervisor => {
  const running: Running[] = [];
  let isStopping = false;

  const record = (): void => writeProcesses(dataDir, running);
  const find = (name: string): Running | undefined => running.find(({ service }) => service.name === name);

  const watch = (entry: Running): void => {
    entry.child.on("error", () => undefined);
    entry.child.once("exit", (code, signal) => void restart(entry, signal ?? `code ${code}`));
  };

  const restart = async (entry: Running, reason: string): Promise<void> => {
    if (isStopping) {
      return;
    }
    entry.failureCount = Date.now() - entry.startedAtMs > HEALTHY_AFTER_MS ? 0 : entry.failureCount;
    const pauseMs = restartPausesMs[Math.min(entry.failureCount, restartPausesMs.length - 1)] ?? 0;
    entry.failureCount += 1;
    say(
      `${entry.service.name} ended unexpectedly (${reason}); starting it again in ${pauseMs / 1000} s. Its log: ${entry.service.logFile}`,
    );
    killGroup(entry.child.pid, "SIGKILL");
    await sleep(pauseMs);
    if (isStopping) {
      return;
    }
    entry.startedAtMs = Date.now();
    try {
      entry.child = await entry.service.spawn();
    } catch (error) {
      return restart(entry, error instanceof Error ? error.message : String(error));
    }
    watch(entry);
    record();
  };

  return {
    run: async (service) => {
      const entry: Running = { service, child: await service.spawn(), startedAtMs: Date.now(), failureCount: 0 };
      running.push(entry);
      watch(entry);
      record();
      return entry.child;
    },
    pidOf: (name) => find(name)?.child.pid ?? null,
    kill: (name, signal) => {
      find(name)?.child.kill(signal);
    },
    stop: async () => {
      isStopping = true;
      for (const entry of running.toReversed()) {
        await stopOne(entry);
      }
      running.length = 0;
      record();
    },
    stopByForce: () => {
      isStopping = true;
      for (const { child } of running) {
        killGroup(child.pid, "SIGKILL");
      }
    },
  };
};

/** Ends processes that an earlier start left behind, for example because it was killed itself; PostgreSQL last. */
export const endLeftovers = async (dataDir: string): Promise<void> => {
  const leftovers = readProcesses(dataDir).filter(({ pid, mark }) => isAlive(pid) && birthMark(pid) === mark);
  if (leftovers.length > 0) {
    say(`An earlier start was cut off and left ${leftovers.map(({ name }) => name).join(", ")} running; ending them.`);
  }
  const end = async ({ pid }: Recorded, signal: NodeJS.Signals): Promise<void> => {
    killGroup(pid, signal);
    await waitForEnd(pid, LEFTOVER_WITHIN_MS);
    killGroup(pid, "SIGKILL");
    await waitForEnd(pid, LEFTOVER_WITHIN_MS);
  };
  await Promise.all(leftovers.filter(({ name }) => name !== "postgres").map((row) => end(row, "SIGTERM")));
  await Promise.all(leftovers.filter(({ name }) => name === "postgres").map((row) => end(row, "SIGINT")));
};

const stopOne = async ({ service, child }: Running): Promise<void> => {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  child.kill(service.stopSignal);
  await waitForEnd(pid, service.stopWithinMs);
  // Also ends what the process itself started.
  killGroup(pid, "SIGKILL");
  await waitForEnd(pid, service.stopWithinMs);
};

const waitForEnd = async (pid: number, withinMs: number): Promise<void> => {
  const deadlineMs = Date.now() + withinMs;
  while (isAlive(pid) && Date.now() < deadlineMs) {
    await sleep(POLL_MS);
  }
};

const killGroup = (pid: number | undefined, signal: NodeJS.Signals): void => {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
};

type Recorded = { readonly name: string; readonly pid: number; readonly mark: string | null };

const writeProcesses = (dataDir: string, running: readonly Running[]): void => {
  const rows: Recorded[] = running.map(({ service, child }) => ({
    name: service.name,
    pid: child.pid ?? 0,
    mark: birthMark(child.pid ?? 0),
  }));
  const file = path.join(dataDir, PROCESSES_FILE);
  writeFileSync(`${file}.unfinished`, JSON.stringify(rows, null, 2));
  renameSync(`${file}.unfinished`, file);
};

export const readProcesses = (dataDir: string): readonly Recorded[] => {
  const file = path.join(dataDir, PROCESSES_FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Recorded[]) : [];
};
