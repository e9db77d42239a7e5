import path from "node:path";

import { isBuilt } from "#local/start/build.ts";
import { systemOf } from "#local/start/environment.ts";
import { lockHolder } from "#local/start/lock.ts";
import type { Variables } from "#local/start/own-settings.ts";
import { DATA_DIR, PROJECT_DIR } from "#local/start/paths.mjs";
import { basePort } from "#local/start/ports.ts";
import type { Stack, StackInfo } from "#local/start/stack.ts";
import { createStack } from "#local/start/stack.ts";

import { BENCH_PORT } from "./limits.ts";

export const BENCH_DIR = path.join(PROJECT_DIR, ".spotter", "bench");

export type RunningStack = { readonly stack: Stack; readonly info: StackInfo; readonly ownerUrl: string };

let current: Stack | null = null;

/** Brings up a stack of the bench's own, empty but for the demo clubs, hands it over, and stops it whatever happens. */
export const withStack = async <T>(
  work: (running: RunningStack) => Promise<T>,
  { restartPausesMs }: { /** Of a bench that kills again and again. */ readonly restartPausesMs?: readonly number[] } = {},
): Promise<T> => {
  assertBuildIsOurs();
  const stack = createStack({
    port: basePort(process.env["SPOTTER_BENCH_PORT"] ?? `${BENCH_PORT}`),
    dataDir: BENCH_DIR,
    hasTraffic: false,
    own: benchEnvironment(),
    isFresh: true,
    ...(restartPausesMs === undefined ? {} : { restartPausesMs }),
  });
  current = stack;
  try {
    const info = await stack.start();
    const ownerUrl = info.databaseUrls?.ownerUrl;
    if (ownerUrl === undefined) {
      throw new Error("The bench needs the embedded PostgreSQL.");
    }
    return await work({ stack, info, ownerUrl });
  } finally {
    await stack.stop();
    current = null;
  }
};

/** For Ctrl-C. */
export const stopCurrentStack = async (): Promise<void> => {
  await current?.stop();
};

/** A build replaces the files that a running app serves from. */
const assertBuildIsOurs = (): void => {
  const holder = isBuilt() ? null : lockHolder(DATA_DIR);
  if (holder !== null) {
    throw new Error(
      `Spotter is running from this checkout (process ${holder.pid}) on an older build, which the bench would replace under it. Stop it first.`,
    );
  }
};

/** Of the person's environment only what programs need: a bench must not reach somebody's own services. */
const benchEnvironment = (): Variables => {
  const present = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const { SPOTTER_PORT: _port, SPOTTER_DATA_DIR: _dataDir, ...rest } = systemOf(Object.fromEntries(present));
  return rest;
};
