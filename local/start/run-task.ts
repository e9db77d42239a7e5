import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

import type { Variables } from "./own-settings.ts";
import { PROJECT_DIR } from "./paths.mjs";

const LAST_LINES = 25;

export type Task = {
  /** What it does, for the message when it fails. */
  readonly name: string;
  /** Node when not given. */
  readonly program?: string;
  readonly args: readonly string[];
  readonly env: Variables;
  readonly logFile: string;
  readonly signal: AbortSignal;
};

/** Runs a program to its end, output into a log; rejects with the log's last lines when it fails. */
export const runTask = async (task: Task): Promise<void> => {
  const code = await exitCodeOf(task);
  if (code !== 0) {
    throw new Error(
      task.signal.aborted ? `${task.name} was stopped.` : `${task.name} failed (${task.logFile}):\n${lastLines(task.logFile)}`,
    );
  }
};

/** Like `runTask`, for programs whose failure is an answer. */
export const exitCodeOf = ({ program = process.execPath, args, env, logFile, signal }: Omit<Task, "name">): Promise<number> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const log = openSync(logFile, "w", 0o600);
    const child = spawn(program, args, {
      cwd: PROJECT_DIR,
      env: { ...env, NODE_ENV: env["NODE_ENV"] === "test" ? "test" : "production" },
      // A process group of its own, which can be ended as a whole.
      detached: true,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    const stop = (): void => {
      if (child.pid !== undefined) {
        process.kill(-child.pid, "SIGKILL");
      }
    };
    signal.addEventListener("abort", stop, { once: true });
    child.once("error", reject);
    child.once("exit", (code) => {
      signal.removeEventListener("abort", stop);
      resolve(code ?? 1);
    });
  });

export const lastLines = (file: string, count = LAST_LINES): string =>
  readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n");
