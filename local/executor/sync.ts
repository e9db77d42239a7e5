import { setTimeout as delay } from "node:timers/promises";
import { SYNC_EVERY_MS, SYNC_RETRY_MS, SYNC_TIMEOUT_MS } from "./limits.ts";

type Options = { endpoint: string; print: (line: string) => void; retryMs?: number; everyMs?: number };
export type Sync = { start: () => void; now: () => void; stop: () => void };

/** Asks the app to register its functions: until it has, and then now and then, in case it is a new version. */
export const createSync = ({ endpoint, print, retryMs = SYNC_RETRY_MS, everyMs = SYNC_EVERY_MS }: Options): Sync => {
  const stopped = new AbortController();
  let wake = new AbortController();
  let lastProblem: string | null = null;
  let isStarted = false;

  const askOnce = async (): Promise<boolean> => {
    const problem = await ask(endpoint, stopped.signal);
    if (problem !== null && problem !== lastProblem && !stopped.signal.aborted) {
      print(`the app did not register: ${problem}`);
    }
    if (problem === null && lastProblem !== null) {
      print("the app registered");
    }
    lastProblem = problem;
    return problem === null;
  };

  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const isDone = await askOnce();
      wake = new AbortController();
      const signal = AbortSignal.any([wake.signal, stopped.signal]);
      await delay(isDone ? everyMs : retryMs, undefined, { signal }).catch(() => undefined);
    }
  };

  return {
    start: () => {
      if (!isStarted) {
        isStarted = true;
        void loop();
      }
    },
    now: () => wake.abort(),
    stop: () => stopped.abort(),
  };
};

/** What kept the app from registering, or `null`. */
const ask = async (endpoint: string, signal: AbortSignal): Promise<string | null> => {
  try {
    const response = await fetch(endpoint, {
      method: "PUT",
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(SYNC_TIMEOUT_MS)]),
    });
    const body = await response.text();
    return response.status === 200 ? null : `HTTP ${response.status} ${body.slice(0, 1_000)}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
    return `${error instanceof Error ? error.message : String(error)}${cause}`;
  }
};
