import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { Variables } from "./own-settings.ts";
import { PROJECT_DIR } from "./paths.mjs";
import { runTask } from "./run-task.ts";
import { say } from "./say.mjs";

const BUILD_STAMP = path.join(PROJECT_DIR, ".next", "spotter-build");
const CLIENT_DIR = path.join(PROJECT_DIR, "server", "platform", "generated");
const CLIENT_STAMP = path.join(CLIENT_DIR, "spotter-schema");

/** Everything that can change the build; of the folders all files but tests. */
const BUILD_SOURCES = [
  "app",
  "components",
  "inngest",
  "public",
  "server",
  "instrumentation.ts",
  "next.config.ts",
  "package.json",
  "package-lock.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];
const IGNORED = /\.(?:db\.)?(?:test|eval)\.tsx?$|(?:^|\/)server\/(?:testing|platform\/generated)(?:\/|$)/;

export type BuildOptions = { readonly env: Variables; readonly logDir: string; readonly signal: AbortSignal };

/** Writes Prisma's client when the schema has changed since the last time. */
export const ensureClient = async ({ env, logDir, signal }: BuildOptions): Promise<void> => {
  const stamp = hashOf(["prisma/schema", "package-lock.json"]);
  if (existsSync(CLIENT_STAMP) && readFileSync(CLIENT_STAMP, "utf8") === stamp) {
    return;
  }
  await runTask({
    name: "Generating the database client",
    args: ["tools/prisma-offline.ts", "generate"],
    env,
    logFile: path.join(logDir, "generate.log"),
    signal,
  });
  writeFileSync(CLIENT_STAMP, stamp);
};

/** Whether what lies in `.next` was built from these sources. */
export const isBuilt = (): boolean => existsSync(BUILD_STAMP) && readFileSync(BUILD_STAMP, "utf8") === buildStamp();

/** Builds the app when its sources have changed since the last build. */
export const ensureBuild = async ({ env, logDir, signal }: BuildOptions): Promise<void> => {
  if (isBuilt()) {
    return;
  }
  say("Building the app.");
  rmSync(BUILD_STAMP, { force: true });
  const stamp = buildStamp();
  await runTask({
    name: "Building the app",
    args: ["node_modules/next/dist/bin/next", "build"],
    env,
    logFile: path.join(logDir, "build.log"),
    signal,
  });
  writeFileSync(BUILD_STAMP, stamp);
  say("The app is built.");
};

const buildStamp = (): string => hashOf([...BUILD_SOURCES, "prisma/schema"]);

const hashOf = (sources: readonly string[]): string => {
  const hash = createHash("sha256").update(process.version.split(".")[0] ?? "");
  for (const file of sources.flatMap(filesIn)) {
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(path.join(PROJECT_DIR, file)))
      .update("\0");
  }
  return hash.digest("hex");
};

/** Files at or below a path of the project, in a fixed order. */
const filesIn = (source: string): readonly string[] => {
  const full = path.join(PROJECT_DIR, source);
  if (!existsSync(full)) {
    return [];
  }
  if (path.extname(source) !== "") {
    return [source];
  }
  return readdirSync(full, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(PROJECT_DIR, path.join(entry.parentPath, entry.name)))
    .filter((file) => !IGNORED.test(file))
    .toSorted();
};
