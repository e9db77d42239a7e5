import { setTimeout as delay } from "node:timers/promises";
import { createCaller } from "./call-app.ts";
import { nextTickMs } from "./cron.ts";
import { isConnectionError, openDatabase } from "./database.ts";
import { createEngine } from "./engine.ts";
import type { Registration } from "./functions.ts";
import { CLOSE_GRACE_MS, MAX_CALLS, RETRY_BASE_MS } from "./limits.ts";
import { createPoll } from "./poll.ts";
import { isSigningKey } from "./protocol.ts";
import { createRegistry } from "./registry.ts";
import { createRouter } from "./router.ts";
import { DISCOVERY, type EventBody, jobIdOf, type NewRun, type RunJob, startRun } from "./run-state.ts";
import { type Changed, createRuns } from "./runs.ts";
import { createScheduler } from "./scheduler.ts";
import { createServer, type Health, listen } from "./server.ts";
import { createStore, type DueJob, type OwnJob } from "./store.ts";
import { createSync } from "./sync.ts";

export type ExecutorOptions = {
  /** 0 = any free port. */
  port: number;
  hostname?: string;
  /** Where the app listens; its endpoint is expected at /api/inngest. */
  appUrl: string;
  /** A database of its own; it must exist, its tables are made. */
  databaseUrl: string;
  signingKey: string;
  eventKey: string;
  maxCalls?: number;
  retryBaseMs?: number;
  syncEveryMs?: number;
  /** Milliseconds since 1970 by which jobs are due; only tests set it. */
  now?: () => number;
  print?: (line: string) => void;
};
export type Executor = { url: string; close: () => Promise<void> };

/**
 * Resolves as soon as the port is bound; until the database is reached and its lock is held, `/health` answers 503 and
 * events are refused with 500, which senders repeat.
 */
export const startExecutor = async (options: ExecutorOptions): Promise<Executor> => {
  if (!isSigningKey(options.signingKey)) {
    throw new Error("the signing key must look like signkey-<environment>-<hex digits>");
  }
  const hostname = options.hostname ?? "127.0.0.1";
  const core = createCore(options);
  const server = await listen(core.app, { port: options.port, hostname }).catch(async (error: unknown) => {
    await core.close();
    throw error;
  });
  core.start();
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  return {
    url: `http://${hostname}:${port}`,
    close: async () => {
      server.close();
      await core.close();
      if ("closeAllConnections" in server) {
        server.closeAllConnections();
      }
    },
  };
};

