import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";

import { MigrationPg } from "./migration-adapter.ts";
import { readSchema } from "./project-files.ts";
import type { ConnectionSettings } from "./connection-settings.ts";

/** Every table is Prisma's to look at. */
export const NO_FILTERS: bindings.SchemaFilter = { externalTables: [], externalEnums: [] };

/** Prisma's schema engine, from the npm package instead of a downloaded program, talking to the given database. */
export const openSchemaEngine = async (settings: ConnectionSettings): Promise<bindings.SchemaEngine> => {
  // Without it a panic inside the engine is hidden behind a TypeError.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: () => undefined } });
  await loadWasm();
  const datamodels = readSchema().map((file): [string, string] => [file.path, file.content]);
  return bindings.SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(new MigrationPg(settings)));
};

/** By hand, because importing a .wasm file works only in newer Node versions, and there with a warning. */
const loadWasm = async (): Promise<void> => {
  const file = createRequire(import.meta.url)
    .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
    .replace(/\.js$/, ".wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { "./schema_engine_bg.js": { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports["__wbindgen_start"];
  if (typeof start === "function") {
    start();
  }
};
