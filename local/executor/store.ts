import type { Database } from "./database.ts";
import type { FunctionDefinition, Registration } from "./functions.ts";
import { readStoredFunction } from "./functions.ts";
import { KEEP_MS, POLL_PAGE, PRUNE_BATCH, ROUTE_BATCH } from "./limits.ts";
import { type EventBody, jobIdOf, type NewRun, type Outcome, type RunChange, type RunJob, type RunState, type Slot } from "./run-state.ts";
import * as sql from "./statements.ts";

export type StoredEvent = { body: EventBody; receivedAtMs: number };
/** A job of no run: what the executor itself has to do at a time. */
export type OwnJob = {
  id: string;
  kind: "debounce" | "cron" | "resume";
  functionId: string | null;
  dueAtMs: number;
  createdAtMs: number;
  payload: string;
};
/** What the scheduler has to know of a job. */
export type DueJob = {
  id: string;
  kind: RunJob["kind"] | OwnJob["kind"];
  runId: string;
  stepId: string;
  functionId: string;
  slots: readonly Slot[];
  dueAtMs: number;
  payload: string;
};
export type Write = {
  /** The change of one run; nothing of the write is stored when the run is no longer at this state's revision. */
  move?: { state: RunState; change: RunChange; nowMs: number };
  newRuns?: NewRun[];
  ownJobs?: OwnJob[];
  removeJobIds?: string[];
  events?: StoredEvent[];
  routedEventIds?: string[];
};
export type Written = { isStored: boolean; newRunIds: Set<string>; newEventIds: Set<string> };
export type OpenRun = { runId: string; event: EventBody; createdAtMs: number };
export type WaitingRun = OpenRun & { stepId: string; eventName: string; expression: string | null };
export type PollPosition = { dueAt: Date; id: string };
export type Store = ReturnType<typeof createStore>;

const iso = (atMs: number): string => new Date(atMs).toISOString();

export const createStore = (database: Database) => ({
  /** Stores everything of a write or nothing, in one statement, however often the database goes away meanwhile. */
  write: async (write: Write): Promise<Written> => readWritten(await database.persist<sql.WrittenRow>(sql.WRITE, toValues(write))),

  /** The same, but gives up at once when the database is away: for callers that can say so to somebody. */
  tryWrite: async (write: Write): Promise<Written> => readWritten(await database.query<sql.WrittenRow>(sql.WRITE, toValues(write))),

  loadRun: async (runId: string): Promise<RunState | null> => {
    const rows = await database.persist<sql.RunRow>(sql.LOAD_RUN, [runId]);
    return rows[0] === undefined ? null : toRunState(rows[0]);
  },

  loadOutcome: async (runId: string): Promise<{ status: string; outcome: Outcome | null } | null> => {
    const [row] = await database.query<{ status: string; outcome: string | null }>(sql.LOAD_OUTCOME, [runId]);
    return row === undefined ? null : { status: row.status, outcome: row.outcome === null ? null : JSON.parse(row.outcome) };
  },

  /** Jobs due until an instant, from a position on; fewer than a page means that there are no more. */
  listDue: async (after: PollPosition, untilMs: number): Promise<DueJob[]> => {
    const rows = await database.query<sql.DueRow>(sql.LIST_DUE, [after.dueAt, after.id, new Date(untilMs), POLL_PAGE]);
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      runId: row.run_id ?? "",
      stepId: row.step_id ?? "",
      functionId: row.function_id ?? "",
      slots: row.slots === null ? [] : JSON.parse(row.slots),
      dueAtMs: row.due_at.getTime(),
      payload: row.payload ?? "",
    }));
  },

  listUnroutedEvents: async (): Promise<StoredEvent[]> => {
    const rows = await database.query<{ body: string; received_at: Date }>(sql.LIST_UNROUTED, [ROUTE_BATCH]);
    return rows.map((row) => ({ body: JSON.parse(row.body), receivedAtMs: row.received_at.getTime() }));
  },

  listWaiting: async (eventNames: string[]): Promise<WaitingRun[]> => {
    const rows = await database.persist<sql.WaitingRow>(sql.LIST_WAITING, [eventNames]);
    return rows.map((row) => ({
      runId: row.run_id,
      stepId: row.step_id,
      eventName: row.event_name,
      expression: row.expression,
      event: JSON.parse(row.event),
      createdAtMs: row.created_at.getTime(),
    }));
  },

  listWaitedNames: async (): Promise<string[]> =>
    (await database.persist<{ event_name: string }>(sql.LIST_WAITED_NAMES, [])).map((row) => row.event_name),

  listOpenRuns: async (functionId: string): Promise<OpenRun[]> => {
    const rows = await database.persist<{ id: string; event: string; created_at: Date }>(sql.LIST_OPEN_RUNS, [functionId]);
    return rows.map((row) => ({ runId: row.id, event: JSON.parse(row.event), createdAtMs: row.created_at.getTime() }));
  },

  findOwnJob: async (id: string): Promise<OwnJob | null> => {
    const [row] = await database.persist<sql.OwnJobRow>(sql.FIND_OWN_JOB, [id]);
    return row === undefined
      ? null
      : {
          id: row.id,
          kind: row.kind,
          functionId: row.function_id,
          dueAtMs: row.due_at.getTime(),
          createdAtMs: row.created_at.getTime(),
          payload: row.payload,
        };
  },

  listFunctions: async (): Promise<FunctionDefinition[]> => {
    const rows = await database.persist<{ app: string; config: string }>(sql.LIST_FUNCTIONS, []);
    return rows.map((row) => readStoredFunction(row.app, row.config)).filter((definition) => definition !== null);
  },

  /** Replaces the functions of one app and its cron jobs; a cron job that stays keeps its next tick. */
  replaceFunctions: async ({ registration, crons }: { registration: Registration; crons: OwnJob[] }): Promise<void> => {
    const functions = registration.functions.map(({ definition, config }) => ({ id: definition.id, config }));
    const cronRows = crons.map(toOwnRow);
    await database.query(sql.REPLACE_FUNCTIONS, [registration.app, JSON.stringify(functions), JSON.stringify(cronRows)]);
  },

  /** Removes one portion of ended runs and old events; `true` when there may be more. */
  prune: async (nowMs: number): Promise<boolean> => {
    const [row] = await database.query<{ count: number }>(sql.PRUNE, [new Date(nowMs - KEEP_MS), PRUNE_BATCH]);
    return (row?.count ?? 0) >= PRUNE_BATCH;
  },
});

