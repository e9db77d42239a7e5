import "server-only";

import { formatMoney } from "#server/domain/money.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { planMemberNote } from "#server/services/members/plan-member-note.ts";
import type { Debt } from "#server/services/past-due/load-facts.ts";

/**
 * The top of the ladder: an urgent note at the payer's record, and the request for the door to be locked, once an episode. Only the
 * door workflow locks.
 */
export const noteUrgent = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { debt, effectKey }: { readonly debt: Debt; readonly effectKey: string },
): Promise<void> => {
  const { count } = await tx.db.debtEpisode.updateMany({
    where: { clubId: ctx.clubId, contactId: debt.contactId, endedAt: null, lockRequestedAt: null },
    data: { lockRequestedAt: tx.now, updatedAt: tx.now },
  });
  if (count === 0) {
    return;
  }
  await recordAudit(tx, ctx, { action: "debt.lock_requested", entityId: debt.contactId, details: { dueMinor: `${debt.facts.dueMinor}` } });
  const { attempts, currency, dueMinor } = debt.facts;
  const text = `PAST DUE: ${formatMoney(`${dueMinor}`, currency)} owed after ${attempts} attempts; a final reminder goes out, the door is to be locked. [urgent, billing]`;
  await planMemberNote(tx, ctx, { memberId: debt.payer.memberId, effectKey: `${effectKey}:urgent`, text });
};
