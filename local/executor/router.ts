import { nextTickMs } from "./cron.ts";
import { evaluateKey, isMatch } from "./expressions.ts";
import type { CancelRule, FunctionDefinition } from "./functions.ts";
import { hashOf, timeOrderedId } from "./ids.ts";
import { RECENT_MAX, RECENT_MS, ROUTE_BATCH } from "./limits.ts";
import type { Registry } from "./registry.ts";
import { type EventBody, type NewRun, slotOf } from "./run-state.ts";
import type { Runs } from "./runs.ts";
import type { DueJob, OpenRun, OwnJob, Store, StoredEvent, WaitingRun } from "./store.ts";
import { afterWaiting, endRun, errorOutcome } from "./transitions.ts";

type Options = {
  store: Store;
  registry: Registry;
  runs: Runs;
  now: () => number;
  /** Events that some run has waited for since the start; grows only. */
  waitedNames: ReadonlySet<string>;
  onNewRuns: (runs: NewRun[]) => void;
  onOwnJobs: (jobs: OwnJob[]) => void;
  onError: (error: unknown) => void;
  /** Whether the app has registered since the start; until then its functions may be those of an older version. */
  isCurrent: () => boolean;
};
export type Router = ReturnType<typeof createRouter>;

/** Turns events, and what is due by itself, into runs. One batch at a time, in the order of arrival. */
export const createRouter = (options: Options) => {
  const { store, registry, now, onNewRuns, onOwnJobs, onError, isCurrent } = options;
  const pending: StoredEvent[] = [];
  const pendingIds = new Set<string>();
  /** Events of the last moments, for waits that were stored while their event was being routed. */
  let recent: StoredEvent[] = [];
  let isDraining = false;
  let tail: Promise<unknown> = Promise.resolve();

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = tail.then(work, work);
    tail = turn.catch(() => undefined);
    return turn;
  };

  const bear = async (write: { newRuns: NewRun[]; ownJobs?: OwnJob[]; routedEventIds?: string[]; removeJobIds?: string[] }) => {
    const written = await store.write(write);
    onNewRuns(write.newRuns.filter((run) => written.newRunIds.has(run.id)));
    onOwnJobs(write.ownJobs ?? []);
  };

  const routeBatch = async (): Promise<void> => {
    const batch = pending.splice(0, ROUTE_BATCH);
    if (batch.length === 0) {
      return;
    }
    const ids = batch.map((event) => event.body.id);
    recent = [...recent.filter((event) => event.receivedAtMs > now() - RECENT_MS), ...batch].slice(-RECENT_MAX);
    try {
      const started = startedBy(batch, registry);
      const newRuns = started
        .filter(({ definition }) => definition.debounce === null)
        .map(({ definition, event }) => toRun(definition, { body: event.body, createdAtMs: event.receivedAtMs }));
      const ownJobs = await debouncedBy(started, { store, nowMs: now() });
      const reactions = findReactions(batch, options);
      if (reactions === null) {
        await bear({ newRuns, ownJobs, routedEventIds: ids });
        return;
      }
      // Runs are born first, because a later event of the same batch may cancel them.
      await bear({ newRuns, ownJobs });
      await reactions();
      await store.write({ routedEventIds: ids });
    } finally {
      ids.forEach((id) => pendingIds.delete(id));
    }
  };

  /** Batch by batch, so that what is due meanwhile gets its turn. A batch that failed is found again by the poll. */
  const drain = async (): Promise<void> => {
    if (isDraining) {
      return;
    }
    isDraining = true;
    try {
      while (pending.length > 0) {
        await inTurn(routeBatch);
      }
    } catch (error) {
      onError(error);
    } finally {
      isDraining = false;
    }
  };

  return {
    /** Events already stored; those that are on their way here already are not taken twice. */
    accept: (events: readonly StoredEvent[]): void => {
      if (!isCurrent()) {
        return;
      }
      for (const event of events.filter(({ body }) => !pendingIds.has(body.id))) {
        pendingIds.add(event.body.id);
        pending.push(event);
      }
      if (pending.length > 0) {
        void drain();
      }
    },
    /** The quiet time of a debounce is over, unless a newer event prolonged it meanwhile. */
    fireDebounce: (due: DueJob): Promise<void> =>
      inTurn(async () => {
        const job = await store.findOwnJob(due.id);
        if (job === null || job.dueAtMs > now()) {
          return onOwnJobs(job === null ? [] : [job]);
        }
        const definition = registry.get(job.functionId ?? "");
        const body: EventBody = JSON.parse(job.payload);
        const newRuns = definition === undefined ? [] : [toRun(definition, { body, createdAtMs: job.dueAtMs })];
        await bear({ newRuns, removeJobIds: [job.id] });
      }),
    /** One run for a tick that is due, however many were missed, and the next tick after now. */
    fireCron: (due: DueJob): Promise<void> =>
      inTurn(async () => {
        const job = await store.findOwnJob(due.id);
        if (job === null || job.dueAtMs > now()) {
          return onOwnJobs(job === null ? [] : [job]);
        }
        const definition = registry.get(job.functionId ?? "");
        const nextMs = nextTickMs(job.payload, Math.max(now(), job.dueAtMs));
        if (definition === undefined || nextMs === null) {
          await bear({ newRuns: [], removeJobIds: [job.id] });
          return;
        }
        const id = timeOrderedId(job.dueAtMs, `${job.id}:tick`);
        const body: EventBody = { id, name: "inngest/scheduled.timer", ts: job.dueAtMs, data: { cron: job.payload } };
        await bear({
          newRuns: [toRun(definition, { body, createdAtMs: job.dueAtMs })],
          ownJobs: [{ ...job, dueAtMs: nextMs }],
        });
      }),
    /** An event that came while the wait for it was being stored still ends it. */
    matchRecent: (waiting: WaitingRun[]): Promise<void> => inTurn(() => endWaits(waiting, { ...options, batch: recent })),
    pendingCount: (): number => pending.length,
  };
};