const toOwnRow = (job: OwnJob) => ({
  id: job.id,
  kind: job.kind,
  function_id: job.functionId,
  due_at: iso(job.dueAtMs),
  created_at: iso(job.createdAtMs),
  attempt: 0,
  is_race: false,
  payload: job.payload,
});

const toJobRow = (runId: string, job: RunJob) => ({
  id: jobIdOf(runId, job.stepId),
  kind: job.kind,
  run_id: runId,
  step_id: job.stepId,
  due_at: iso(job.dueAtMs),
  created_at: iso(job.createdAtMs),
  attempt: job.attempt,
  event_name: job.eventName,
  expression: job.expression,
  is_race: job.isRace,
});

const toRunRow = (run: NewRun) => ({
  id: run.id,
  function_id: run.functionId,
  event: JSON.stringify(run.event),
  slots: JSON.stringify(run.slots),
  parent: run.parent === null ? null : JSON.stringify(run.parent),
  created_at: iso(run.createdAtMs),
});

const toValues = (write: Write): unknown[] => {
  const { move } = write;
  const steps = (move?.change.results ?? []).map((result, index) => ({
    step_id: result.stepId,
    position: (move?.state.results.length ?? 0) + index,
    outcome: JSON.stringify(result.outcome),
  }));
  const runJobs = move === undefined ? [] : move.change.jobs.map((job) => toJobRow(move.state.id, job));
  const end = move?.change.end ?? null;
  return [
    move?.state.id ?? null,
    move?.state.revision ?? null,
    end?.status ?? null,
    end === null ? null : JSON.stringify(end.outcome),
    move === undefined ? null : new Date(move.nowMs),
    [...(write.removeJobIds ?? []), ...(move?.change.removals ?? []).map((stepId) => jobIdOf(move?.state.id ?? "", stepId))],
    JSON.stringify(steps),
    JSON.stringify([...runJobs, ...(write.ownJobs ?? []).map(toOwnRow)]),
    JSON.stringify([...(write.newRuns ?? []), ...(move?.change.children ?? [])].map(toRunRow)),
    JSON.stringify(
      (write.events ?? []).map((event) => ({
        id: event.body.id,
        body: JSON.stringify(event.body),
        received_at: iso(event.receivedAtMs),
      })),
    ),
    write.routedEventIds ?? [],
  ];
};

const readWritten = (rows: sql.WrittenRow[]): Written => ({
  isStored: rows[0]?.is_stored ?? false,
  newRunIds: new Set(rows[0]?.run_ids),
  newEventIds: new Set(rows[0]?.event_ids),
});

const toRunState = (row: sql.RunRow): RunState => ({
  id: row.id,
  functionId: row.function_id,
  event: JSON.parse(row.event),
  slots: JSON.parse(row.slots),
  parent: row.parent === null ? null : JSON.parse(row.parent),
  createdAtMs: row.created_at.getTime(),
  revision: row.revision,
  results: row.steps.map((step) => ({ stepId: step.step_id, outcome: JSON.parse(step.outcome) })),
  jobs: new Map(
    row.jobs.map((job) => [
      job.step_id,
      {
        kind: job.kind,
        stepId: job.step_id,
        dueAtMs: Date.parse(job.due_at),
        createdAtMs: Date.parse(job.created_at),
        attempt: job.attempt,
        eventName: job.event_name,
        expression: job.expression,
        isRace: job.is_race,
      },
    ]),
  ),
});
