import { databases } from "#server/platform/db.ts";
import { PrismaClient } from "#server/platform/generated/client.ts";
import { PrismaPg } from "@prisma/adapter-pg";
import { onTestFinished } from "vitest";

import { database } from "./db.ts";

/** Counts what the application's login says to the database. */
export const countStatements = (): (() => number) => {
  let count = 0;
  const original = databases();
  const app = new PrismaClient({
    adapter: new PrismaPg({ connectionString: database().environment["DATABASE_URL"] ?? "", options: "-c TimeZone=UTC" }),
    log: [{ emit: "event", level: "query" }],
  });
  app.$on("query", () => {
    count += 1;
  });
  Object.assign(globalThis, { spotterDatabases: { app, system: original.system } });
  onTestFinished(async () => {
    Object.assign(globalThis, { spotterDatabases: original });
    await app.$disconnect();
  });
  return () => count;
};
