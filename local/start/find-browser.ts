import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { say } from "./say.mjs";

const PROGRAM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const APT_TIMEOUT_MS = 600_000;

/** A Chromium for the browser tests; says which. Throws with a sentence when none can be had: they are never skipped. */
export const findBrowser = (): string => {
  const given = process.env["CHROMIUM_PATH"];
  if (given !== undefined && given !== "") {
    if (!existsSync(given)) {
      throw new Error(`CHROMIUM_PATH names ${given}, which does not exist.`);
    }
    return take(given, "CHROMIUM_PATH");
  }
  const onPath = programOnPath();
  if (onPath !== null) {
    return take(onPath, "the path");
  }
  const own = playwrightsOwn();
  if (own !== null) {
    return take(own, "Playwright");
  }
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    say("No browser is installed; installing Debian's chromium with apt-get.");
    installWithApt();
    const installed = programOnPath();
    if (installed !== null) {
      return take(installed, "Debian");
    }
  }
  throw new Error(
    "The browser tests need a Chromium and found none: set CHROMIUM_PATH, put chromium on the path, or run `npx playwright install chromium`.",
  );
};

const take = (file: string, source: string): string => {
  say(`Browser tests use ${file} (from ${source}).`);
  return file;
};

const programOnPath = (): string | null => {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  const files = PROGRAM_NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return files.find(isProgram) ?? null;
};

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const playwrightsOwn = (): string | null => {
  const playwright: unknown = createRequire(import.meta.url)("@playwright/test");
  const { chromium } = playwright as { chromium: { executablePath(): string } };
  const file = chromium.executablePath();
  return file !== "" && existsSync(file) ? file : null;
};

const installWithApt = (): void => {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    execFileSync("apt-get", ["update"], { stdio: "ignore", env, timeout: APT_TIMEOUT_MS });
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { stdio: "ignore", env, timeout: APT_TIMEOUT_MS });
  } catch (error) {
    throw new Error("The browser tests need a Chromium, and `apt-get install -y chromium` failed. Set CHROMIUM_PATH to one.", {
      cause: error,
    });
  }
};
