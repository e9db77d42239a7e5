import { HORIZON_MS, LONG_CALL_MS, MAX_LONG_CALLS, MAX_TIMERS } from "./limits.ts";
import { createReadyQueue, type Ready } from "./ready-queue.ts";
import type { DueJob } from "./store.ts";

type Entry = Ready & { job: DueJob; readyAtMs: number };
type Options = {
  maxCalls: number;
  now: () => number;
  limitOf: (functionId: string, constraintId: string) => number | undefined;
  /** Does what is due. Must not throw; whatever has to happen next is offered again. */
  work: (job: DueJob) => Promise<void>;
};
export type Scheduler = ReturnType<typeof createScheduler>;

/** setTimeout's own limit is far above; a timer never waits longer than the horizon lets jobs in. */
const TIMER_MAX_MS = 60_000;

/**
 * Holds the jobs of the near future in memory and starts each at its time. It is only a hint: a job that is offered
 * twice starts once, and whoever does the work looks into the run's state whether the job still exists.
 */
export const createScheduler = ({ maxCalls, now, limitOf, work }: Options) => {
  const calls = createReadyQueue<Entry>({ maxRunning: maxCalls, maxLong: MAX_LONG_CALLS, limitOf });
  const timers = createReadyQueue<Entry>({ maxRunning: MAX_TIMERS, limitOf: () => undefined });
  const queueOf = (entry: Entry) => (entry.job.kind === "call" ? calls : timers);

  const sleeping = new Map<string, NodeJS.Timeout>();
  const queued = new Map<string, Entry>();
  const running = new Set<string>();
  /** Offers for jobs that are being worked on: the same id again, for afterwards. */
  const afterwards = new Map<string, DueJob>();
  let isStopped = true;
  let callsFromMs = 0;
  let wakeUp: NodeJS.Timeout | undefined;

  const offer = (job: DueJob): void => {
    if (running.has(job.id)) {
      afterwards.set(job.id, job);
      return;
    }
    const waitMs = job.dueAtMs - now();
    if (waitMs > 0) {
      dequeue(job.id);
      arm(job, waitMs);
      return;
    }
    if (queued.has(job.id)) {
      return;
    }
    disarm(job.id);
    const order = job.runId === "" ? `0${job.id}` : `${job.runId}/${job.stepId}`;
    const entry: Entry = { id: job.id, order, functionId: job.functionId, slots: job.slots, job, readyAtMs: job.dueAtMs };
    queued.set(job.id, entry);
    queueOf(entry).add(entry);
    pump();
  };

  const arm = (job: DueJob, waitMs: number): void => {
    disarm(job.id);
    if (waitMs > HORIZON_MS || isStopped) {
      return;
    }
    const timer = setTimeout(
      () => {
        sleeping.delete(job.id);
        offer(job);
      },
      Math.min(waitMs, TIMER_MAX_MS),
    );
    sleeping.set(job.id, timer);
  };

  const disarm = (jobId: string): void => {
    clearTimeout(sleeping.get(jobId));
    sleeping.delete(jobId);
  };

  const dequeue = (jobId: string): void => {
    const entry = queued.get(jobId);
    if (entry !== undefined) {
      queued.delete(jobId);
      queueOf(entry).remove(entry);
    }
  };

  const pump = (): void => {
    if (isStopped) {
      return;
    }
    for (let entry = timers.take(); entry !== null; entry = timers.take()) {
      start(entry);
    }
    if (now() < callsFromMs) {
      wakeUp ??= setTimeout(() => {
        wakeUp = undefined;
        pump();
      }, callsFromMs - now());
      return;
    }
    for (let entry = calls.take(); entry !== null; entry = calls.take()) {
      start(entry);
    }
  };

  const start = (entry: Entry): void => {
    queued.delete(entry.id);
    running.add(entry.id);
    const tooLong = setTimeout(() => {
      queueOf(entry).noteLong(entry);
      pump();
    }, LONG_CALL_MS);
    void work(entry.job).finally(() => {
      clearTimeout(tooLong);
      running.delete(entry.id);
      queueOf(entry).release(entry);
      const next = afterwards.get(entry.id);
      afterwards.delete(entry.id);
      if (next !== undefined) {
        offer(next);
      }
      pump();
    });
  };

  return {
    offer,
    /** The job is gone; if it is being worked on, its result will find that out. */
    forget: (jobId: string): void => {
      afterwards.delete(jobId);
      disarm(jobId);
      dequeue(jobId);
    },
    /** Holds back calls to the app, not timers. */
    holdCalls: (untilMs: number): void => {
      callsFromMs = untilMs;
    },
    start: (): void => {
      isStopped = false;
      pump();
    },
    /** Starts nothing more and forgets what has not begun. */
    stop: (): void => {
      isStopped = true;
      sleeping.forEach((timer) => clearTimeout(timer));
      sleeping.clear();
      queued.clear();
      afterwards.clear();
      calls.clear();
      timers.clear();
      clearTimeout(wakeUp);
      wakeUp = undefined;
    },
    stats: () => {
      const { runningCount, queuedCount, queued: heads } = calls.stats();
      const readyAtMs = heads.map((entry) => entry.readyAtMs);
      return { runningCount, queuedCount, oldestQueuedAtMs: readyAtMs.length === 0 ? null : Math.min(...readyAtMs) };
    },
  };
};
