/**
 * Prisma without its downloaded engine.
 *   generate         write the client to server/platform/generated
 *   migrate          apply what is missing, as the owner role (OWNER_DATABASE_URL)
 *     --recover      first forget migrations that were interrupted: they are applied whole or not at all
 *   diff             print the SQL that leads from the migrations to the schema; exit code 2 when there is any
 *   new <name>       write that SQL into a new migration, for a person to read and complete
 * diff and new make a shadow database: ADMIN_DATABASE_URL names a role that may, otherwise an embedded server is started for it.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parseArgs } from "node:util";

import { connectionSettings } from "./prisma/connection-settings.ts";
import { LOCK_CONTENT, LOCK_FILE, MIGRATIONS_DIR, PROJECT_DIR, readMigrations, readSchema } from "./prisma/project-files.ts";
import { NO_FILTERS, openSchemaEngine } from "./prisma/schema-engine.ts";
import { withThrowawayServer } from "../local/postgres/throwaway.ts";

/** As `prisma migrate diff --exit-code`. */
const EXIT_CODE_DIFFERENT = 2;

const main = async (): Promise<void> => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { recover: { type: "boolean", default: false } } });
  const [command, name] = positionals;
  if (command === "generate") {
    generate();
  } else if (command === "migrate") {
    await migrate(values.recover);
  } else if (command === "diff") {
    const sql = await missingSql();
    print(sql === "" ? "Migrations and schema agree." : sql);
    process.exitCode = sql === "" ? 0 : EXIT_CODE_DIFFERENT;
  } else if (command === "new" && name !== undefined && /^[a-z0-9_]+$/.test(name)) {
    await writeMigration(name);
  } else {
    throw new Error("usage: prisma-offline generate | migrate [--recover] | diff | new <name_in_snake_case>");
  }
};

const generate = (): void => {
  const prisma = path.join(path.dirname(createRequire(import.meta.url).resolve("prisma/package.json")), "build", "index.js");
  execFileSync(process.execPath, [prisma, "generate"], {
    cwd: PROJECT_DIR,
    stdio: ["ignore", "ignore", "inherit"],
    // Generating needs no engine, but Prisma would download one unless told that it has it.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" },
  });
};

const migrate = async (isRecovering: boolean): Promise<void> => {
  const engine = await openSchemaEngine(connectionSettings(required("OWNER_DATABASE_URL")));
  const migrationsList = readMigrations();
  if (isRecovering) {
    const history = await engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters: NO_FILTERS });
    for (const migrationName of history.failedMigrationNames) {
      await engine.markMigrationRolledBack({ migrationName });
      print(`${migrationName} was interrupted; it is applied again.`);
    }
  }
  const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
  print(appliedMigrationNames.length === 0 ? "The database is up to date." : `Applied ${appliedMigrationNames.join(", ")}.`);
};

/** Empty when migrations and schema agree. */
const missingSql = (): Promise<string> =>
  withAdminUrl(async (adminUrl) => {
    const engine = await openSchemaEngine(connectionSettings(adminUrl));
    const { stdout, exitCode } = await engine.diff({
      from: { tag: "migrations", ...readMigrations() },
      to: { tag: "schemaDatamodel", files: readSchema() },
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
    });
    return exitCode === EXIT_CODE_DIFFERENT ? (stdout ?? "").trim() : "";
  });

const writeMigration = async (name: string): Promise<void> => {
  const sql = await missingSql();
  const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const folder = path.join(MIGRATIONS_DIR, `${stamp}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "migration.sql"), `${sql}\n`);
  const lockFile = path.join(MIGRATIONS_DIR, LOCK_FILE);
  if (!existsSync(lockFile)) {
    writeFileSync(lockFile, LOCK_CONTENT);
  }
  print(`Wrote ${path.relative(PROJECT_DIR, folder)}/migration.sql. Read it, add policies and grants, then run: npm run db:migrate`);
};

const withAdminUrl = <T>(work: (adminUrl: string) => Promise<T>): Promise<T> => {
  const given = process.env["ADMIN_DATABASE_URL"];
  return given === undefined ? withThrowawayServer((urls) => work(urls.adminUrl)) : work(given);
};

const required = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === "") {
    throw new Error(`${name} is not set.`);
  }
  return value;
};

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
// The engine leaves a timer of ten seconds behind (its limit for getting the migration lock), which would keep us here.
process.exit();
