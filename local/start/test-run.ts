import { rmSync } from "node:fs";
import path from "node:path";

import { ensureBuild, ensureClient, isBuilt } from "./build.ts";
import { systemOf } from "./environment.ts";
import { findBrowser } from "./find-browser.ts";
import { lockHolder } from "./lock.ts";
import type { Variables } from "./own-settings.ts";
import { DATA_DIR } from "./paths.mjs";
import { basePort } from "./ports.ts";
import { exitCodeOf, lastLines } from "./run-task.ts";
import { say } from "./say.mjs";
import { createStack, type Stack } from "./stack.ts";
import { countPlaywright, countVitest, FAILED, PASSED, type Count } from "./test-results.ts";

export const GROUPS = ["types", "lint", "unit", "db", "e2e"] as const;
export type Group = (typeof GROUPS)[number];

/** Beside those of `npm start`, so that both can run at a time. */
const DEFAULT_TEST_PORT = "3100";
/** Of a failed check, from its end; the whole output is in its log. */
const SHOWN_LINES = 120;

export type TestRun = { perform(groups: ReadonlySet<Group>): Promise<Count>; stop(): Promise<void>; stopByForce(): void };

export const createTestRun = (dataDir: string): TestRun => {
  const stopping = new AbortController();
  const env = testEnvironment();
  const logDir = path.join(dataDir, "logs");
  const context: Context = { dataDir, logDir, env, signal: stopping.signal };
  let stack: Stack | null = null;

  const perform = async (groups: ReadonlySet<Group>): Promise<Count> => {
    const has = (group: Group): boolean => groups.has(group);
    await ensureClient(context);
    const needsBuild = has("e2e");
    // Two lanes for two cores. Types come after the build, because both write the types of the routes.
    const [built, ...counts] = await Promise.all([
      needsBuild ? check(context, { name: "build", work: () => build(context) }) : PASSED,
      lane(context, [...(has("lint") ? STATIC_SCRIPTS : []), ...(has("db") ? SCHEMA_SCRIPTS : [])]).then(async (count) =>
        has("unit") || has("db") ? sum([count, await vitest(context, groups)]) : count,
      ),
    ]);
    const types = has("types") ? [await lane(context, TYPE_SCRIPTS)] : [];
    const browser = has("e2e") ? [await browserTests(context, { isBuildGood: built.failed === 0, onStack: (made) => (stack = made) })] : [];
    return sum([...(needsBuild ? [built] : []), ...counts, ...types, ...browser]);
  };

  return {
    perform,
    stop: async () => {
      stopping.abort(new Error("Stopped."));
      await stack?.stop();
    },
    stopByForce: () => stack?.stopByForce(),
  };
};

type Context = { readonly dataDir: string; readonly logDir: string; readonly env: Variables; readonly signal: AbortSignal };
type Script = { readonly name: string; readonly script: string };

/** Scripts of package.json, so that each check can also be run by itself. */
const STATIC_SCRIPTS: readonly Script[] = [
  { name: "lint", script: "lint" },
  { name: "format", script: "format:check" },
  { name: "import rules", script: "arch" },
  { name: "dead code", script: "knip" },
];
const SCHEMA_SCRIPTS: readonly Script[] = [{ name: "migrations", script: "db:diff" }];
const TYPE_SCRIPTS: readonly Script[] = [{ name: "types", script: "typecheck" }];

const lane = async (context: Context, scripts: readonly Script[]): Promise<Count> => {
  const counts: Count[] = [];
  for (const { name, script } of scripts) {
    const logFile = path.join(context.logDir, `${script.replace(":", "-")}.log`);
    const work = async (): Promise<Outcome> => {
      const code = await exitCodeOf({ ...context, program: "npm", args: ["run", "--silent", script], logFile });
      return { count: code === 0 ? PASSED : FAILED, logFile };
    };
    counts.push(await check(context, { name, work }));
  }
  return sum(counts);
};

