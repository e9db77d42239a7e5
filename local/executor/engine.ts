import type { Called } from "./call-app.ts";
import { FAULT_BASE_MS, FAULT_MAX_MS, DEFAULT_RETRIES, REFUSED_BASE_MS, REFUSED_MAX_MS, RETRY_JITTER_RATIO } from "./limits.ts";
import { buildCallBody } from "./protocol.ts";
import type { Registry } from "./registry.ts";
import { DISCOVERY, type Outcome, type RunJob, type RunState } from "./run-state.ts";
import type { Runs } from "./runs.ts";
import { type Router, toRun } from "./router.ts";
import type { Scheduler } from "./scheduler.ts";
import type { DueJob, Store } from "./store.ts";
import { afterAnswer, type AnswerContext, afterWaiting, errorOutcome } from "./transitions.ts";

type Options = {
  store: Store;
  registry: Registry;
  runs: Runs;
  router: Router;
  scheduler: Pick<Scheduler, "offer" | "holdCalls">;
  call: (call: { functionId: string; stepId: string; canonicalBody: string }) => Promise<Called>;
  now: () => number;
  retryBaseMs: number;
  /** The app answers again after it refused connections: it may be a new version. */
  onAppBack: () => void;
  print: (line: string) => void;
};

/** Does one due job. Never throws: what went wrong is tried again a little later. */
export const createEngine = (options: Options) => {
  const { store, runs, router, scheduler, now, print } = options;
  const caller = createAppCaller(options);
  const inFlight = new Set<Promise<void>>();
  let failureCount = 0;

  const dispatch = async (due: DueJob): Promise<void> => {
    switch (due.kind) {
      case "call":
        return caller(due);
      case "sleep":
      case "wait":
        return runs.change(due.runId, (state) => endWaiting(state, { due, outcome: { type: "data", data: null }, nowMs: now() }));
      case "invoke": {
        const outcome = errorOutcome("the invoked function did not end in time", "InvokeTimeoutError");
        return runs.change(due.runId, (state) => endWaiting(state, { due, outcome, nowMs: now() }));
      }
      case "debounce":
        return router.fireDebounce(due);
      case "cron":
        return router.fireCron(due);
      case "resume": {
        const { runId, stepId, outcome }: { runId: string; stepId: string; outcome: Outcome } = JSON.parse(due.payload);
        await runs.change(runId, (state) => afterWaiting(state, { stepId, outcome, nowMs: now() }));
        await store.write({ removeJobIds: [due.id] });
      }
    }
  };

  return {
    work: (due: DueJob): Promise<void> => {
      const working = dispatch(due).then(
        () => {
          failureCount = 0;
        },
        (error: unknown) => {
          failureCount += 1;
          print(`job ${due.id}: ${error instanceof Error ? error.message : String(error)}`);
          scheduler.offer({ ...due, dueAtMs: now() + Math.min(FAULT_MAX_MS, FAULT_BASE_MS * 2 ** Math.min(failureCount, 10)) });
        },
      );
      inFlight.add(working);
      return working.finally(() => inFlight.delete(working));
    },
    settled: (): Promise<unknown> => Promise.allSettled(inFlight),
  };
};

/** Ends a wait at its time; a job that was moved to later is left alone. */
const endWaiting = (state: RunState, { due, outcome, nowMs }: { due: DueJob; outcome: Outcome; nowMs: number }) => {
  const job = state.jobs.get(due.stepId);
  return job === undefined || job.dueAtMs > nowMs ? null : afterWaiting(state, { stepId: due.stepId, outcome, nowMs });
};

const createAppCaller = (options: Options) => {
  const { registry, runs, scheduler, call, now, onAppBack, print } = options;
  /** Broken connections in a row, by job; they are no attempts, and a restart of the executor may forget them. */
  const faultCounts = new Map<string, number>();
  let refusedCount = 0;

  const postpone = (due: DueJob, reason: string): void => {
    const count = faultCounts.get(due.id) ?? 0;
    faultCounts.set(due.id, count + 1);
    const delayMs = Math.min(FAULT_MAX_MS, FAULT_BASE_MS * 2 ** Math.min(count, 20));
    print(`${due.functionId}: no answer of the app (${reason}); calling again in ${delayMs} ms`);
    scheduler.offer({ ...due, dueAtMs: now() + delayMs });
  };

  const postponeAll = (due: DueJob): void => {
    if (refusedCount === 0) {
      print("the app refuses connections; calls wait until it is back");
    }
    const untilMs = now() + Math.min(REFUSED_MAX_MS, REFUSED_BASE_MS * 2 ** Math.min(refusedCount, 10));
    refusedCount += 1;
    scheduler.holdCalls(untilMs);
    scheduler.offer({ ...due, dueAtMs: untilMs });
  };

  const noteAnswer = (due: DueJob): void => {
    faultCounts.delete(due.id);
    if (refusedCount > 0) {
      refusedCount = 0;
      print("the app is back");
      onAppBack();
    }
  };

  return async (due: DueJob): Promise<void> => {
    const state = await runs.get(due.runId);
    const job = state?.jobs.get(due.stepId);
    if (state === null || job === undefined || job.kind !== "call") {
      return;
    }
    if (job.dueAtMs > now()) {
      scheduler.offer({ ...due, dueAtMs: job.dueAtMs });
      return;
    }
    const maxAttempts = registry.get(state.functionId)?.maxAttempts ?? DEFAULT_RETRIES + 1;
    const isPlanOnly = job.stepId === DISCOVERY && state.jobs.size > 1;
    const canonicalBody = buildCallBody({ state, attempt: job.attempt, maxAttempts, isPlanOnly });
    const called = await call({ functionId: state.functionId, stepId: job.stepId, canonicalBody });
    if (called.kind === "refused") {
      return postponeAll(due);
    }
    if (called.kind === "lost") {
      return postpone(due, called.reason);
    }
    noteAnswer(due);
    const { answer } = called;
    const context = answerContext(options, { maxAttempts, job, seenCount: state.results.length });
    await runs.change(due.runId, (latest) => afterAnswer(latest, { job, answer, context }));
  };
};

const answerContext = (
  { registry, now, retryBaseMs }: Options,
  { maxAttempts, job, seenCount }: { maxAttempts: number; job: RunJob; seenCount: number },
): AnswerContext => ({
  nowMs: now(),
  maxAttempts,
  retryBaseMs,
  seenCount,
  jitterMs: Math.random() * RETRY_JITTER_RATIO * retryBaseMs * (job.attempt + 1),
  makeChild: ({ id, functionId, event, parent, createdAtMs }) => {
    const definition = registry.get(functionId);
    return definition === undefined ? null : toRun(definition, { id, body: event, parent, createdAtMs });
  },
});
