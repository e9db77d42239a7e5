import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

export const DEFAULT_STATE = path.join(homedir(), ".spotter-relay.json");

/** What a relay must know to go on after a restart. It holds two secrets: nobody but its owner may read the file. */
const NAMES = ["server", "token", "connectionId", "controller", "controllerToken", "fingerprint"];

/**
 * @typedef {{ server: string, token: string, connectionId: string, controller: string, controllerToken: string, fingerprint: string, listen?: number }} State
 */

/**
 * @param {string} file
 * @returns {State | null} `null` when there is none
 */
export const readState = (file) => {
  if (!existsSync(file)) {
    return null;
  }
  const state = JSON.parse(readFileSync(file, "utf8"));
  const missing = NAMES.filter((name) => typeof state[name] !== "string" || state[name] === "");
  if (missing.length > 0) {
    throw new Error(`${file} lacks ${missing.join(", ")}; pair this relay again`);
  }
  return state;
};

/**
 * In one step, so that a power cut leaves the old file or the new one.
 * @param {string} file
 * @param {State} state
 */
export const writeState = (file, state) => {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
};
