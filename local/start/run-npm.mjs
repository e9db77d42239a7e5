import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import path from "node:path";

import { NPM_LOG } from "./paths.mjs";

const LAST_LINES = 15;

/**
 * Runs npm quietly; what it prints goes into a log. Install scripts are off everywhere: newer npm versions skip them
 * by default, so nothing may depend on them.
 * @param {string[]} args
 * @param {{ cwd: string }} options
 */
export const runNpm = (args, { cwd }) =>
  new Promise((resolve, reject) => {
    mkdirSync(path.dirname(NPM_LOG), { recursive: true, mode: 0o700 });
    const log = openSync(NPM_LOG, "a");
    // `npm start` names its own program; without it npm is looked for on the path.
    const own = process.env.npm_execpath;
    const [program, first] = own?.endsWith("npm-cli.js") ? [process.execPath, [own]] : ["npm", []];
    const all = [
      ...first,
      ...args,
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--no-progress",
      "--no-update-notifier",
      "--loglevel=error",
    ];
    const child = spawn(program, all, { cwd, stdio: ["ignore", log, log] });
    closeSync(log);
    const stop = () => {
      child.kill("SIGTERM");
      process.exit(1);
    };
    process.once("SIGTERM", stop);
    child.once("error", reject);
    child.once("exit", () => process.off("SIGTERM", stop));
    child.once("exit", (code) =>
      code === 0 ? resolve(undefined) : reject(new Error(`npm ${args.join(" ")} failed (${NPM_LOG}):\n${lastLines()}`)),
    );
  });

const lastLines = () => readFileSync(NPM_LOG, "utf8").trimEnd().split("\n").slice(-LAST_LINES).join("\n");
