import "server-only";

import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

/**
 * A payment and the request it is for may be written at the same time, each unseen by the other. Both take this lock
 * before they look, so that the second one sees the first. A payment takes it before the conversation, a request after
 * it; the two cannot wait for each other, because a payment wants the conversation only of a request it can see.
 */
export const lockOrder = async (tx: ServiceTx, ctx: ServiceContext, reference: string): Promise<void> => {
  await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${ctx.clubId}|order|${reference}`}, 2))`;
};
