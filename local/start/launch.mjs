// Brings a bare checkout to the point where TypeScript can run: a new enough Node, the packages, then the real program.
import { spawn } from "node:child_process";
import path from "node:path";

import { ensureNode } from "./ensure-node.mjs";
import { ensurePackages } from "./ensure-packages.mjs";
import { DATA_DIR, PROJECT_DIR } from "./paths.mjs";
import { say } from "./say.mjs";

const FORCED_EXIT_CODE = 130;
const PARENT_CHECK_MS = 300;

/**
 * @param {{ main: string, packages: "production" | "all" }} plan `main` is a file of this folder
 */
export const launch = async ({ main, packages }) => {
  try {
    const [node] = await Promise.all([ensureNode(), ensurePackages(packages)]);
    await runMain({ node, file: path.join(PROJECT_DIR, "local", "start", main) });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
};

/** Waits for the program and leaves with its code. Signals are its business: it stops its own children in order. */
const runMain = ({ node, file }) =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ""}`, SPOTTER_DATA_DIR: DATA_DIR };
    // The channel tells the program when this process is gone, even by SIGKILL, so that nothing outlives it.
    const child = spawn(node, ["--disable-warning=ExperimentalWarning", file, ...process.argv.slice(2)], {
      env,
      cwd: PROJECT_DIR,
      stdio: ["inherit", "inherit", "inherit", "ipc"],
    });
    // A Ctrl-C reaches the whole terminal group and comes a second time from here; the program takes both for one.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
      process.on(signal, () => child.kill(signal));
    }
    const watch = watchNpm(() => child.kill("SIGTERM"));
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      clearInterval(watch);
      process.exitCode = code ?? (signal === null ? 1 : FORCED_EXIT_CODE);
      resolve(undefined);
    });
  });

/** npm puts a shell between itself and this process, which dies of a signal without passing it on. */
const watchNpm = (onGone) => {
  const parent = process.ppid;
  return setInterval(() => {
    if (process.env.npm_lifecycle_event !== undefined && process.ppid !== parent) {
      onGone();
    }
  }, PARENT_CHECK_MS);
};
