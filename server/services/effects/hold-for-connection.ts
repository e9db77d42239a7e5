import "server-only";

import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

/** How long an effect of a paused connection rests before it is looked at again; a resume wakes it earlier. */
const HOLD_SECONDS = 60;
/** Marks an effect that waits for nothing but its connection. */
const HELD = "connection_paused";

/** Whether things can go out over a connection: not while it is paused, and never again once it is removed. */
export const stateOfConnection = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  connectionId: string,
): Promise<"open" | "paused" | "removed"> => {
  const row = await tx.db.connection.findFirst({
    where: { id: connectionId, clubId: ctx.clubId },
    select: { status: true, archivedAt: true },
  });
  if (row === null || row.archivedAt !== null) {
    return "removed";
  }
  return row.status === "disabled" ? "paused" : "open";
};

/** Keeps an effect for as long as its connection is paused; it counts as no attempt and no postponement. */
export const holdForConnection = async (tx: ServiceTx, ctx: ServiceContext, effectId: string): Promise<void> => {
  await tx.db.effect.updateMany({
    where: { id: effectId, clubId: ctx.clubId, status: { in: ["planned", "approved"] } },
    data: { notBefore: new Date(tx.now.getTime() + HOLD_SECONDS * 1_000), failureKind: HELD, updatedAt: tx.now },
  });
};

/** Wakes what was held. Returns how many. */
export const releaseHeld = async (tx: ServiceTx, ctx: ServiceContext, connectionId: string): Promise<number> => {
  const { count } = await tx.db.effect.updateMany({
    where: { clubId: ctx.clubId, connectionId, status: { in: ["planned", "approved"] }, failureKind: HELD },
    data: { notBefore: null, failureKind: null, updatedAt: tx.now },
  });
  return count;
};

/** How many effects wait for a connection to be resumed. */
export const countHeld = (tx: Pick<ServiceTx, "db">, ctx: ServiceContext, connectionId: string): Promise<number> =>
  tx.db.effect.count({ where: { clubId: ctx.clubId, connectionId, status: { in: ["planned", "approved"] }, failureKind: HELD } });
