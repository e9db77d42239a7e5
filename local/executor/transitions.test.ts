import fc from "fast-check";
import { expect, test } from "vitest";
import type { Answer, Op } from "./protocol.ts";
import { applyChange, DISCOVERY, type RunJob, type RunState, startRun } from "./run-state.ts";
import { afterAnswer, type AnswerContext, afterWaiting, retryDelayMs } from "./transitions.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const MAX_ATTEMPTS = 3;
const context: AnswerContext = {
  nowMs: NOW,
  maxAttempts: MAX_ATTEMPTS,
  retryBaseMs: 2_000,
  jitterMs: 0,
  seenCount: 0,
  makeChild: (child) => ({ ...child, slots: [] }),
};

const newState = (): RunState =>
  startRun({ id: "run", functionId: "fn", event: { id: "e", name: "test", ts: NOW, data: {} }, slots: [], parent: null, createdAtMs: NOW });
const op = (given: Partial<Op>): Op => ({
  op: "StepRun",
  id: "a",
  name: "a",
  displayName: "a",
  opts: {},
  data: null,
  error: null,
  ...given,
});
const ops = (...list: Partial<Op>[]): Answer => ({ kind: "ops", ops: list.map(op), isFinal: false, retryAfterMs: null });
const jobOf = (state: RunState, stepId: string): RunJob => {
  const job = state.jobs.get(stepId);
  if (job === undefined) {
    throw new Error(`no job ${stepId}`);
  }
  return job;
};
const answered = (state: RunState, answer: Answer, stepId = DISCOVERY): RunState => {
  const change = afterAnswer(state, { job: jobOf(state, stepId), answer, context: { ...context, seenCount: state.results.length } });
  return change === null ? state : applyChange(state, change);
};

test("a step that ran is followed by the question what comes next", () => {
  const state = answered(newState(), ops({ id: "a", data: 1 }));
  expect(state.results).toEqual([{ stepId: "a", outcome: { type: "data", data: 1 } }]);
  expect([...state.jobs.keys()]).toEqual([DISCOVERY]);
});

test("an answer to a call that was answered before changes nothing", () => {
  const first = newState();
  const job = jobOf(first, DISCOVERY);
  const retried = answered(first, ops({ op: "StepError", error: { message: "x" } }));
  expect(afterAnswer(retried, { job, answer: ops({ id: "a" }), context })).toBeNull();
});

test("retries wait longer each time, or as long as the app asks", () => {
  expect([0, 1, 2].map((attempt) => retryDelayMs(attempt, { retryBaseMs: 2_000, jitterMs: 0 }))).toEqual([2_000, 6_000, 18_000]);
  const asked = answered(newState(), { kind: "threw", error: {}, isFinal: false, retryAfterMs: 30_000 });
  expect(jobOf(asked, DISCOVERY)).toMatchObject({ attempt: 1, dueAtMs: NOW + 30_000 });
});

test.each([
  ["on the last attempt", { attempt: MAX_ATTEMPTS - 1 }, false],
  ["when the app forbids retries", { attempt: 0 }, true],
])("an error of the function fails the run %s", (_, given, isFinal) => {
  const state = newState();
  const job = { ...jobOf(state, DISCOVERY), ...given };
  const failing = { ...state, jobs: new Map([[DISCOVERY, job]]) };
  const change = afterAnswer(failing, { job, answer: { kind: "threw", error: { message: "x" }, isFinal, retryAfterMs: null }, context });
  expect(change?.end).toEqual({ status: "failed", outcome: { type: "error", error: { message: "x" } } });
});

test("a step that failed for good becomes a result, which the function may catch", () => {
  const state = answered(newState(), {
    kind: "ops",
    ops: [op({ op: "StepFailed", error: { name: "Error", message: "x" } })],
    isFinal: true,
    retryAfterMs: null,
  });
  expect(state.results[0]?.outcome).toEqual({ type: "error", error: { name: "Error", message: "x" } });
  expect([...state.jobs.keys()]).toEqual([DISCOVERY]);
});

