import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { DATABASE_RETRY_MS, LOCK_RETRY_MS, POOL_SIZE } from "./limits.ts";
import { SCHEMA } from "./schema.ts";

export type Statement = { name: string; text: string };
type Ask = <Row extends pg.QueryResultRow>(statement: Statement, values: readonly unknown[]) => Promise<Row[]>;
type Leader = { onGained: () => Promise<void>; onLost: () => void };
export type Database = {
  /** Once. */
  query: Ask;
  /**
   * Again and again while the server is away. A statement whose connection broke may have taken effect already, so each
   * one must be harmless when it runs twice. Rejects after `close`.
   */
  persist: Ask;
  /** Makes this process the only executor of the database, whenever it can be. */
  lead: (leader: Leader) => void;
  close: () => Promise<void>;
};
type Options = { url: string; print: (line: string) => void };

/** Any number that nothing else locks in this database. */
const LOCK_KEY = 7_203_114;
/** A server that does not answer is as good as away. */
const CONNECT_TIMEOUT_MS = 5_000;

export const openDatabase = ({ url, print }: Options): Database => {
  const settings = { connectionString: url, keepAlive: true, connectionTimeoutMillis: CONNECT_TIMEOUT_MS };
  const pool = new pg.Pool({ ...settings, max: POOL_SIZE, application_name: "executor" });
  // Idle connections break when the server stops; whoever asks next finds out by himself.
  pool.on("error", () => undefined);
  const closing = new AbortController();
  let lock: pg.Client | null = null;

  const query: Ask = async ({ name, text }, values) => (await pool.query({ name, text, values: [...values] })).rows;

  const persist: Ask = async (statement, values) => {
    for (;;) {
      closing.signal.throwIfAborted();
      try {
        return await query(statement, values);
      } catch (error) {
        if (!isConnectionError(error)) {
          throw error;
        }
      }
      await delay(DATABASE_RETRY_MS);
    }
  };

  const keepLeading = async ({ onGained, onLost }: Leader): Promise<void> => {
    let lastReason = "";
    while (!closing.signal.aborted) {
      const attempt = await tryToLead(settings);
      if (attempt.kind === "waiting") {
        if (attempt.reason !== lastReason) {
          print(attempt.reason);
        }
        lastReason = attempt.reason;
        await delay(LOCK_RETRY_MS, undefined, { signal: closing.signal }).catch(() => undefined);
        continue;
      }
      lastReason = "";
      lock = attempt.client;
      if (closing.signal.aborted) {
        break;
      }
      const gained = onGained().catch((error: unknown) => print(messageOf(error)));
      await attempt.lost;
      await gained;
      lock = null;
      if (!closing.signal.aborted) {
        onLost();
        print("the connection that holds the database was lost; asking for it again");
      }
    }
    await lock?.end();
  };

  let leading: Promise<void> = Promise.resolve();
  let closed: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    closing.abort();
    await lock?.end();
    await leading;
    await pool.end();
  };
  return {
    query,
    persist,
    lead: (leader) => {
      leading = keepLeading(leader);
    },
    close: () => (closed ??= close()),
  };
};

type Attempt = { kind: "leading"; client: pg.Client; lost: Promise<void> } | { kind: "waiting"; reason: string };

const tryToLead = async (settings: pg.ClientConfig): Promise<Attempt> => {
  const client = new pg.Client({ ...settings, application_name: "executor lock" });
  const ended = Promise.withResolvers<void>();
  client.on("error", () => ended.resolve());
  client.on("end", () => ended.resolve());
  try {
    await client.connect();
    const { rows } = await client.query<{ is_held: boolean }>("select pg_try_advisory_lock($1) as is_held", [LOCK_KEY]);
    if (rows[0]?.is_held === true) {
      await client.query(SCHEMA);
      return { kind: "leading", client, lost: ended.promise };
    }
    await client.end();
    return { kind: "waiting", reason: "another executor works on this database; waiting until it ends" };
  } catch (error) {
    void client.end().catch(() => undefined);
    return { kind: "waiting", reason: `waiting for the database: ${messageOf(error)}` };
  }
};

/** Connection exceptions, shutdown and start-up of the server, too many connections, deadlock, serialisation failure. */
const PASSING_CODES = /^(08...|57P0[123]|53300|40P01|40001|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
/** What the driver (pg 8.23) says without a code when the connection ends under a statement. */
const PASSING_MESSAGES = /^Connection terminated|^timeout e|^Client has encountered a connection error/;

/** Whether the same statement may well succeed a moment later. */
export const isConnectionError = (error: unknown): boolean => {
  if (!(error instanceof Error)) {
    return false;
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return PASSING_CODES.test(code) || PASSING_MESSAGES.test(error.message);
};

const messageOf = (error: unknown): string => {
  if (error instanceof AggregateError) {
    return error.errors.map(messageOf).join("; ");
  }
  return error instanceof Error ? error.message : String(error);
};
