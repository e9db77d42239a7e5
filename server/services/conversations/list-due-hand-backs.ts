import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withSystem } from "#server/platform/tenant.ts";

const BATCH_SIZE = 100;

/** Conversations whose person's stretch is over by the club's hand-back time. */
export const listDueHandBacks = (): Promise<{ id: Id<"conversation">; franchiseId: string; clubId: string }[]> =>
  withSystem(
    (tx) => tx.db.$queryRaw<{ id: Id<"conversation">; franchiseId: string; clubId: string }[]>`
      select id, "franchiseId", "clubId" from "Conversation" where "handledBy" = 'staff' and "handBackAt" <= ${tx.now} order by id limit ${BATCH_SIZE}`,
  );
