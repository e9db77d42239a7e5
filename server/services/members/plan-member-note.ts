import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { connectionsWith } from "#server/services/connections/with-capability.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { externalIdOf } from "#server/services/members/external-id-of.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";

type Note = {
  readonly effectKey: string;
  readonly memberId: string;
  /** It ends with its priority and category in brackets, as vendors without such fields show it. */
  readonly text: string;
};

/** Plans a note of the machinery in the club's own system; null where none that takes notes knows the member. */
export const planMemberNote = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { effectKey, memberId, text }: Note,
): Promise<Id<"effect"> | null> => {
  for (const connectionId of await connectionsWith(tx, ctx, "notes.write")) {
    const personExternalId = await externalIdOf(tx, ctx, { memberId: asId("member", memberId), connectionId });
    if (personExternalId !== null) {
      return planEffect(tx, ctx, {
        effectKey,
        kind: "note.add",
        plannedBy: "system",
        needsApproval: null,
        connectionId,
        purpose: "billing",
        arguments: { personExternalId, text },
      });
    }
  }
  return null;
};
