import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import type { MigrationList } from "@prisma/schema-engine-wasm/schema_engine_bg";

export const PROJECT_DIR = fileURLToPath(new URL("../../", import.meta.url));
export const SCHEMA_DIR = path.join(PROJECT_DIR, "prisma", "schema");
export const MIGRATIONS_DIR = path.join(PROJECT_DIR, "prisma", "migrations");
export const LOCK_FILE = "migration_lock.toml";
export const LOCK_CONTENT = 'provider = "postgresql"\n';

export const readSchema = (): { path: string; content: string }[] =>
  readdirSync(SCHEMA_DIR)
    .filter((name) => name.endsWith(".prisma"))
    .toSorted()
    .map((name) => path.join(SCHEMA_DIR, name))
    .map((file) => ({ path: file, content: readFileSync(file, "utf8") }));

/** The migrations folder in the engine's own form, oldest first. */
export const readMigrations = (): MigrationList => {
  const lockFile = path.join(MIGRATIONS_DIR, LOCK_FILE);
  const names = existsSync(MIGRATIONS_DIR) ? readdirSync(MIGRATIONS_DIR, { withFileTypes: true }) : [];
  return {
    baseDir: MIGRATIONS_DIR,
    lockfile: { path: LOCK_FILE, content: existsSync(lockFile) ? readFileSync(lockFile, "utf8") : LOCK_CONTENT },
    shadowDbInitScript: "",
    migrationDirectories: names
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .toSorted()
      .map((name) => ({ path: name, migrationFile: { path: "migration.sql", content: readMigration(name) } })),
  };
};

const readMigration = (name: string): { tag: "ok"; value: string } | { tag: "error"; value: string } => {
  const file = path.join(MIGRATIONS_DIR, name, "migration.sql");
  return existsSync(file) ? { tag: "ok", value: readFileSync(file, "utf8") } : { tag: "error", value: `${file} is missing` };
};
