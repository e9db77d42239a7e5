import "server-only";

import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

/** Whoever stops a club waits for dispatches that have read that it runs; every later one reads that it is stopped. */
export const lockStop = async (tx: ServiceTx, ctx: ServiceContext): Promise<void> => {
  await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${keyOf(ctx)}, 2))`;
};

/** For as long as the transaction lasts, nobody's stop of this club commits. Any number may hold it beside each other. */
export const shareStopLock = async (tx: ServiceTx, ctx: ServiceContext): Promise<void> => {
  await tx.db.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended(${keyOf(ctx)}, 2))`;
};

const keyOf = ({ clubId }: ServiceContext): string => `stop|${clubId}`;
