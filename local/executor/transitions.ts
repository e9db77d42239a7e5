import { resolveInstantMs } from "./durations.ts";
import { findExpressionProblem } from "./expressions.ts";
import { timeOrderedId } from "./ids.ts";
import { INVOKE_WAIT_MS, RETRY_FACTOR, RETRY_MAX_MS } from "./limits.ts";
import { type Answer, isRecord, type Op, toError } from "./protocol.ts";
import {
  DISCOVERY,
  type EventBody,
  type Json,
  newJob,
  type NewRun,
  NO_CHANGE,
  type Outcome,
  type RunChange,
  type RunEnd,
  type RunJob,
  type RunState,
  type StepResult,
} from "./run-state.ts";

export type AnswerContext = {
  nowMs: number;
  maxAttempts: number;
  retryBaseMs: number;
  /** How many results the called function was told of; another step may have ended since. */
  seenCount: number;
  /** Added to a retry delay, so that runs which failed together do not return together. */
  jitterMs: number;
  /** The run an invoked function starts, or `null` when no such function is registered. */
  makeChild: (child: Pick<NewRun, "id" | "functionId" | "event" | "parent" | "createdAtMs">) => NewRun | null;
};

/** What an answer to a call changes; `null` when the call was answered already or the job is gone. */
export const afterAnswer = (
  state: RunState,
  { job, answer, context }: { job: RunJob; answer: Answer; context: AnswerContext },
): RunChange | null => {
  const current = state.jobs.get(job.stepId);
  if (current === undefined || current.kind !== "call" || current.attempt !== job.attempt) {
    return null;
  }
  if (answer.kind === "finished") {
    return endRun({ status: "completed", outcome: { type: "data", data: answer.output } });
  }
  if (answer.kind === "threw") {
    return answer.isFinal || isLastAttempt(job, context)
      ? endRun({ status: "failed", outcome: { type: "error", error: answer.error } })
      : { ...NO_CHANGE, jobs: [retryOf(job, { retryAfterMs: answer.retryAfterMs, context })] };
  }
  return afterOps(state, { job, answer, context });
};

export const endRun = (end: RunEnd): RunChange => ({ ...NO_CHANGE, end });

/** A sleep that is over, an event that arrived or did not, an invoked function that ended. */
export const afterWaiting = (state: RunState, { stepId, outcome, nowMs }: StepResult & { nowMs: number }): RunChange | null => {
  const job = state.jobs.get(stepId);
  if (job === undefined || job.kind === "call") {
    return null;
  }
  return withDiscovery(state, { change: { ...NO_CHANGE, results: [{ stepId, outcome }], removals: [stepId] }, job, nowMs });
};

/** Grows threefold with every attempt; a retry-after of the app wins. */
export const retryDelayMs = (attempt: number, { retryBaseMs, jitterMs }: { retryBaseMs: number; jitterMs: number }): number =>
  Math.min(RETRY_MAX_MS, retryBaseMs * RETRY_FACTOR ** Math.min(attempt, 20)) + jitterMs;

type OpsAnswer = Extract<Answer, { kind: "ops" }>;

const afterOps = (state: RunState, { job, answer, context }: { job: RunJob; answer: OpsAnswer; context: AnswerContext }): RunChange => {
  const known = new Set(state.results.map((result) => result.stepId));
  const change: RunChange = { ...NO_CHANGE, results: [], jobs: [], removals: [job.stepId], children: [] };
  for (const op of answer.ops) {
    if (op.op === "RunComplete") {
      return endRun({ status: "completed", outcome: { type: "data", data: op.data } });
    }
    if (op.op === "StepError" && !answer.isFinal && !isLastAttempt(job, context)) {
      return { ...NO_CHANGE, jobs: [retryOf(job, { retryAfterMs: answer.retryAfterMs, context })] };
    }
    const isKnown = known.has(op.id) || (state.jobs.has(op.id) && op.id !== job.stepId);
    if (!isKnown) {
      known.add(op.id);
      addOp(change, { op, state, context });
    }
  }
  const isStuck =
    job.stepId === DISCOVERY && answer.ops.length === 0 && state.jobs.size === 1 && state.results.length === context.seenCount;
  return isStuck
    ? endRun({ status: "failed", outcome: errorOutcome("the function answered with an empty list of steps") })
    : withDiscovery(state, { change, job, nowMs: context.nowMs });
};

