import "server-only";

import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { SendArguments } from "#server/services/effects/effect-arguments.ts";

type Sent = { readonly id: string; readonly arguments: unknown };

/** A reminder that went out is an attempt, with its effect as the proof; any other message is none. */
export const countReminder = async (tx: ServiceTx, ctx: ServiceContext, effect: Sent): Promise<void> => {
  const { reminder } = SendArguments.parse(effect.arguments);
  if (reminder === undefined) {
    return;
  }
  const { contactId } = await tx.db.effect.findFirstOrThrow({ where: { id: effect.id, clubId: ctx.clubId }, select: { contactId: true } });
  const known = await tx.db.collectionAttempt.count({ where: { clubId: ctx.clubId, effectId: effect.id } });
  if (contactId === null || known > 0) {
    return;
  }
  await tx.db.collectionAttempt.createMany({
    data: {
      id: newId("collectionAttempt"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      contactId,
      tier: reminder.tier,
      amountMinor: BigInt(reminder.amountMinor),
      currency: reminder.currency,
      episodeOn: reminder.episodeOn,
      effectId: effect.id,
      wordingKey: reminder.wordingKey ?? null,
      at: tx.now,
    },
  });
};
