import { setTimeout as sleep } from "node:timers/promises";

import { env } from "#server/platform/env.ts";
import { sendEvents } from "#server/platform/events.ts";
import { log } from "#server/platform/logger.ts";
import { shutdownSignal } from "#server/platform/shutdown.ts";
import { onCommit } from "#server/services/context.ts";
import { nudgeRelay } from "#server/services/outbox/relay-outbox.ts";

/** The engine learns of our functions a moment after we listen; an event before that finds none. */
const ANNOUNCE_AFTER_MS = [2_000, 7_000, 15_000];

/** Reading the environment first stops a start with a bad variable before anything listens. */
export const start = (): void => {
  log.info({ app: env.APP_URL, isDemo: env.DEMO_MODE === "on" }, "spotter starts");
  shutdownSignal();
  onCommit(nudgeRelay);
  nudgeRelay();
  void announce();
};

/** What the engine runs each minute begins now instead of at the next full minute. */
const announce = async (): Promise<void> => {
  for (const wait of ANNOUNCE_AFTER_MS) {
    await sleep(wait, undefined, { ref: false });
    try {
      await sendEvents([
        { id: `started:${process.pid}:${performance.timeOrigin}:${wait}`, name: "app/started", data: { processId: String(process.pid) } },
      ]);
    } catch {
      log.warn({}, "the engine is not there yet");
    }
  }
};