const addOp = (change: RunChange, { op, state, context }: { op: Op; state: RunState; context: AnswerContext }): void => {
  const base = { stepId: op.id, createdAtMs: context.nowMs, isRace: op.opts["parallelMode"] === "race" };
  const refuse = (message: string): void => {
    change.results.push({ stepId: op.id, outcome: errorOutcome(message) });
  };
  switch (op.op) {
    case "StepRun":
      change.results.push({ stepId: op.id, outcome: { type: "data", data: op.data } });
      return;
    case "StepError":
    case "StepFailed":
      change.results.push({ stepId: op.id, outcome: { type: "error", error: toError(op.error) } });
      return;
    case "StepPlanned":
      change.jobs.push(newJob({ ...base, kind: "call", dueAtMs: context.nowMs }));
      return;
    case "Sleep": {
      const dueAtMs = resolveInstantMs(op.name, context.nowMs);
      return dueAtMs === null
        ? refuse(`cannot sleep for "${op.name}"`)
        : void change.jobs.push(newJob({ ...base, kind: "sleep", dueAtMs }));
    }
    case "WaitForEvent":
      return addWait(change, { op, base, nowMs: context.nowMs, refuse });
    case "InvokeFunction":
      return addInvoke(change, { op, state, context, base, refuse });
    default:
      return refuse(`the local executor does not support the step "${op.displayName}" (${op.op})`);
  }
};

type Refuse = (message: string) => void;
type JobBase = Pick<RunJob, "stepId" | "createdAtMs" | "isRace">;

const addWait = (change: RunChange, { op, base, nowMs, refuse }: { op: Op; base: JobBase; nowMs: number; refuse: Refuse }): void => {
  const timeout = op.opts["timeout"];
  const dueAtMs = typeof timeout === "string" ? resolveInstantMs(timeout, nowMs) : null;
  const expression = typeof op.opts["if"] === "string" ? op.opts["if"] : null;
  const problem = expression === null ? null : findExpressionProblem("match", expression);
  if (dueAtMs === null) {
    return refuse("an event can only be waited for with a timeout");
  }
  if (problem !== null) {
    return refuse(`cannot evaluate "${expression}": ${problem}`);
  }
  change.jobs.push(newJob({ ...base, kind: "wait", dueAtMs, eventName: op.name, expression }));
};

const addInvoke = (
  change: RunChange,
  { op, state, context, base, refuse }: { op: Op; state: RunState; context: AnswerContext; base: JobBase; refuse: Refuse },
): void => {
  const functionId = typeof op.opts["function_id"] === "string" ? op.opts["function_id"] : "";
  const payload = isRecord(op.opts["payload"]) ? op.opts["payload"] : {};
  const timeout = op.opts["timeout"];
  const dueAtMs = typeof timeout === "string" ? resolveInstantMs(timeout, context.nowMs) : context.nowMs + INVOKE_WAIT_MS;
  const childId = timeOrderedId(context.nowMs, `invoke:${state.id}:${op.id}`);
  const event: EventBody = {
    id: childId,
    name: "inngest/function.invoked",
    ts: context.nowMs,
    data: isRecord(payload["data"]) ? payload["data"] : {},
  };
  const child = context.makeChild({
    id: childId,
    functionId,
    event,
    parent: { runId: state.id, stepId: op.id },
    createdAtMs: context.nowMs,
  });
  if (child === null || dueAtMs === null) {
    return refuse(child === null ? `function "${functionId}" is not registered` : "cannot read the timeout of the invocation");
  }
  change.children.push(child);
  change.jobs.push(newJob({ ...base, kind: "invoke", dueAtMs }));
};

/**
 * The function is asked what comes next only when nothing is pending any more: a discovery call would run the last
 * pending step within the same request. A race is the exception; it is asked to plan only.
 */
const withDiscovery = (state: RunState, { change, job, nowMs }: { change: RunChange; job: RunJob; nowMs: number }): RunChange => {
  const gone = new Set(change.removals);
  const isPending = change.jobs.length > 0 || [...state.jobs.keys()].some((stepId) => !gone.has(stepId));
  const hasNews = change.results.length > 0;
  if (isPending && !(hasNews && job.isRace)) {
    return change;
  }
  const discovery = newJob({ kind: "call", stepId: DISCOVERY, dueAtMs: nowMs, createdAtMs: nowMs });
  return {
    ...change,
    jobs: [...change.jobs, discovery],
    removals: change.removals.filter((stepId) => stepId !== DISCOVERY),
  };
};

const retryOf = (job: RunJob, { retryAfterMs, context }: { retryAfterMs: number | null; context: AnswerContext }): RunJob => ({
  ...job,
  attempt: job.attempt + 1,
  dueAtMs: Math.round(context.nowMs + (retryAfterMs ?? retryDelayMs(job.attempt, context))),
});

const isLastAttempt = (job: RunJob, context: AnswerContext): boolean => job.attempt + 1 >= context.maxAttempts;

export const errorOutcome = (message: string, name = "Error"): Outcome => ({ type: "error", error: { name, message } satisfies Json });
