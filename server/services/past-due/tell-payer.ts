import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withOptOut } from "#server/domain/workflows/merge-fields.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { textOver } from "#server/services/messages/text-over.ts";
import { unaskedRoad } from "#server/services/messages/unasked-road.ts";

type Told = { readonly contactId: string; readonly effectKey: string; readonly purpose: "service" | "billing"; readonly text: string };

/** Plans one text of the machinery to a payer; whether it may go out is asked at the last gate. Null = no channel leads there. */
export const tellPayer = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { contactId, effectKey, purpose, text }: Told,
): Promise<Id<"effect"> | null> => {
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, phone: true } });
  const found = await unaskedRoad(tx, ctx, { contactId, club });
  return found.kind === "none"
    ? null
    : planEffect(tx, ctx, {
        effectKey,
        plannedBy: "workflow",
        needsApproval: null,
        ...textOver(ctx, { road: found.road, purpose, text: withOptOut(text), subject: `${club.name}: your balance` }),
      });
};
