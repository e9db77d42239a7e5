import { randomUUID } from "node:crypto";

import { TRANSACTION_OPTIONS } from "#server/platform/db.ts";
import { PrismaClient } from "#server/platform/generated/client.ts";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";

type Login = "OWNER" | "APP" | "SYSTEM" | "ADMIN";
type Row = Record<string, unknown>;
type Query = (sql: string, values?: readonly unknown[]) => Promise<Row[]>;

export type TestDatabase = {
  /** Owner of the tables: sees and writes every row. For setting up and for looking, never for what is tested. */
  readonly owner: PrismaClient;
  /** SQL as one of the logins; each call is a connection of its own. */
  readonly as: (login: Login) => Promise<{ query: Query; end: () => Promise<void> }>;
  /** What another process of the product needs to work on it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
};

let current: TestDatabase | undefined;

/** The database of this suite. */
export const database = (): TestDatabase => {
  if (current === undefined) {
    throw new Error("call useDatabase() at the top of the suite");
  }
  return current;
};

const POOL_SIZE = 8;
const UTC = "-c TimeZone=UTC";

/** Gives a suite a database of its own, cloned from the migrated template, which the product's two logins then reach. */
export const useDatabase = (): void => {
  let close = (): Promise<void> => Promise.resolve();

  beforeAll(async () => {
    const name = `suite_${randomUUID().replaceAll("-", "")}`;
    await clone(name);
    const connect = (login: Login): PrismaClient =>
      new PrismaClient({
        adapter: new PrismaPg({ connectionString: addressOf(login, name), max: POOL_SIZE, options: UTC }),
        transactionOptions: TRANSACTION_OPTIONS,
      });
    const clients = { app: connect("APP"), system: connect("SYSTEM") };
    const owner = connect("OWNER");
    // The product opens its logins on first use; here they are open already.
    Object.assign(globalThis, { spotterDatabases: clients });
    const addresses = { DATABASE_URL: addressOf("APP", name), SYSTEM_DATABASE_URL: addressOf("SYSTEM", name) };
    current = { owner, as: (login) => connection(addressOf(login, name)), environment: { ...process.env, ...addresses } };
    close = async () => {
      await Promise.all([clients.app, clients.system, owner].map((client) => client.$disconnect()));
    };
  });

  afterAll(() => close());
};

const clone = async (name: string): Promise<void> => {
  const admin = await connection(addressOf("ADMIN"));
  const template = new URL(addressOf("OWNER")).pathname.slice(1);
  await admin.query(`create database ${name} owner ${new URL(addressOf("OWNER")).username} template ${template}`);
  await admin.end();
};

const connection = async (connectionString: string) => {
  const client = new pg.Client({ connectionString, options: UTC });
  await client.connect();
  const query: Query = async (sql, values = []) => (await client.query<Row>(sql, [...values])).rows;
  return { query, end: () => client.end() };
};

/** Set by the global set-up of the tests with a database (local/postgres/test-database.ts). */
const addressOf = (login: Login, name?: string): string => {
  const address = process.env[`TEST_DATABASE_${login}_URL`];
  if (address === undefined) {
    throw new Error("run this with `vitest --project db`, which starts the database");
  }
  const url = new URL(address);
  if (name !== undefined) {
    url.pathname = `/${name}`;
  }
  return url.href;
};
