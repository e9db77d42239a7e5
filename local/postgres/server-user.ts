import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** Whom PostgreSQL runs as; `null` = whoever started us, because PostgreSQL refuses only root. */
export type ServerUser = { readonly name: string; readonly uid: number; readonly gid: number } | null;

const CREATED_NAME = "spotter-postgres";

/**
 * Finds the unprivileged account for the server. An existing cluster keeps its owner, since PostgreSQL refuses a data
 * folder that belongs to somebody else; otherwise `postgres`, else an account made for it.
 */
export const serverUser = (clusterDir: string): ServerUser => {
  if (process.getuid?.() !== 0) {
    return null;
  }
  if (existsSync(clusterDir)) {
    const { uid, gid } = statSync(clusterDir);
    if (uid !== 0) {
      return { name: accounts().find((account) => account.uid === uid)?.name ?? `${uid}`, uid, gid };
    }
  }
  return findAccount("postgres") ?? findAccount(CREATED_NAME) ?? createAccount() ?? findAccount("nobody") ?? noAccount();
};

/** Whether the account can list and run what lies in the folder; the folder itself may still be missing. */
export const canReach = (user: ServerUser, folder: string): boolean => {
  if (user === null) {
    return isReachableByUs(folder);
  }
  let current = path.resolve(folder);
  while (!existsSync(current)) {
    current = path.dirname(current);
  }
  for (;;) {
    if (!hasSearchBit(user, current)) {
      return false;
    }
    const parent = path.dirname(current);
    if (parent === current) {
      return true;
    }
    current = parent;
  }
};

const hasSearchBit = (user: { uid: number; gid: number }, folder: string): boolean => {
  const { mode, uid, gid } = statSync(folder);
  if (uid === user.uid) {
    return (mode & 0o100) !== 0;
  }
  return gid === user.gid ? (mode & 0o010) !== 0 : (mode & 0o001) !== 0;
};

const isReachableByUs = (folder: string): boolean => {
  try {
    if (existsSync(folder)) {
      accessSync(folder, constants.R_OK | constants.X_OK);
    }
    return true;
  } catch {
    return false;
  }
};

type Account = { readonly name: string; readonly uid: number; readonly gid: number };

const accounts = (): readonly Account[] =>
  readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields.length >= 4)
    .map(([name = "", , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));

const findAccount = (name: string): Account | null => accounts().find((account) => account.name === name) ?? null;

const createAccount = (): Account | null => {
  try {
    execFileSync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", CREATED_NAME], { stdio: "ignore" });
  } catch {
    return null;
  }
  return findAccount(CREATED_NAME);
};

const noAccount = (): never => {
  throw new Error("PostgreSQL refuses to run as root, and no other account was found or could be made (useradd failed).");
};
