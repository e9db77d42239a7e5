import type { Constraint } from "./functions.ts";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type EventBody = { id: string; name: string; ts: number; data: Json; [field: string]: Json };
export type Outcome = { type: "data"; data: Json } | { type: "error"; error: Json };
export type StepResult = { stepId: string; outcome: Outcome };

/** The value of one concurrency constraint for one run; runs that share it share the limit. */
export type Slot = { constraintId: string; value: string };

/**
 * Something a run waits for. `call` is a request to the app: `stepId` "step" discovers what comes next, any other runs
 * that one planned step. `sleep`, `wait` and `invoke` end by themselves at `dueAtMs`.
 */
export type RunJob = {
  kind: "call" | "sleep" | "wait" | "invoke";
  stepId: string;
  dueAtMs: number;
  createdAtMs: number;
  attempt: number;
  eventName: string | null;
  expression: string | null;
  /** The function goes on as soon as the first of its parallel steps is done. */
  isRace: boolean;
};

export type RunState = {
  id: string;
  functionId: string;
  event: EventBody;
  slots: readonly Slot[];
  parent: { runId: string; stepId: string } | null;
  createdAtMs: number;
  /** Counts the changes; each change names the one it was computed from, so that of two only one is stored. */
  revision: number;
  /** In order of completion. */
  results: readonly StepResult[];
  jobs: ReadonlyMap<string, RunJob>;
};

export type NewRun = Omit<RunState, "revision" | "results" | "jobs">;
export type RunEnd = { status: "completed" | "failed" | "cancelled"; outcome: Outcome };
export type RunChange = {
  results: StepResult[];
  jobs: RunJob[];
  removals: string[];
  children: NewRun[];
  end: RunEnd | null;
};

export const DISCOVERY = "step";
export const NO_CHANGE: RunChange = { results: [], jobs: [], removals: [], children: [], end: null };

export const jobIdOf = (runId: string, stepId: string): string => `${runId}/${stepId}`;

export const newJob = (given: Pick<RunJob, "kind" | "stepId" | "dueAtMs" | "createdAtMs"> & Partial<RunJob>): RunJob => ({
  attempt: 0,
  eventName: null,
  expression: null,
  isRace: false,
  ...given,
});

export const startRun = (run: NewRun): RunState => ({
  ...run,
  revision: 0,
  results: [],
  jobs: new Map([[DISCOVERY, newJob({ kind: "call", stepId: DISCOVERY, dueAtMs: run.createdAtMs, createdAtMs: run.createdAtMs })]]),
});

export const applyChange = (state: RunState, change: RunChange): RunState => {
  const jobs = new Map(state.jobs);
  for (const stepId of change.removals) {
    jobs.delete(stepId);
  }
  for (const job of change.jobs) {
    jobs.set(job.stepId, job);
  }
  return { ...state, revision: state.revision + 1, results: [...state.results, ...change.results], jobs };
};

export const slotOf = (constraint: Constraint, value: string): Slot => ({ constraintId: constraint.id, value });
