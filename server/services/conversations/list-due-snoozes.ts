import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withSystem } from "#server/platform/tenant.ts";

const BATCH_SIZE = 100;

/** Conversations that were put off until now or earlier. */
export const listDueSnoozes = (): Promise<{ id: Id<"conversation">; franchiseId: string; clubId: string }[]> =>
  withSystem(
    (tx) => tx.db.$queryRaw<{ id: Id<"conversation">; franchiseId: string; clubId: string }[]>`
      select id, "franchiseId", "clubId" from "Conversation" where status = 'snoozed' and "snoozedUntil" <= ${tx.now} order by id limit ${BATCH_SIZE}`,
  );
