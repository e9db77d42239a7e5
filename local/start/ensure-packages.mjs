import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { PROJECT_DIR } from "./paths.mjs";
import { runNpm } from "./run-npm.mjs";
import { say } from "./say.mjs";

const MODULES_DIR = path.join(PROJECT_DIR, "node_modules");
const STAMP_FILE = path.join(MODULES_DIR, ".spotter-packages.json");
/** A package that only a full installation has. */
const DEVELOPMENT_PACKAGE = path.join(MODULES_DIR, "vitest");

/**
 * Installs the packages when they are missing or older than the lock file. Never `npm ci`: it refuses a lock file that
 * was written where the binary packages of other platforms could not be fetched.
 * @param {"production" | "all"} wanted an installation that has all is left so, also when less is wanted
 */
export const ensurePackages = async (wanted) => {
  const hasAll = existsSync(DEVELOPMENT_PACKAGE);
  const mode = wanted === "all" || hasAll ? "all" : "production";
  if (existsSync(STAMP_FILE) && readFileSync(STAMP_FILE, "utf8") === stampOf(mode)) {
    return;
  }
  say(existsSync(MODULES_DIR) ? "Bringing the packages up to date." : "Installing the packages (about a minute).");
  await runNpm(["install", mode === "all" ? "--include=dev" : "--omit=dev"], { cwd: PROJECT_DIR });
  // npm may complete the lock file, so the stamp is taken after it.
  writeFileSync(STAMP_FILE, stampOf(mode));
  say("The packages are installed.");
};

const stampOf = (mode) => JSON.stringify({ mode, packages: wantedPackages() });

/** What decides the content of node_modules; scripts and the like may change without an installation. */
const wantedPackages = () => {
  const { dependencies, devDependencies, overrides } = JSON.parse(readFileSync(path.join(PROJECT_DIR, "package.json"), "utf8"));
  const lockFile = path.join(PROJECT_DIR, "package-lock.json");
  const hash = createHash("sha256").update(JSON.stringify([dependencies, devDependencies, overrides]));
  return hash.update(existsSync(lockFile) ? readFileSync(lockFile) : "").digest("hex");
};