const createCore = (options: ExecutorOptions) => {
  const { now = Date.now } = options;
  const endpoint = new URL("/api/inngest", options.appUrl).href;
  const closing = new AbortController();
  const print = (line: string): void => void (closing.signal.aborted || options.print?.(line));
  const database = openDatabase({ url: options.databaseUrl, print });
  const store = createStore(database);
  const registry = createRegistry();
  const waitedNames = new Set<string>();
  /** What each app registered since the start. */
  const registered = new Map<string, string>();
  const onError = reporter(print, closing.signal);
  let isLeading = false;

  const scheduler = createScheduler({
    maxCalls: options.maxCalls ?? MAX_CALLS,
    now,
    limitOf: registry.limitOf,
    work: (job) => engine.work(job),
  });
  const offerRuns = (newRuns: readonly NewRun[]): void => {
    for (const run of newRuns) {
      const state = startRun(run);
      runs.put(state);
      scheduler.offer(toDue(state, state.jobs.get(DISCOVERY)));
    }
  };
  const offerOwn = (jobs: readonly OwnJob[]): void =>
    jobs.forEach((job) => scheduler.offer({ ...job, runId: "", stepId: "", functionId: job.functionId ?? "", slots: [] }));
  const isWanted = (name: string): boolean =>
    waitedNames.has(name) || registry.startedBy(name).length > 0 || registry.cancelledBy(new Set([name])).length > 0;

  const onChanged = ({ before, change, after, children, ownJobs, events }: Changed): void => {
    const removed = after === null ? [...before.jobs.keys()] : change.removals.filter((stepId) => !after.jobs.has(stepId));
    removed.forEach((stepId) => scheduler.forget(jobIdOf(before.id, stepId)));
    change.jobs.forEach((job) => after !== null && scheduler.offer(toDue(after, job)));
    children.forEach((child) => scheduler.offer(toDue(child, child.jobs.get(DISCOVERY))));
    offerOwn(ownJobs);
    router.accept(events);
    const waits = change.jobs.flatMap(({ kind, stepId, eventName, expression, createdAtMs }) =>
      kind === "wait" && eventName !== null ? [{ runId: before.id, event: before.event, stepId, eventName, expression, createdAtMs }] : [],
    );
    if (waits.length > 0) {
      router.matchRecent(waits).catch(onError);
    }
  };

  const runs = createRuns({ store, now, isWanted, waitedNames, onChanged });
  const router = createRouter({
    store,
    registry,
    runs,
    now,
    waitedNames,
    onNewRuns: offerRuns,
    onOwnJobs: offerOwn,
    onError,
    isCurrent: () => registered.size > 0,
  });
  const sync = createSync({
    endpoint,
    print,
    ...(options.syncEveryMs === undefined ? {} : { everyMs: options.syncEveryMs, retryMs: options.syncEveryMs }),
  });
  const engine = createEngine({
    store,
    registry,
    runs,
    router,
    scheduler,
    call: createCaller({ endpoint, signingKey: options.signingKey, signal: closing.signal }),
    now,
    retryBaseMs: options.retryBaseMs ?? RETRY_BASE_MS,
    onAppBack: () => sync.now(),
    print,
  });
  const poll = createPoll({ store, now, onDue: scheduler.offer, onUnrouted: router.accept, onError });

  const onGained = async (): Promise<void> => {
    runs.clear();
    // The database may have been emptied meanwhile: what the app registers next is stored again.
    registered.clear();
    registry.replaceAll(await store.listFunctions());
    (await store.listWaitedNames()).forEach((name) => waitedNames.add(name));
    isLeading = true;
    scheduler.start();
    poll.start();
    sync.start();
    sync.now();
  };
  const onLost = (): void => {
    isLeading = false;
    poll.stop();
    scheduler.stop();
  };

  const receive = async (bodies: EventBody[]): Promise<void> => {
    if (!isLeading) {
      throw new Error("not ready");
    }
    const receivedAtMs = now();
    const unique = new Map(bodies.map((body) => [body.id, { body, receivedAtMs }]));
    const written = await store.tryWrite({ events: [...unique.values()] });
    router.accept([...unique.values()].filter(({ body }) => written.newEventIds.has(body.id)));
  };

  const register = async (registration: Registration): Promise<boolean> => {
    if (!isLeading) {
      throw new Error("not ready");
    }
    const content = JSON.stringify(registration.functions.map(({ config }) => config));
    if (registered.get(registration.app) === content) {
      return false;
    }
    const crons = cronJobs(registration, now());
    await store.replaceFunctions({ registration, crons });
    registry.replaceApp(
      registration.app,
      registration.functions.map(({ definition }) => definition),
    );
    registered.set(registration.app, content);
    offerOwn(crons);
    print(`${registration.functions.length} functions of "${registration.app}" registered`);
    return true;
  };

  const health = (): Health => {
    const { runningCount, queuedCount, oldestQueuedAtMs } = scheduler.stats();
    return {
      status: isLeading ? "ready" : "waiting",
      functions: registry.count(),
      queued: queuedCount + router.pendingCount(),
      running: runningCount,
      oldestQueuedAt: oldestQueuedAtMs === null ? null : new Date(oldestQueuedAtMs).toISOString(),
    };
  };

  return {
    app: createServer({ ...options, now, print, receive, register, findRun: runs.get, health }),
    start: () => database.lead({ onGained, onLost }),
    close: async (): Promise<void> => {
      sync.stop();
      onLost();
      await Promise.race([engine.settled(), delay(CLOSE_GRACE_MS, undefined, { ref: false })]);
      closing.abort();
      await Promise.race([database.close(), delay(CLOSE_GRACE_MS / 2, undefined, { ref: false })]);
    },
  };
};

const toDue = (state: { id: string; functionId: string; slots: DueJob["slots"] }, job: RunJob | undefined): DueJob => ({
  id: jobIdOf(state.id, job?.stepId ?? DISCOVERY),
  kind: job?.kind ?? "call",
  runId: state.id,
  stepId: job?.stepId ?? DISCOVERY,
  functionId: state.functionId,
  slots: state.slots,
  dueAtMs: job?.dueAtMs ?? 0,
  payload: "",
});

const cronJobs = (registration: Registration, nowMs: number): OwnJob[] =>
  registration.functions.flatMap(({ definition }) =>
    definition.triggers.flatMap((trigger) => {
      const dueAtMs = "cron" in trigger ? nextTickMs(trigger.cron, nowMs) : null;
      return "cron" in trigger && dueAtMs !== null
        ? [
            {
              id: `cron/${definition.id}/${trigger.cron}`,
              kind: "cron" as const,
              functionId: definition.id,
              dueAtMs,
              createdAtMs: nowMs,
              payload: trigger.cron,
            },
          ]
        : [];
    }),
  );

/** The same trouble is said once, not twice a second. */
const reporter = (print: (line: string) => void, closing: AbortSignal) => {
  let last = "";
  return (error: unknown): void => {
    const line = isConnectionError(error)
      ? "the database is away; going on when it is back"
      : error instanceof Error
        ? error.message
        : String(error);
    if (line !== last && !closing.aborted) {
      last = line;
      print(line);
    }
  };
};
