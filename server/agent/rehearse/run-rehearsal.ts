import "server-only";

import { rehearseItem } from "#server/agent/rehearse/rehearse.ts";
import { installedMind, type Mind } from "#server/agent/mind.ts";
import type { TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { loadItem } from "#server/services/rehearsals/load-item.ts";
import { claimRehearsal, recordRehearsed, type RehearsedItem } from "#server/services/rehearsals/rehearsals.ts";

/** Chosen by us: a step of a few seconds, so that a crash repeats little and progress is seen. */
const ITEMS_PER_STEP = 10;

/** Tries the next few items of a rehearsal; answers whether it goes on. A repeated step tries again only what was not recorded. */
export const runRehearsal = async (
  ctx: ServiceContext,
  { rehearsalId }: { readonly rehearsalId: string },
  mind: Mind = installedMind(),
): Promise<{ goesOn: boolean }> => {
  const claimed = await claimRehearsal(ctx, { rehearsalId });
  if (claimed === null) {
    return { goesOn: false };
  }
  const now = claimed.itemIds.slice(0, ITEMS_PER_STEP);
  const items: RehearsedItem[] = [];
  const turns: TurnRecord[] = [];
  for (const itemId of now) {
    const item = await loadItem(ctx, { kind: claimed.kind, itemId, document: claimed.change.document });
    if (item !== null) {
      const { done, turn } = await rehearseItem(item, mind);
      items.push(done);
      turns.push(...(turn === null ? [] : [turn]));
    }
  }
  return recordRehearsed(ctx, { rehearsalId, items, turns, isDone: now.length === claimed.itemIds.length });
};