const build = async (context: Context): Promise<Outcome> => {
  const holder = isBuilt() ? null : lockHolder(DATA_DIR);
  if (holder !== null) {
    throw new Error(
      `Spotter is running from this checkout (process ${holder.pid}) on an older build, which the tests would replace under it. Stop it first.`,
    );
  }
  await ensureBuild(context);
  return { count: PASSED, logFile: path.join(context.logDir, "build.log") };
};

const vitest = (context: Context, groups: ReadonlySet<Group>): Promise<Count> => {
  const projects = (["unit", "db"] as const).filter((group) => groups.has(group));
  const report = path.join(context.dataDir, "vitest.json");
  const logFile = path.join(context.logDir, "vitest.log");
  const work = async (): Promise<Outcome> => {
    rmSync(report, { force: true });
    const args = [
      "node_modules/vitest/vitest.mjs",
      "run",
      ...projects.map((name) => `--project=${name}`),
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ];
    const code = await exitCodeOf({ ...context, env: { ...context.env, NODE_ENV: "test" }, args, logFile });
    return { count: countVitest(report, code), logFile };
  };
  return check(context, { name: `${projects.join(" and ")} tests`, work });
};

type BrowserOptions = { readonly isBuildGood: boolean; readonly onStack: (stack: Stack) => void };

const browserTests = (context: Context, { isBuildGood, onStack }: BrowserOptions): Promise<Count> => {
  const report = path.join(context.dataDir, "playwright.json");
  const logFile = path.join(context.logDir, "playwright.log");
  const work = async (): Promise<Outcome> => {
    if (!isBuildGood) {
      throw new Error("The browser tests need the build, which failed.");
    }
    rmSync(report, { force: true });
    const browser = findBrowser();
    const port = basePort(process.env["SPOTTER_TEST_PORT"] ?? DEFAULT_TEST_PORT);
    const stack = createStack({ port, dataDir: path.join(context.dataDir, "stack"), own: context.env, hasTraffic: false, isFresh: true });
    onStack(stack);
    try {
      const { environments } = await stack.start();
      const env = {
        ...environments.owner,
        SPOTTER_STACK_DIR: path.join(context.dataDir, "stack"),
        CHROMIUM_PATH: browser,
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
        NODE_OPTIONS: "--conditions=react-server",
      };
      const code = await exitCodeOf({
        ...context,
        env: { ...env, NODE_ENV: "test" },
        args: ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
        logFile,
      });
      return { count: countPlaywright(report, code), logFile };
    } finally {
      await stack.stop();
    }
  };
  return check(context, { name: "browser tests", work });
};

type Outcome = { readonly count: Count; readonly logFile: string };

/** Runs one check, says how it went, and shows the end of its output when it failed. An error is a failure, too. */
const check = async ({ signal }: Context, { name, work }: { name: string; work: () => Promise<Outcome> }): Promise<Count> => {
  signal.throwIfAborted();
  const startedAtMs = Date.now();
  const outcome = await work().catch((error: unknown) => ({
    count: FAILED,
    message: error instanceof Error ? error.message : String(error),
  }));
  const seconds = Math.round((Date.now() - startedAtMs) / 1000);
  const { passed, failed } = outcome.count;
  if (failed === 0) {
    say(`${name}: ${passed === 1 ? "passed" : `${passed} passed`} (${seconds} s)`);
    return outcome.count;
  }
  const details = "message" in outcome ? outcome.message : `${lastLines(outcome.logFile, SHOWN_LINES)}\n(${outcome.logFile})`;
  say(`${name}: ${passed === 0 ? "failed" : `${passed} passed, ${failed} failed`} (${seconds} s)\n${details}\n`);
  return outcome.count;
};

const sum = (counts: readonly Count[]): Count => ({
  passed: counts.reduce((total, { passed }) => total + passed, 0),
  failed: counts.reduce((total, { failed }) => total + failed, 0),
});

/** Of the person's environment only what programs need; their addresses and keys are none of a test's business. */
const testEnvironment = (): Variables => {
  const present = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const { SPOTTER_PORT: _port, SPOTTER_DATA_DIR: _dataDir, ...rest } = systemOf(Object.fromEntries(present));
  return { ...rest, CI: "1", NO_COLOR: "1" };
};
