import "server-only";

import { env } from "#server/platform/env.ts";
import { PrismaClient } from "#server/platform/generated/client.ts";
import { PrismaPg } from "@prisma/adapter-pg";

/** How long a transaction may wait for a connection and how long it may run; beyond, it is refused, not queued. */
const MAX_WAIT_MS = 5_000;
const MAX_RUN_MS = 10_000;
export const TRANSACTION_OPTIONS = { maxWait: MAX_WAIT_MS, timeout: MAX_RUN_MS };
const SYSTEM_POOL_SIZE = 6;

/** Every connection speaks UTC: Prisma drops the offset of an instant on the way in and out. */
const connect = (connectionString: string, max: number): PrismaClient =>
  new PrismaClient({
    adapter: new PrismaPg({ connectionString, max, options: "-c TimeZone=UTC", idleTimeoutMillis: 60_000 }),
    transactionOptions: TRANSACTION_OPTIONS,
  });

type Databases = { readonly app: PrismaClient; readonly system: PrismaClient };

const shared = globalThis as typeof globalThis & { spotterDatabases?: Databases };

/** The two logins. Only tenant.ts opens transactions on them; nothing else may import this module. */
export const databases = (): Databases =>
  (shared.spotterDatabases ??= {
    app: connect(env.DATABASE_URL, env.DATABASE_POOL_SIZE),
    system: connect(env.SYSTEM_DATABASE_URL, SYSTEM_POOL_SIZE),
  });
