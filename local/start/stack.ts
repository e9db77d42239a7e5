import { mkdirSync } from "node:fs";
import path from "node:path";

import { adminAccess, ensureCluster, passwordsOf, waitUntilReady } from "../postgres/cluster.ts";
import { preparePlaces } from "../postgres/places.ts";
import { databaseUrls, ensureRoles, type DatabaseUrls } from "../postgres/roles.ts";
import { ensureBuild, ensureClient } from "./build.ts";
import { environmentsFor, type Environments } from "./environment.ts";
import { forgetData } from "./forget-data.ts";
import { takeLock } from "./lock.ts";
import { partsOf, type Parts, type Variables } from "./own-settings.ts";
import { assertPortsFree, portsFrom, type Ports } from "./ports.ts";
import { runTask } from "./run-task.ts";
import { say } from "./say.mjs";
import { ensureSecrets } from "./secrets.ts";
import { nodeService, postgresService } from "./services.ts";
import { createSupervisor, endLeftovers, type Service, type Supervisor } from "./supervisor.ts";
import { waitUntilUp } from "./wait-until-up.ts";

export type StackOptions = {
  /** The app's port; the other seven follow it. */
  readonly port: number;
  /** Everything the stack keeps; two stacks need two folders. */
  readonly dataDir: string;
  /** Whether invented members text by themselves. */
  readonly hasTraffic: boolean;
  /** What the person has set; tests pass next to nothing, so that they never touch somebody's own services. */
  readonly own: Variables;
  /** Whether everything kept is forgotten first. */
  readonly isFresh: boolean;
  /** Pauses before what died is started again; those of the supervisor unless told. */
  readonly restartPausesMs?: readonly number[];
  /** Whether the app is compiled on request and reloads itself, instead of being built before. */
  readonly isDevelopment?: boolean;
};

export type StackInfo = {
  readonly appUrl: string;
  readonly phoneUrl: string;
  readonly ports: Ports;
  readonly parts: Parts;
  readonly environments: Environments;
  /** `null` when no embedded server runs. */
  readonly databaseUrls: DatabaseUrls | null;
  /** Folder of the embedded cluster when it had to lie outside the data folder. */
  readonly clusterElsewhere: string | null;
};

export type Stack = {
  /** Resolves when the app answers that it is healthy. */
  start(): Promise<StackInfo>;
  /** Ends everything in order, also in the middle of starting. */
  stop(): Promise<void>;
  stopByForce(): void;
  /** Signals one process (`web`, `executor`, `sandbox`, `postgres`); the supervisor restarts what dies of it. */
  kill(name: string, signal: NodeJS.Signals): void;
  pidOf(name: string): number | null;
};

/** The whole product with everything it needs on this machine: for `npm start`, browser tests and benchmarks. */
export const createStack = (options: StackOptions): Stack => {
  const { dataDir, port } = options;
  const stopping = new AbortController();
  let supervisor: Supervisor | null = null;
  let releaseLock: (() => void) | null = null;
  let starting: Promise<StackInfo> | null = null;

  const start = async (): Promise<StackInfo> => {
    mkdirSync(dataDir, { recursive: true });
    releaseLock = takeLock(dataDir, port);
    await endLeftovers(dataDir);
    if (options.isFresh) {
      await forgetData(dataDir);
    }
    mkdirSync(path.join(dataDir, "logs"), { recursive: true, mode: 0o700 });
    supervisor = createSupervisor(dataDir, options.restartPausesMs);
    return bringUp({ ...options, supervisor, signal: stopping.signal });
  };

  return {
    start: () => (starting ??= start()),
    stop: async () => {
      stopping.abort(new Error("Stopped."));
      await starting?.catch(() => undefined);
      await supervisor?.stop();
      releaseLock?.();
    },
    stopByForce: () => {
      stopping.abort(new Error("Stopped."));
      supervisor?.stopByForce();
      releaseLock?.();
    },
    kill: (name, signal) => supervisor?.kill(name, signal),
    pidOf: (name) => supervisor?.pidOf(name) ?? null,
  };
};

type Context = StackOptions & { readonly supervisor: Supervisor; readonly signal: AbortSignal };

const bringUp = async (context: Context): Promise<StackInfo> => {
  const { port, dataDir, own, signal } = context;
  const parts = partsOf(own);
  const ports = portsFrom(port);
  const needsExecutorDatabase = !parts.hasOwnEngine && own["EXECUTOR_DATABASE_URL"] === undefined;
  const needsPostgres = !parts.hasOwnDatabase || needsExecutorDatabase;
  await assertPortsFree(ports, wantedPorts(parts, needsPostgres));

  const places = needsPostgres ? preparePlaces(dataDir) : null;
  const passwords = places === null ? null : passwordsOf(places.homeDir);
  const embedded = places === null || passwords === null ? null : databaseUrls(adminAccess(places, ports.postgres), { passwords });
  const environments = environmentsFor({
    ports,
    dataDir,
    secrets: ensureSecrets(dataDir),
    own,
    parts,
    embedded,
    hasTraffic: context.hasTraffic,
  });
  const logDir = path.join(dataDir, "logs");
  const build = { env: environments.sandbox, logDir, signal };

  // The database comes up while the client is generated; the seed runs while the app is built.
  await together([
    ensureClient(build),
    (async () => {
      await startPostgres(context, { places, port: ports.postgres });
      await migrate(environments, { logDir, signal, isEmbedded: !parts.hasOwnDatabase });
    })(),
  ]);
  const isDevelopment = context.isDevelopment === true;
  await together([
    isDevelopment ? Promise.resolve() : ensureBuild(build),
    parts.isDemo ? seed(environments, { logDir, signal }) : Promise.resolve(),
  ]);
  await startServices(context, { environments, parts, ports });
  return {
    appUrl: environments.appUrl,
    phoneUrl: `http://127.0.0.1:${ports.phone}`,
    ports,
    parts,
    environments,
    databaseUrls: embedded,
    clusterElsewhere: places?.isElsewhere === true ? places.homeDir : null,
  };
};

