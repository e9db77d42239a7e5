import { createServer, type Server } from "node:http";
import { Inngest } from "inngest";
import type { InngestFunction } from "inngest";
import { serve } from "inngest/node";
import type pg from "pg";
import { databaseAt, withClient } from "../postgres/roles.ts";
import { freePort } from "../postgres/throwaway.ts";
import { randomSeed } from "./ids.ts";

export const EVENT_KEY = "test-event-key";
export const SIGNING_KEY = `signkey-test-${"5e".repeat(32)}`;

export type TestDatabase = { url: string; drop: () => Promise<void> };

/** An empty database on the server of the tests. */
export const createTestDatabase = async (adminUrl = process.env["TEST_DATABASE_ADMIN_URL"] ?? ""): Promise<TestDatabase> => {
  const name = `executor_${randomSeed().slice(0, 12)}`;
  await withClient({ connectionString: adminUrl }, (client) => client.query(`create database ${name}`));
  return {
    url: databaseAt(adminUrl, name),
    drop: async () => {
      await withClient({ connectionString: adminUrl }, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
};

export const queryOnce = async <Row extends pg.QueryResultRow>(url: string, text: string, values: unknown[] = []): Promise<Row[]> =>
  withClient({ connectionString: url }, async (client) => (await client.query<Row>(text, values)).rows);

export type TestApp = {
  client: Inngest.Any;
  url: string;
  executorPort: number;
  executorUrl: string;
  start: () => Promise<void>;
  /** As a crash: whoever waits for an answer gets a broken connection. */
  crash: () => Promise<void>;
};

/** Steps here fail on purpose. */
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

type MakeFunctions = (client: Inngest) => InngestFunction.Any[];

/** An app with the real SDK in cloud mode, served on this machine. The executor's port is free but nobody listens there yet. */
export const createTestApp = async (makeFunctions: MakeFunctions): Promise<TestApp> => {
  const [port, executorPort] = [await freePort(), await freePort()];
  const executorUrl = `http://127.0.0.1:${executorPort}`;
  const client = new Inngest({
    id: "gym",
    checkpointing: false,
    isDev: false,
    baseUrl: executorUrl,
    eventKey: EVENT_KEY,
    signingKey: SIGNING_KEY,
    logger: SILENT,
  });
  const listener = serve({ client, functions: makeFunctions(client), serveOrigin: `http://127.0.0.1:${port}` });
  let server: Server | null = null;
  return {
    client,
    url: `http://127.0.0.1:${port}`,
    executorPort,
    executorUrl,
    start: () =>
      new Promise((resolve) => {
        server = createServer(listener).listen(port, "127.0.0.1", resolve);
      }),
    crash: async () => {
      const closed = new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
      server?.closeAllConnections();
      await closed;
    },
  };
};

/** A promise that somebody else settles, to hold a step until the test has seen what it wants to see. */
export const createGate = (): { opened: Promise<void>; open: () => void } => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
};

type HealthAnswer = { functions: number; queued: number; running: number };

export const readHealth = async (executorUrl: string): Promise<HealthAnswer | null> => {
  try {
    const response = await fetch(`${executorUrl}/health`);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
};