test.each([
  ["an unknown kind of step", { op: "Gateway" }, /does not support/],
  ["a wait with an unreadable expression", { op: "WaitForEvent", opts: { timeout: "1h", if: "async.data. ==" } }, /cannot evaluate/],
  ["a wait without time-out", { op: "WaitForEvent" }, /timeout/],
  ["an unreadable sleep", { op: "Sleep", name: "soon" }, /cannot sleep/],
])("%s fails as a step, in words", (_, given, reason) => {
  const outcome = answered(newState(), ops(given)).results[0]?.outcome;
  expect(outcome?.type === "error" ? JSON.stringify(outcome.error) : "").toMatch(reason);
});

type Planned = { kind: "run" | "sleep" | "wait"; failures: number };
const program = fc.array(
  fc.array(
    fc.record({ kind: fc.constantFrom<Planned["kind"]>("run", "sleep", "wait"), failures: fc.integer({ min: 0, max: MAX_ATTEMPTS - 1 }) }),
    { minLength: 1, maxLength: 4 },
  ),
  { maxLength: 5 },
);
const WAITING: Record<Exclude<Planned["kind"], "run">, Partial<Op>> = {
  sleep: { op: "Sleep", name: "1s" },
  wait: { op: "WaitForEvent", name: "test/answered", opts: { timeout: "1h" } },
};

/** Answers as the SDK does (inngest 4.24): a lone step runs at once, several are planned. */
const createFunctionModel = (groups: Planned[][]) => {
  const ran = new Map<string, number>();
  const run = (id: string, planned: Planned): Partial<Op> => {
    const count = ran.get(id) ?? 0;
    ran.set(id, count + 1);
    return count < planned.failures ? { id, op: "StepError", error: { message: "not yet" } } : { id, op: "StepRun", data: id };
  };
  const answer = (state: RunState, stepId: string): Answer => {
    const done = new Set(state.results.map((result) => result.stepId));
    const at = groups.findIndex((group, g) => group.some((_, index) => !done.has(`${g}.${index}`)));
    const group = groups[at];
    if (group === undefined) {
      return { kind: "finished", output: "done" };
    }
    const open = group.flatMap((planned, index) => (done.has(`${at}.${index}`) ? [] : [{ id: `${at}.${index}`, planned }]));
    const [only] = stepId === DISCOVERY && open.length === 1 ? open : open.filter(({ id }) => id === stepId);
    if (only !== undefined) {
      return ops(only.planned.kind === "run" ? run(only.id, only.planned) : { id: only.id, ...WAITING[only.planned.kind] });
    }
    return ops(...open.map(({ id, planned }) => ({ id, ...(planned.kind === "run" ? { op: "StepPlanned" } : WAITING[planned.kind]) })));
  };
  return { answer, ran };
};

test("whatever the function does and in whatever order things end, each step succeeds once and the run completes", () => {
  fc.assert(
    fc.property(program, fc.infiniteStream(fc.nat()), (groups, picks) => {
      const model = createFunctionModel(groups);
      let state = newState();
      for (let count = 0; count < 500; count += 1) {
        const stepIds = [...state.jobs.keys()];
        expect(stepIds.length).toBeGreaterThan(0);
        expect(stepIds.includes(DISCOVERY) && stepIds.length > 1).toBe(false);
        const stepId = stepIds[(picks.next().value ?? 0) % stepIds.length] ?? DISCOVERY;
        const job = jobOf(state, stepId);
        const change =
          job.kind === "call"
            ? afterAnswer(state, { job, answer: model.answer(state, stepId), context: { ...context, seenCount: state.results.length } })
            : afterWaiting(state, { stepId, outcome: { type: "data", data: null }, nowMs: NOW });
        if (change?.end) {
          expect(change.end).toEqual({ status: "completed", outcome: { type: "data", data: "done" } });
          const expected = groups.flatMap((group, g) => group.map((_, index) => `${g}.${index}`));
          expect(state.results.map((result) => result.stepId).toSorted()).toEqual(expected.toSorted());
          groups.forEach((group, g) =>
            group.forEach((planned, index) => planned.kind === "run" && expect(model.ran.get(`${g}.${index}`)).toBe(planned.failures + 1)),
          );
          return;
        }
        state = change === null ? state : applyChange(state, change);
      }
      expect.unreachable("the run never ended");
    }),
  );
});
