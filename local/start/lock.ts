import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { birthMark, isAlive } from "../postgres/process-info.ts";
import { otherBasePort } from "./ports.ts";

type Holder = { readonly pid: number; readonly mark: string | null; readonly port: number };

const LOCK_FILE = "start.lock";

/** Takes the data folder for this process; returns what gives it back. A lock whose holder is gone is taken over. */
export const takeLock = (dataDir: string, port: number): (() => void) => {
  const file = path.join(dataDir, LOCK_FILE);
  const holder = lockHolder(dataDir);
  if (holder !== null) {
    throw new Error(
      `Spotter is already running from this data folder (process ${holder.pid}, port ${holder.port}). Stop it with Ctrl-C in its window, or start a second one beside it: SPOTTER_PORT=${otherBasePort(holder.port)} SPOTTER_DATA_DIR=.spotter/second npm start`,
    );
  }
  rmSync(file, { force: true });
  const us: Holder = { pid: process.pid, mark: birthMark(process.pid), port };
  // The flag makes one of two simultaneous starts fail instead of both going on.
  writeFileSync(file, JSON.stringify(us), { flag: "wx" });
  return () => rmSync(file, { force: true });
};

/** Who runs from the data folder now, or `null`. */
export const lockHolder = (dataDir: string): Holder | null => {
  try {
    const holder = JSON.parse(readFileSync(path.join(dataDir, LOCK_FILE), "utf8")) as Holder;
    return isAlive(holder.pid) && birthMark(holder.pid) === holder.mark ? holder : null;
  } catch {
    // Missing, or cut off in the middle of writing: nobody holds it.
    return null;
  }
};
