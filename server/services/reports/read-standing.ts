import "server-only";

import { counted, type Figure } from "#server/domain/metrics/definitions.ts";
import type { Tx } from "#server/platform/tenant.ts";

import { needsYouRows, overdueRows, waitingRows } from "./standing-rows.ts";

type Row = { readonly waiting: number; readonly oldest: Date | null; readonly needsYou: number; readonly overdue: number };

/** What waits at this moment, whatever period is looked at. */
export const readStanding = async (
  tx: Tx,
  clubId: string,
): Promise<Readonly<Record<"waiting" | "oldest_wait" | "needs_you" | "overdue", Figure>>> => {
  const [row] = await tx.db.$queryRaw<Row[]>`
    select w.waiting, w.oldest, (select count(*)::int from (${needsYouRows(clubId)}) n) as "needsYou",
      (select count(*)::int from (${overdueRows(clubId, tx.now)}) o) as overdue
    from (select count(*)::int as waiting, min(q.at) as oldest from (${waitingRows(clubId)}) q) w`;
  const oldest = row?.oldest ?? null;
  return {
    waiting: counted(row?.waiting ?? 0),
    oldest_wait: { value: oldest === null ? null : Math.max(0, Math.round((tx.now.getTime() - oldest.getTime()) / 1_000)), base: null },
    needs_you: counted(row?.needsYou ?? 0),
    overdue: counted(row?.overdue ?? 0),
  };
};
