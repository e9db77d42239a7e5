import "server-only";

import { heldBy } from "#server/domain/past-due/ladder.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { SendArguments } from "#server/services/effects/effect-arguments.ts";
import { loadDebt } from "#server/services/past-due/load-facts.ts";
import { payersOf } from "#server/services/past-due/payers-of.ts";

/** Why a reminder that was planned is true no more; null = it is, or the message is none. */
export const outdatedReminder = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  effect: { readonly id: string; readonly arguments: unknown },
): Promise<string | null> => {
  const { reminder } = SendArguments.parse(effect.arguments);
  if (reminder === undefined) {
    return null;
  }
  const { contactId } = await tx.db.effect.findFirstOrThrow({ where: { id: effect.id, clubId: ctx.clubId }, select: { contactId: true } });
  const [payerId] = contactId === null ? [] : await payersOf(tx, ctx, [contactId]);
  const { club, debt } = payerId === undefined ? { club: null, debt: null } : await loadDebt(tx, ctx, payerId);
  if (club === null || debt === null || debt.facts.dueMinor <= 0n) {
    return "nothing_due";
  }
  if (debt.facts.isReferred) {
    return "referred";
  }
  // The text names the amount: of another one it is wrong.
  return debt.facts.dueMinor === BigInt(reminder.amountMinor) ? (heldBy(debt.facts, club.settings, tx.now)?.reason ?? null) : "amount";
};
