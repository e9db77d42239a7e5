import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, createWriteStream, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { PROJECT_DIR } from "#local/start/paths.mjs";
import { readProcesses } from "#local/start/supervisor.ts";

import { figureOf } from "./figures.ts";
import { BARS, START_PORT } from "./limits.ts";
import { loadAverage } from "./machine.ts";
import { pollUntil } from "./poll-until.ts";
import { print, publish } from "./report.ts";

const READY = "Spotter is ready";
/** Far beyond the bar: a start that takes longer is broken, not slow. */
const READY_WITHIN_MS = 600_000;
const STOPPED_WITHIN_MS = 60_000;

/**
 * Clones the last commit, starts it twice with `npm start` and stops it with Ctrl-C each time; true when both starts
 * keep their bars and nothing is left running. npm's cache should hold the packages: that is what is promised.
 */
export const benchStart = async (): Promise<boolean> => {
  const loadBefore = loadAverage();
  const folder = mkdtempSync(path.join(tmpdir(), "spotter-start-"));
  // PostgreSQL runs under another account when this one is root; it must be able to enter.
  chmodSync(folder, 0o755);
  const checkout = path.join(folder, "spotter");
  try {
    execFileSync("git", ["clone", "--quiet", PROJECT_DIR, checkout], { stdio: "inherit" });
    const commit = execFileSync("git", ["-C", checkout, "rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
    const npmNode = execFileSync("node", ["--version"], { encoding: "utf8", cwd: checkout }).trim();
    print(`A clone of commit ${commit}; npm runs under Node ${npmNode}.`);
    const cold = await startAndStop(checkout, "cold start");
    const second = await startAndStop(checkout, "second start");
    const figures = [
      figureOf({ name: "npm start in a fresh clone, to ready", valuesMs: [cold.readyMs], barMs: BARS.coldStartMs }),
      figureOf({ name: "npm start again, to ready", valuesMs: [second.readyMs], barMs: BARS.secondStartMs }),
      figureOf({ name: "Ctrl-C to stopped", valuesMs: [cold.stoppedMs, second.stoppedMs], barMs: null }),
    ];
    const left = [...cold.left, ...second.left];
    print(left.length === 0 ? "After Ctrl-C nothing was left running." : `Left running after Ctrl-C: ${left.join(", ")}`);
    const isPassed = left.length === 0 && figures.every(({ isKept }) => isKept !== false);
    publish({ bench: "start", isPassed, figures, loadBefore, details: { commit, npmNode, left } });
    return isPassed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

type Started = { readonly readyMs: number | null; readonly stoppedMs: number | null; readonly left: readonly string[] };

const startAndStop = async (checkout: string, name: string): Promise<Started> => {
  print(`${name} …`);
  const startedAtMs = Date.now();
  const child = spawn("npm", ["start"], { cwd: checkout, env: cleanEnvironment(), detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const end = once(child, "exit");
  const isReady = await sawReady(child, path.join(checkout, "..", `${name.replace(" ", "-")}.log`));
  const readyMs = isReady ? Date.now() - startedAtMs : null;
  print(readyMs === null ? `${name}: never became ready.` : `${name}: ready after ${(readyMs / 1_000).toFixed(1)} s.`);
  const processes = readProcesses(path.join(checkout, ".spotter"));
  const stoppingAtMs = Date.now();
  // As a terminal does at Ctrl-C: to the whole foreground group, npm and its children alike.
  signalGroup(child, "SIGINT");
  const isStopped = await Promise.race([
    end.then(() => true),
    new Promise<false>((resolve) => setTimeout(() => resolve(false), STOPPED_WITHIN_MS).unref()),
  ]);
  const stoppedMs = isStopped ? Date.now() - stoppingAtMs : null;
  // npm may be gone a moment before the last of its children.
  await pollUntil(async () => leftRunning(checkout).length === 0, { withinMs: 2_000, everyMs: 100 });
  const left = leftRunning(checkout);
  print(
    `${name}: ${processes.map(({ name: process }) => process).join(", ")} ran; Ctrl-C took ${stoppedMs === null ? "too long" : `${(stoppedMs / 1_000).toFixed(1)} s`}.`,
  );
  signalGroup(child, "SIGKILL");
  return { readyMs, stoppedMs, left };
};

const sawReady = (child: ChildProcess, logFile: string): Promise<boolean> =>
  new Promise((resolve) => {
    const log = createWriteStream(logFile);
    let output = "";
    const take = (chunk: Buffer): void => {
      log.write(chunk);
      output += chunk.toString();
      if (output.includes(READY)) {
        resolve(true);
      }
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.once("exit", (code) => {
      if (!output.includes(READY)) {
        print(`npm start ended with ${code ?? "a signal"}:\n${output.slice(-2_000)}`);
      }
      resolve(false);
    });
    setTimeout(() => resolve(false), READY_WITHIN_MS).unref();
  });

const signalGroup = ({ pid }: ChildProcess, signal: NodeJS.Signals): void => {
  try {
    process.kill(-(pid ?? 0), signal);
  } catch {
    // The group is gone already.
  }
};

/** Every process that runs in the checkout or from it, by name. Needs /proc; elsewhere nothing is found. */
const leftRunning = (checkout: string): readonly string[] => {
  const ids = readdirSafely("/proc").filter((entry) => /^\d+$/.test(entry));
  return ids.flatMap((id) => {
    try {
      const command = readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      return command !== "" && (command.includes(checkout) || readlinkSync(`/proc/${id}/cwd`).startsWith(checkout))
        ? [`${id}: ${command.slice(0, 120)}`]
        : [];
    } catch {
      // It ended while it was looked at.
      return [];
    }
  });
};

const readdirSafely = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** A terminal without settings of Spotter, and without those that npm hands to its scripts. */
const cleanEnvironment = (): NodeJS.ProcessEnv => {
  const { NODE_ENV } = process.env;
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:SPOTTER_|npm_|NODE_OPTIONS$|.*DATABASE_URL$|ANTHROPIC_|INNGEST_|PUSHER_)/.test(name),
  );
  return { ...Object.fromEntries(kept), NODE_ENV, SPOTTER_PORT: `${START_PORT}` };
};