const wantedPorts = (parts: Parts, needsPostgres: boolean): (keyof Ports)[] => [
  "app",
  ...(needsPostgres ? (["postgres"] as const) : []),
  ...(parts.hasOwnEngine ? [] : (["executor"] as const)),
  "realtime",
  "model",
  ...(parts.isDemo ? VENDOR_PORTS : []),
];

const VENDOR_PORTS: readonly (keyof Ports)[] = [
  "openPhone",
  "clubOs",
  "phone",
  "twilio",
  "square",
  "slack",
  "ninjaOne",
  "unifi",
  "smtp",
  "imap",
  "mail",
];

const startPostgres = async (
  { dataDir, supervisor, signal }: Context,
  { places, port }: { places: ReturnType<typeof preparePlaces> | null; port: number },
): Promise<void> => {
  if (places === null) {
    return;
  }
  if (places.isElsewhere) {
    say(
      `The account "${places.user?.name ?? ""}", under which PostgreSQL runs, cannot reach ${dataDir}; database and server are kept in ${places.homeDir}.`,
    );
  }
  const options = { places, port, logFile: path.join(dataDir, "logs", "postgres.log") };
  await ensureCluster(options);
  signal.throwIfAborted();
  const access = adminAccess(places, port);
  const server = await supervisor.run(postgresService(options));
  await waitUntilReady(server, { access, logFile: options.logFile });
  await ensureRoles(access, passwordsOf(places.homeDir));
  say("PostgreSQL is up.");
};

type TaskContext = { readonly logDir: string; readonly signal: AbortSignal };

/** An interrupted start leaves a migration recorded as begun; on a server of one's own a person decides about it. */
const migrate = async ({ owner }: Environments, { logDir, signal, isEmbedded }: TaskContext & { isEmbedded: boolean }): Promise<void> => {
  const args = ["tools/prisma-offline.ts", "migrate", ...(isEmbedded ? ["--recover"] : [])];
  try {
    await runTask({ name: "Bringing the database up to date", args, env: owner, logFile: path.join(logDir, "migrate.log"), signal });
  } catch (error) {
    if (isEmbedded && error instanceof Error) {
      error.message += "\nData of another version cannot always be kept. To begin anew without it: npm start -- --fresh";
    }
    throw error;
  }
};

const seed = ({ owner }: Environments, { logDir, signal }: TaskContext): Promise<void> =>
  runTask({
    name: "Filling in the demo clubs",
    args: ["--conditions=react-server", "prisma/seed.ts"],
    env: owner,
    logFile: path.join(logDir, "seed.log"),
    signal,
  });

const startServices = async (
  { dataDir, supervisor, signal, isDevelopment = false }: Context,
  { environments, parts, ports }: { environments: Environments; parts: Parts; ports: Ports },
): Promise<void> => {
  const logDir = path.join(dataDir, "logs");
  const needsSandbox = parts.isDemo || !parts.hasOwnRealtime || !parts.hasOwnModel;
  const services: { service: Service; port: number }[] = [
    ...(needsSandbox
      ? [{ service: nodeService({ name: "sandbox", args: ["local/sandbox.ts"], env: environments.sandbox, logDir }), port: ports.realtime }]
      : []),
    ...(parts.hasOwnEngine
      ? []
      : [
          {
            service: nodeService({ name: "executor", args: ["local/executor/main.ts"], env: environments.executor, logDir }),
            port: ports.executor,
          },
        ]),
    {
      service: nodeService({
        name: "web",
        args: webArgs(ports.app, { isDevelopment, nodeOptions: environments.web["NODE_OPTIONS"] ?? "" }),
        env: { ...environments.web, NODE_ENV: isDevelopment ? "development" : "production" },
        logDir,
      }),
      port: ports.app,
    },
  ];
  await together(
    services.map(async ({ service, port }) => {
      signal.throwIfAborted();
      const child = await supervisor.run(service);
      const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
      await waitUntilUp(service, { port, signal, isDevelopment, hasEnded });
    }),
  );
};

/**
 * Chosen by us, MiB: three times what lives in the server at its busiest. Without it V8 takes its limit from the machine's memory, and leaves
 * garbage lying up to a part of that: hundreds of megabytes, which were measured in a campaign and belonged to nobody.
 */
const WEB_HEAP_MIB = 768;

type WebArgs = { readonly isDevelopment: boolean; /** What somebody has set for Node programs. */ readonly nodeOptions: string };

const webArgs = (port: number, { isDevelopment, nodeOptions }: WebArgs): string[] => [
  ...(isDevelopment || nodeOptions.includes("max-old-space-size") ? [] : [`--max-old-space-size=${WEB_HEAP_MIB}`]),
  "node_modules/next/dist/bin/next",
  isDevelopment ? "dev" : "start",
  "-H",
  "127.0.0.1",
  "-p",
  `${port}`,
];

/** Like Promise.all, but lets all of them come to an end before it fails, so that nothing is left half done behind it. */
const together = async (work: readonly Promise<void>[]): Promise<void> => {
  const results = await Promise.allSettled(work);
  for (const result of results) {
    if (result.status === "rejected") {
      throw result.reason;
    }
  }
};
