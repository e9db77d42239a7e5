import { errorOutcome } from "./transitions.ts";
import { timeOrderedId } from "./ids.ts";
import { CACHED_RUNS } from "./limits.ts";
import { applyChange, type EventBody, type Outcome, type RunChange, type RunEnd, type RunState, startRun } from "./run-state.ts";
import type { OwnJob, Store, StoredEvent } from "./store.ts";

export type Changed = {
  before: RunState;
  change: RunChange;
  /** The run as it goes on, or `null` when it ended. */
  after: RunState | null;
  children: RunState[];
  ownJobs: OwnJob[];
  events: StoredEvent[];
};
type Options = {
  store: Store;
  now: () => number;
  /** Whether anybody would notice an internal event of this name. */
  isWanted: (eventName: string) => boolean;
  /** Gets the names of events that runs wait for before the wait is stored, so that no event slips in between. */
  waitedNames: Set<string>;
  onChanged: (changed: Changed) => void;
};
export type Runs = ReturnType<typeof createRuns>;

/** The state of runs: one change at a time for each, in memory only after it is in the database. */
export const createRuns = ({ store, now, isWanted, waitedNames, onChanged }: Options) => {
  const cache = new Map<string, RunState>();
  const tails = new Map<string, Promise<unknown>>();

  const inTurn = <Result>(runId: string, work: () => Promise<Result>): Promise<Result> => {
    const turn = (tails.get(runId) ?? Promise.resolve()).then(work, work);
    tails.set(runId, turn);
    const forget = (): void => {
      if (tails.get(runId) === turn) {
        tails.delete(runId);
      }
    };
    turn.then(forget, forget);
    return turn;
  };

  const put = (state: RunState): void => {
    cache.delete(state.id);
    cache.set(state.id, state);
    if (cache.size > CACHED_RUNS) {
      const [oldest] = cache.keys();
      cache.delete(oldest ?? "");
    }
  };

  const load = async (runId: string): Promise<RunState | null> => {
    const known = cache.get(runId);
    if (known !== undefined) {
      return known;
    }
    const state = await store.loadRun(runId);
    if (state !== null) {
      put(state);
    }
    return state;
  };

  const changeOnce = async (runId: string, compute: (state: RunState) => RunChange | null): Promise<boolean> => {
    const state = await load(runId);
    const change = state === null ? null : compute(state);
    if (state === null || change === null) {
      return true;
    }
    const nowMs = now();
    const { ownJobs, events } = change.end === null ? NOTHING : consequencesOf(state, { end: change.end, nowMs, isWanted });
    change.jobs.forEach((job) => job.eventName !== null && waitedNames.add(job.eventName));
    const written = await store.write({ move: { state, change, nowMs }, ownJobs, events });
    cache.delete(runId);
    if (!written.isStored) {
      return false;
    }
    const after = change.end === null ? applyChange(state, change) : null;
    const children = change.children.filter((child) => written.newRunIds.has(child.id)).map(startRun);
    for (const next of after === null ? children : [after, ...children]) {
      put(next);
    }
    onChanged({ before: state, change, after, children, ownJobs, events });
    return true;
  };

  return {
    put,
    /** `null` when the run ended or never was. */
    get: (runId: string): Promise<RunState | null> => {
      const known = cache.get(runId);
      return known !== undefined ? Promise.resolve(known) : inTurn(runId, () => load(runId));
    },
    /**
     * Computes a change from the newest state and stores it. When the stored state turns out to be newer than the one in
     * memory (an earlier answer of the database was lost), it is read again and the change computed anew.
     */
    change: (runId: string, compute: (state: RunState) => RunChange | null): Promise<void> =>
      inTurn(runId, async () => {
        for (;;) {
          if (await changeOnce(runId, compute)) {
            return;
          }
        }
      }),
    /** Forgets what is in memory, because somebody else may have changed the database meanwhile. */
    clear: (): void => cache.clear(),
  };
};

const NOTHING: { ownJobs: OwnJob[]; events: StoredEvent[] } = { ownJobs: [], events: [] };

/** What the end of a run sets off: the run that invoked it goes on, and the failure handler hears of it. */
const consequencesOf = (
  state: RunState,
  { end, nowMs, isWanted }: { end: RunEnd; nowMs: number; isWanted: (eventName: string) => boolean },
): { ownJobs: OwnJob[]; events: StoredEvent[] } => {
  const events = internalEvents(state, { end, nowMs })
    .filter((event) => isWanted(event.name))
    .map((body) => ({ body, receivedAtMs: nowMs }));
  if (state.parent === null) {
    return { ownJobs: [], events };
  }
  const outcome: Outcome = end.status === "cancelled" ? errorOutcome("the invoked function was cancelled") : end.outcome;
  const payload = JSON.stringify({ ...state.parent, outcome });
  const resume = { id: `resume/${state.id}`, kind: "resume", functionId: null, dueAtMs: nowMs, createdAtMs: nowMs, payload } as const;
  return { ownJobs: [resume], events };
};

const internalEvents = (state: RunState, { end, nowMs }: { end: RunEnd; nowMs: number }): EventBody[] => {
  const about = { function_id: state.functionId, run_id: state.id, event: state.event };
  const error = end.outcome.type === "error" ? { error: end.outcome.error } : {};
  const make = (name: string, data: EventBody["data"]): EventBody => ({
    id: timeOrderedId(nowMs, `${name}:${state.id}`),
    name,
    ts: nowMs,
    data,
  });
  const finished = make("inngest/function.finished", {
    ...about,
    ...(end.outcome.type === "data" ? { result: end.outcome.data } : error),
  });
  switch (end.status) {
    case "completed":
      return [finished];
    case "failed":
      return [make("inngest/function.failed", { ...about, ...error }), finished];
    case "cancelled":
      return [make("inngest/function.cancelled", { ...about, ...error })];
  }
};
