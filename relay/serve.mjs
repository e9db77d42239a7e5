import { setTimeout as sleep } from "node:timers/promises";

import { createController, readFingerprint } from "./controller.mjs";
import { answer, next, NotPaired } from "./server.mjs";

export const VERSION = "1";

/** Pauses after the first, second, … failed try to reach Spotter. */
const PAUSES_MS = [500, 1_000, 2_000, 5_000, 10_000];
/** A question that ends sooner without a call means a server on its way down. */
const SOON_MS = 1_000;
const LOOK_EVERY_MS = 60_000;
const ANSWER_TRIES = 4;
const ANSWER_PAUSE_MS = 300;
/** Left for the answer's own way back. */
const WAY_BACK_MS = 200;

/**
 * Asks Spotter for calls, makes them, and answers, until it is told to stop. Calls run beside each other.
 * @param {{
 *   server: string, token: string, controller: { url: string, token: string, fingerprint: string },
 *   say: (line: string) => void, signal: AbortSignal
 * }} settings
 * @throws {NotPaired}
 */
export const serve = async ({ server, token, controller: settings, say, signal }) => {
  const controller = createController(settings);
  const running = new Set();
  let failureCount = 0;
  let look = { atMs: Number.NEGATIVE_INFINITY, shown: null };

  const report = () => ({ version: VERSION, fingerprint: settings.fingerprint, shown: look.shown });
  const lookAgain = async () => {
    look = { atMs: performance.now(), shown: await readFingerprint(settings.url) };
    if (look.shown !== null && look.shown !== settings.fingerprint) {
      say(`the controller shows another certificate (${look.shown}): nothing is sent to it until this relay is paired again`);
    }
  };

  const work = async (call, leftMs) => {
    const startedAt = performance.now();
    const outcome =
      leftMs <= WAY_BACK_MS ? { kind: "failed", reason: "not_sent" } : await controller.call({ ...call, timeoutMs: leftMs - WAY_BACK_MS });
    const what = `${call.method} ${call.path.split("?")[0]}`;
    say(`${what}: ${outcome.kind === "answer" ? outcome.status : outcome.reason} in ${Math.round(performance.now() - startedAt)} ms`);
    const isNews = outcome.reason === "certificate_changed";
    if (isNews) {
      await lookAgain();
    }
    await deliver({ server, token, id: call.id, outcome, ...(isNews ? { report: report() } : {}) });
  };

  while (!signal.aborted) {
    if (performance.now() - look.atMs > LOOK_EVERY_MS) {
      await lookAgain();
    }
    const askedAtMs = Date.now();
    try {
      const reply = await next({ server, token, report: report(), signal });
      if (failureCount > 0) {
        say("Spotter is back");
      }
      failureCount = 0;
      if (reply !== null) {
        // By the wall clock, which goes on while this machine sleeps: a call that was under way meanwhile is not made.
        const onTheWayMs = Math.max(0, Date.now() - askedAtMs - reply.waitedMs);
        const task = work(reply.call, reply.call.expiresInMs - onTheWayMs)
          .catch((error) => say(`an answer could not be delivered: ${error.message}`))
          .finally(() => running.delete(task));
        running.add(task);
      } else if (Date.now() - askedAtMs < SOON_MS) {
        await pause(SOON_MS, signal);
      }
    } catch (error) {
      if (error instanceof NotPaired) {
        throw error;
      }
      if (!signal.aborted) {
        if (failureCount === 0) {
          say(`Spotter cannot be reached (${error.message}); trying again`);
        }
        await pause(PAUSES_MS[Math.min(failureCount, PAUSES_MS.length - 1)], signal);
        failureCount += 1;
      }
    }
  }
  await Promise.allSettled(running);
};

const deliver = async (input) => {
  for (let tries = 1; ; tries += 1) {
    try {
      await answer(input);
      return;
    } catch (error) {
      if (tries === ANSWER_TRIES || error instanceof NotPaired) {
        throw error;
      }
      await sleep(ANSWER_PAUSE_MS * tries);
    }
  }
};

const pause = (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined);