/** A run whose id follows from its event, so that starting it a second time meets the first. */
export const toRun = (
  definition: FunctionDefinition,
  { body, createdAtMs, ...given }: { body: EventBody; createdAtMs: number; id?: string; parent?: NewRun["parent"] },
): NewRun => ({
  id: given.id ?? timeOrderedId(createdAtMs, JSON.stringify([definition.id, body.id, createdAtMs])),
  functionId: definition.id,
  event: body,
  slots: definition.constraints.map((constraint) => slotOf(constraint, evaluateKey(constraint.key, body))),
  parent: given.parent ?? null,
  createdAtMs,
});

type Started = { definition: FunctionDefinition; event: StoredEvent };

const startedBy = (batch: readonly StoredEvent[], registry: Registry): Started[] =>
  batch.flatMap((event) =>
    registry
      .startedBy(event.body.name)
      .filter(({ expressions }) => expressions.some((expression) => isMatch("trigger", { expression, scope: { event: event.body } })))
      .map(({ definition }) => ({ definition, event })),
  );

/** One waiting job for each debounce key with the newest event; each event prolongs it, up to the rule's time-out. */
const debouncedBy = async (started: readonly Started[], { store, nowMs }: { store: Store; nowMs: number }): Promise<OwnJob[]> => {
  const jobs = new Map<string, OwnJob>();
  for (const { definition, event } of started) {
    const rule = definition.debounce;
    if (rule !== null) {
      const id = `debounce/${definition.id}/${hashOf(evaluateKey(rule.key, event.body))}`;
      const known = jobs.get(id) ?? (await store.findOwnJob(id));
      const createdAtMs = known?.createdAtMs ?? nowMs;
      const latestMs = rule.timeoutMs === null ? Number.POSITIVE_INFINITY : createdAtMs + rule.timeoutMs;
      jobs.set(id, {
        id,
        kind: "debounce",
        functionId: definition.id,
        dueAtMs: Math.min(nowMs + rule.periodMs, latestMs),
        createdAtMs,
        payload: JSON.stringify(event.body),
      });
    }
  }
  return [...jobs.values()];
};

/** What a batch does to runs that exist already; `null` when none of its events can do anything. */
const findReactions = (
  batch: readonly StoredEvent[],
  { store, registry, runs, now, waitedNames }: Options,
): (() => Promise<void>) | null => {
  const names = new Set(batch.map((event) => event.body.name));
  const waited = [...names].filter((name) => waitedNames.has(name));
  const cancels = registry.cancelledBy(names);
  if (waited.length === 0 && cancels.length === 0) {
    return null;
  }
  return async () => {
    await endWaits(waited.length === 0 ? [] : await store.listWaiting(waited), { runs, now, batch });
    for (const { functionId, rules } of cancels) {
      for (const run of await store.listOpenRuns(functionId)) {
        if (isCancelled(run, { rules, batch })) {
          const outcome = errorOutcome("the run was cancelled by an event");
          await runs.change(run.runId, () => endRun({ status: "cancelled", outcome }));
        }
      }
    }
  };
};

type Waits = Pick<Options, "runs" | "now"> & { batch: readonly StoredEvent[] };

const endWaits = async (waitings: readonly WaitingRun[], { runs, now, batch }: Waits): Promise<void> => {
  for (const waiting of waitings) {
    const event = batch.find(
      ({ body, receivedAtMs }) =>
        body.name === waiting.eventName &&
        receivedAtMs >= waiting.createdAtMs &&
        isMatch("match", { expression: waiting.expression, scope: { event: waiting.event, async: body } }),
    );
    if (event !== undefined) {
      const outcome = { type: "data", data: event.body } as const;
      await runs.change(waiting.runId, (state) => afterWaiting(state, { stepId: waiting.stepId, outcome, nowMs: now() }));
    }
  }
};

/** An event cancels runs that were there before it, never the one it started itself. */
const isCancelled = (run: OpenRun, { rules, batch }: { rules: CancelRule[]; batch: readonly StoredEvent[] }): boolean => {
  const bornAt = batch.findIndex((event) => event.body.id === run.event.id);
  return batch.some(
    ({ body, receivedAtMs }, index) =>
      index > bornAt &&
      receivedAtMs >= run.createdAtMs &&
      rules.some(
        (rule) =>
          rule.event === body.name &&
          (rule.timeoutMs === null || receivedAtMs <= run.createdAtMs + rule.timeoutMs) &&
          isMatch("match", { expression: rule.expression, scope: { event: run.event, async: body } }),
      ),
  );
};
