import { setTimeout as sleep } from "node:timers/promises";

import { isListening } from "./ports.ts";
import { lastLines } from "./run-task.ts";
import type { Service } from "./supervisor.ts";

/** From the start of the app's process to its first healthy answer; half a second is usual. */
const HEALTHY_WITHIN_MS = 60_000;
/** In development the first answer of each route waits until it is compiled, which takes minutes beside other work. */
const COMPILED_WITHIN_MS = 300_000;
const PROBE_MS = 5_000;
const POLL_MS = 50;

type Waiting = {
  readonly port: number;
  readonly signal: AbortSignal;
  readonly isDevelopment: boolean;
  /** The process is gone: there is nothing to wait for. */
  readonly hasEnded: () => boolean;
};

/** Until a service that was started answers. @throws with the last lines of its log when it ended, or is not up in time */
export const waitUntilUp = async (service: Service, { port, signal, isDevelopment, hasEnded }: Waiting): Promise<void> => {
  const withinMs = isDevelopment ? COMPILED_WITHIN_MS : HEALTHY_WITHIN_MS;
  const isUp = (): Promise<boolean> =>
    service.name === "web" ? isHealthy(port, isDevelopment ? COMPILED_WITHIN_MS : PROBE_MS) : isListening(port);
  const deadlineMs = Date.now() + withinMs;
  while (!(await isUp())) {
    signal.throwIfAborted();
    if (hasEnded() || Date.now() > deadlineMs) {
      const what = hasEnded() ? "ended while starting" : `did not become ready within ${withinMs / 1_000} s`;
      throw new Error(`${service.name} ${what} (${service.logFile}):\n${lastLines(service.logFile)}`);
    }
    await sleep(POLL_MS);
  }
};

const isHealthy = async (port: number, probeMs: number): Promise<boolean> => {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(probeMs) });
    return answer.status === 200;
  } catch {
    return false;
  }
};
