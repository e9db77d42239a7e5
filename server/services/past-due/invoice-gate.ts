import "server-only";

import { heldBy } from "#server/domain/past-due/ladder.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { SendArguments } from "#server/services/effects/effect-arguments.ts";
import { loadDebt } from "#server/services/past-due/load-facts.ts";

type Message = { readonly contactId: string | null; readonly arguments: unknown };

/** Why an invoice that was planned is true no more: another amount, a hold, or nothing owed. Null = it is, or the message is none. */
export const outdatedInvoice = async (tx: ServiceTx, ctx: ServiceContext, message: Message): Promise<string | null> => {
  const { invoice } = SendArguments.parse(message.arguments);
  if (invoice === undefined || message.contactId === null) {
    return null;
  }
  const { club, debt } = await loadDebt(tx, ctx, message.contactId);
  if (debt === null || debt.facts.dueMinor <= 0n) {
    return "nothing_due";
  }
  if (debt.facts.isReferred) {
    return "referred";
  }
  return debt.facts.dueMinor === BigInt(invoice.amountMinor) ? (heldBy(debt.facts, club.settings, tx.now)?.reason ?? null) : "amount";
};
