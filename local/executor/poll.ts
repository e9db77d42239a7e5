import { HORIZON_MS, POLL_MS, POLL_PAGE, PRUNE_EVERY_MS, SWEEP_MS } from "./limits.ts";
import type { DueJob, PollPosition, Store, StoredEvent } from "./store.ts";

type Options = {
  store: Store;
  now: () => number;
  onDue: (job: DueJob) => void;
  onUnrouted: (events: StoredEvent[]) => void;
  onError: (error: unknown) => void;
};

const START: PollPosition = { dueAt: new Date(0), id: "" };

/** The net below the in-process wake-ups, and what brings jobs of the near future into memory. */
export const createPoll = ({ store, now, onDue, onUnrouted, onError }: Options) => {
  let position = START;
  let sweptAtMs = 0;
  let prunedAtMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;

  const readDue = async (): Promise<void> => {
    const nowMs = now();
    if (nowMs - sweptAtMs >= SWEEP_MS || nowMs < sweptAtMs) {
      position = START;
      sweptAtMs = nowMs;
    }
    const untilMs = nowMs + HORIZON_MS;
    for (;;) {
      const jobs = await store.listDue(position, untilMs);
      jobs.forEach(onDue);
      const last = jobs.at(-1);
      if (last === undefined || jobs.length < POLL_PAGE) {
        // Everything until here is in memory; what is stored for this time from now on is offered by who stores it.
        position = { dueAt: new Date(untilMs), id: "" };
        return;
      }
      position = { dueAt: new Date(last.dueAtMs), id: last.id };
    }
  };

  const prune = async (): Promise<void> => {
    if (now() - prunedAtMs >= PRUNE_EVERY_MS) {
      const isMore = await store.prune(now());
      prunedAtMs = isMore ? prunedAtMs : now();
    }
  };

  const tick = async (): Promise<void> => {
    try {
      await readDue();
      onUnrouted(await store.listUnroutedEvents());
      await prune();
    } catch (error) {
      onError(error);
    }
    if (isRunning) {
      timer = setTimeout(() => void tick(), POLL_MS);
    }
  };

  return {
    /** Reads everything that is due once, and goes on reading. */
    start: (): void => {
      position = START;
      sweptAtMs = 0;
      isRunning = true;
      clearTimeout(timer);
      timer = setTimeout(() => void tick(), 0);
    },
    stop: (): void => {
      isRunning = false;
      clearTimeout(timer);
    },
  };
};
