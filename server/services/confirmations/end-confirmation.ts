import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { AfterLine } from "#server/services/automations/line-keys.ts";
import { settleUse } from "#server/services/automations/settle-use.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type Ending = {
  readonly id: string;
  readonly effectId: Id<"effect">;
  readonly to: "declined" | "expired" | "superseded";
  /** The message that ended it; null where nobody answered. */
  readonly messageId: Id<"message"> | null;
};

const LINE = { declined: "reset_declined", expired: "reset_unheard", superseded: "reset_changed" } as const satisfies Record<
  Ending["to"],
  AfterLine
>;
const AUDIT = {
  declined: "confirmation.declined",
  expired: "confirmation.expired",
  superseded: "confirmation.superseded",
} as const;

/** Ends an open question with the safe outcome, that nothing is done, and says so in one line. Null = it had ended already. */
export const endConfirmation = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { id, effectId, messageId, to }: Ending,
): Promise<Id<"effect"> | null> => {
  const { count } = await tx.db.confirmation.updateMany({
    where: { id, clubId: ctx.clubId, status: "pending" },
    data: { status: to, decidedAt: tx.now, decidedByMessageId: messageId },
  });
  if (count === 0) {
    return null;
  }
  await tx.db.effect.updateMany({
    where: { id: effectId, clubId: ctx.clubId, status: "planned" },
    data: { status: "dropped", failureKind: to, settledAt: tx.now, updatedAt: tx.now },
  });
  await recordAudit(tx, ctx, { action: AUDIT[to], entityId: id });
  tx.news.actions.push({
    kind: to === "declined" ? "confirmation.declined" : "confirmation.expired",
    risk: "physical",
    outcome: to === "declined" ? "rejected" : to,
    summary: to === "declined" ? "The member said no; nothing was done." : "The member's yes no longer holds; nothing was done.",
    effectId,
    messageId,
  });
  return settleUse(tx, ctx, {
    effectId,
    outcome: to === "declined" ? "declined" : "expired",
    line: { bay_reset: LINE[to], door_unlock: null },
    needsPerson: to === "superseded",
  });
};
