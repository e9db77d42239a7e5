import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withSystem } from "#server/platform/tenant.ts";
import { READ_BACK_PAUSE_SECONDS } from "#server/services/effects/limits.ts";

export type EffectAddress = {
  readonly id: Id<"effect">;
  readonly franchiseId: string;
  readonly clubId: string;
  readonly connectionId: Id<"connection">;
};

/** Whoever planned an effect dispatches it at once; the sweep takes what is left lying this long. */
const LEFT_LYING_SECONDS = 8;
const BATCH_SIZE = 50;

/** Effects that may run and that nobody is dispatching: postponed ones whose time has come, and those a crash left behind. */
export const listDueEffects = (): Promise<EffectAddress[]> =>
  withSystem(
    (tx) => tx.db.$queryRaw<EffectAddress[]>`
      select id, "franchiseId", "clubId", "connectionId" from "Effect"
      where (status = 'approved' or (status = 'planned' and not "needsApproval"))
        and ("notBefore" is null or "notBefore" <= ${tx.now}) and "updatedAt" < ${new Date(tx.now.getTime() - LEFT_LYING_SECONDS * 1_000)}
      order by id limit ${BATCH_SIZE}`,
  );

/**
 * Effects whose outcome nobody knows: dispatches that were interrupted, and unknown ones whose next read-back is due.
 * What was looked at longest ago comes first, so that those of a vendor nobody reaches do not keep the others waiting.
 */
export const listUnsettledEffects = (): Promise<EffectAddress[]> =>
  withSystem(
    (tx) => tx.db.$queryRaw<EffectAddress[]>`
      select id, "franchiseId", "clubId", "connectionId" from "Effect"
      where (status = 'dispatching' and "leaseUntil" < ${tx.now})
         or (status = 'unknown' and ("lastReadBackAt" is null or "lastReadBackAt" <= ${new Date(tx.now.getTime() - READ_BACK_PAUSE_SECONDS * 1_000)}))
      order by "lastReadBackAt" nulls first, id limit ${BATCH_SIZE}`,
  );
