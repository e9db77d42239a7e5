import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Position of the start time in /proc/<pid>/stat, counted from the state, which comes first after the program's name. */
const START_TIME_FIELD = 19;

/** Whether a process still does something; one that only waits to be collected by its parent does not. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return statFields(pid)?.[0] !== "Z";
};

/** The command line of a live process, or `null` when there is none. Linux without `ps` is common in containers. */
export const commandLine = (pid: number): string | null => {
  if (process.platform === "linux") {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim() || null;
    } catch {
      return null;
    }
  }
  try {
    return execFileSync("ps", ["-o", "command=", "-p", `${pid}`], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
};

/** Processes whose working directory is the folder, as that of every PostgreSQL process is its cluster. Linux only. */
export const processesIn = (folder: string): readonly number[] => {
  if (process.platform !== "linux") {
    return [];
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingDirectory(pid) === folder && isAlive(pid));
};

const workingDirectory = (pid: number): string | null => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // Gone meanwhile, or somebody else's.
    return null;
  }
};

/** Something that differs between two processes that had the same pid one after the other. */
export const birthMark = (pid: number): string | null => {
  if (process.platform === "linux") {
    return statFields(pid)?.[START_TIME_FIELD] ?? null;
  }
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", `${pid}`], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
};

/** Fields of /proc/<pid>/stat after the program's name, which may itself hold spaces and parentheses. */
const statFields = (pid: number): readonly string[] | null => {
  if (process.platform !== "linux") {
    return null;
  }
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").pop()?.split(" ") ?? null;
  } catch {
    return null;
  }
};
