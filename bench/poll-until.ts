import { setTimeout as sleep } from "node:timers/promises";

type Until = { readonly withinMs: number; readonly everyMs?: number };

const EVERY_MS = 1_000;

/** Asks again and again until the answer is yes. False when the time is over; errors of the question count as no. */
export const pollUntil = async (isThere: () => Promise<boolean>, { withinMs, everyMs = EVERY_MS }: Until): Promise<boolean> => {
  const deadlineMs = Date.now() + withinMs;
  for (;;) {
    if (await isThere().catch(() => false)) {
      return true;
    }
    if (Date.now() >= deadlineMs) {
      return false;
    }
    await sleep(everyMs);
  }
};
