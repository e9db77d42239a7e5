import { randomUUID } from "node:crypto";

import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum, DriverAdapterError, type SqlQuery, type SqlResultSet } from "@prisma/driver-adapter-utils";
import pg from "pg";

import type { ConnectionSettings } from "./connection-settings.ts";

/** Object ids of the PostgreSQL types `"char"` (used all over the catalogue) and `character(n)`. */
const QUOTED_CHAR_OID = 18;
const CHARACTER_OID = 1042;

type ConnectedAdapter = Awaited<ReturnType<PrismaPg["connect"]>>;
type RawResult = { readonly fields?: readonly { name: string; dataTypeID: number }[] };

/**
 * The stock adapter made fit for migrations. It splits a script at every semicolon, cannot read `"char"` columns of the
 * catalogue, and loses track of its shadow database (Prisma 7.10.0, seen by running it, 2026-11).
 */
export class MigrationPg extends PrismaPg {
  readonly #settings: ConnectionSettings;

  constructor(settings: ConnectionSettings) {
    super(settings);
    this.#settings = settings;
  }

  override async connect(): Promise<ConnectedAdapter> {
    const adapter = await super.connect();
    readCatalogue(adapter);
    runScriptsWhole(adapter);
    return adapter;
  }

  override async connectToShadowDb(): Promise<ConnectedAdapter> {
    const name = `shadow_${randomUUID().replaceAll("-", "")}`;
    const admin = new pg.Client(this.#settings);
    await admin.connect();
    await admin.query(`create database ${name} template template0`);
    const shadow = await new MigrationPg({ ...this.#settings, database: name }).connect();
    const close = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      // Its own pool goes first: a database with sessions cannot be dropped.
      await close();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    };
    return shadow;
  }
}

/** Passes `"char"` columns through as one-letter text. The engine asks one question at a time, so one set is enough. */
const readCatalogue = (adapter: ConnectedAdapter): void => {
  const pool = adapter.underlyingDriver();
  const query: (...args: readonly unknown[]) => Promise<RawResult> = pool.query.bind(pool);
  const queryRaw = adapter.queryRaw.bind(adapter);
  const letterColumns = new Set<string>();
  const tolerantQuery = async (...args: readonly unknown[]): Promise<RawResult> => {
    const result = await query(...args);
    for (const field of result.fields ?? []) {
      if (field.dataTypeID === QUOTED_CHAR_OID) {
        field.dataTypeID = CHARACTER_OID;
        letterColumns.add(field.name);
      }
    }
    return result;
  };
  Object.defineProperty(pool, "query", { value: tolerantQuery });
  adapter.queryRaw = async (statement: SqlQuery): Promise<SqlResultSet> => {
    letterColumns.clear();
    const rows = await queryRaw(statement);
    const columnTypes = rows.columnTypes.map((type, index) =>
      letterColumns.has(rows.columnNames[index] ?? "") ? ColumnTypeEnum.Character : type,
    );
    return { ...rows, columnTypes };
  };
};

/** Sends a script as one message: PostgreSQL runs it in one implicit transaction, so a failing file leaves nothing behind. */
const runScriptsWhole = (adapter: ConnectedAdapter): void => {
  const pool = adapter.underlyingDriver();
  adapter.executeScript = async (script: string): Promise<void> => {
    try {
      await pool.query(script);
    } catch (error) {
      throw scriptError(error);
    }
  };
};

const scriptError = (error: unknown): Error => {
  if (!(error instanceof pg.DatabaseError)) {
    return error instanceof Error ? error : new Error(String(error));
  }
  const { code = "XX000", severity = "ERROR", message, detail, column, hint } = error;
  return new DriverAdapterError({
    kind: "postgres",
    code,
    severity,
    message,
    detail,
    column,
    hint,
    originalCode: code,
    originalMessage: message,
  });
};
