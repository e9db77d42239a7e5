import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { databases } from "#server/platform/db.ts";
import { Prisma, type PrismaClient } from "#server/platform/generated/client.ts";

/**
 * A transaction in which the tenant is set. `now` is the database's clock, read by the first statement.
 * Nothing that waits on a network may happen inside: it would hold a connection and locks.
 */
export type Tx = { readonly db: Prisma.TransactionClient; readonly now: Date };

type Context = { readonly franchiseId?: string; readonly clubId?: string; readonly userId?: string };
type Options = { readonly fixedNow?: Date | undefined };
type Work<T> = (tx: Tx) => Promise<T>;

/** One club of one franchise: the way of nearly all work. */
export const withClub = <T>(
  scope: { readonly franchiseId: Id<"franchise">; readonly clubId: Id<"club"> },
  work: Work<T>,
  options: Options = {},
): Promise<T> => inContext(databases().app, { context: { franchiseId: scope.franchiseId, clubId: scope.clubId }, options }, work);

/** All clubs of one franchise: roll-ups and what belongs to the franchise, such as suppressions. */
export const withFranchise = <T>(scope: { readonly franchiseId: Id<"franchise"> }, work: Work<T>, options: Options = {}): Promise<T> =>
  inContext(databases().app, { context: { franchiseId: scope.franchiseId }, options }, work);

/** One user's own row and accesses, before a club is chosen. */
export const withUser = <T>(scope: { readonly userId: Id<"user"> }, work: Work<T>, options: Options = {}): Promise<T> =>
  inContext(databases().app, { context: { userId: scope.userId }, options }, work);

/** The second login, which reaches a fixed list of tables and columns and nothing else (see the grants in prisma/migrations). */
export const withSystem = <T>(work: Work<T>, options: Options = {}): Promise<T> =>
  inContext(databases().system, { context: {}, options }, work);

/** Serialisation failure and deadlock: the statement is sound, its moment was not. */
const RETRIED_STATES = new Set(["40001", "40P01"]);
const MAX_TRIES = 4;

const inContext = async <T>(
  client: PrismaClient,
  { context, options }: { readonly context: Context; readonly options: Options },
  work: Work<T>,
): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await client.$transaction(async (db) => work({ db, now: await setContext(db, context, options) }));
    } catch (error) {
      if (tries < MAX_TRIES && RETRIED_STATES.has(sqlStateOf(error) ?? "")) {
        continue;
      }
      throw translated(error);
    }
  }
};

const setContext = async (db: Prisma.TransactionClient, context: Context, options: Options): Promise<Date> => {
  const rows = await db.$queryRaw<{ now: Date }[]>`
    select set_config('app.franchise', ${context.franchiseId ?? ""}, true),
           set_config('app.club', ${context.clubId ?? ""}, true),
           set_config('app.user', ${context.userId ?? ""}, true),
           set_config('app.now', ${options.fixedNow?.toISOString() ?? ""}, true),
           spotter_now() as now`;
  const [row] = rows;
  if (row === undefined) {
    throw new DomainError("upstream_unavailable", "the database did not answer");
  }
  return row.now;
};

type DriverError = { driverAdapterError?: { cause?: { originalCode?: string } } };

/** The SQLSTATE behind a Prisma error; P-codes alone do not tell a deadlock from a bad statement. */
export const sqlStateOf = (error: unknown): string | null => {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) {
    return null;
  }
  const meta = error.meta as DriverError | undefined;
  return meta?.driverAdapterError?.cause?.originalCode ?? (error.code === "P2034" ? "40001" : null);
};

/** No connection, no time: the caller may come again. */
const UNAVAILABLE_CODES = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"]);

const translated = (error: unknown): unknown => {
  if (error instanceof Prisma.PrismaClientKnownRequestError && UNAVAILABLE_CODES.has(error.code)) {
    return new DomainError("upstream_unavailable", "the database is not reachable right now", { cause: error });
  }
  return error;
};
