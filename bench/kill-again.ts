import { setTimeout as sleep } from "node:timers/promises";

import type { RunningStack } from "./bench-stack.ts";
import { pollUntil } from "./poll-until.ts";

const ANSWERS_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 50;
const ASKED_FOR_MS = 2_000;

/** `kill -9` of the server, each time so long after it began to answer, until told to stop. */
export const killAgainAndAgain = ({ info, stack }: RunningStack, afterMs: number): { readonly stop: () => Promise<number> } => {
  let isStopped = false;
  let count = 0;
  const isAnswering = async (): Promise<boolean> =>
    (await fetch(`${info.appUrl}/api/health`, { signal: AbortSignal.timeout(ASKED_FOR_MS) })).ok;
  const done = (async () => {
    while (!isStopped) {
      await pollUntil(isAnswering, { withinMs: ANSWERS_WITHIN_MS, everyMs: LOOK_EVERY_MS });
      await sleep(afterMs);
      if (!isStopped) {
        stack.kill("web", "SIGKILL");
        count += 1;
        // The dead must not be taken for the living.
        await sleep(LOOK_EVERY_MS);
      }
    }
  })();
  return {
    stop: async () => {
      isStopped = true;
      await done;
      return count;
    },
  };
};
