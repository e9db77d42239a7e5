import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { TriageResult } from "#server/domain/triage.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { addEvent } from "#server/services/messages/add-event.ts";
import { addressesOf, type Asker, confirmWord, optOut } from "#server/services/messages/opt-out.ts";
import type { Arrived } from "#server/services/messages/store-message.ts";
import { liftSuppression } from "#server/services/people/suppress-address.ts";

type Input = { readonly arrived: Arrived; readonly messageId: Id<"message">; readonly read: TriageResult; readonly sequence: number };

/**
 * STOP, START and HELP act in the very transaction that stores them, before any model and without the engine.
 * Returns the one confirmation to dispatch, none where the vendor has given its own.
 */
export const actOnWord = async (tx: ServiceTx, ctx: ServiceContext, input: Input): Promise<readonly Id<"effect">[]> => {
  const { read, arrived, messageId } = input;
  const isConfirmed = arrived.arrival.message.isAnsweredByVendor === true;
  const asker = askerOf(input);
  if (read.kind === "opt_out") {
    const confirmation = await optOut(tx, ctx, { asker, isConfirmed, sequence: input.sequence });
    return confirmation === null ? [] : [confirmation];
  }
  if (read.kind === "opt_in") {
    await liftSuppression(tx, ctx, { addresses: addressesOf(asker), liftedBy: messageId, contactId: asker.contactId });
    await addEvent(tx, ctx, { conversationId: asker.conversationId, code: "opted_in", sequence: input.sequence });
    tx.news.actions.push({
      kind: "contact.opted_in",
      risk: "reversible",
      summary: "The contact opted in again.",
      outcome: "done",
      conversationId: asker.conversationId,
      messageId,
    });
  } else {
    tx.news.changes.push({ topic: "conversation", conversationId: asker.conversationId });
  }
  const word = read.kind === "opt_in" ? "opt_in" : "help";
  const text = TEXTS[word]({ clubName: asker.clubName, clubPhone: arrived.arrival.connection.clubPhone });
  return isConfirmed ? [] : [await confirmWord(tx, ctx, { asker, purpose: "help", text })];
};

const askerOf = ({ arrived: { arrival, place }, messageId }: Input): Asker => ({
  messageId,
  conversationId: place.conversationId,
  contactId: place.contactId,
  channelId: place.channelId,
  connectionId: arrival.connection.id,
  channelKind: arrival.channelKind,
  address: arrival.message.contact.address,
  addressKey: place.addressKey,
  recipientExternalId: arrival.message.contact.externalId,
  clubName: arrival.connection.clubName,
});

type Club = { readonly clubName: string; readonly clubPhone: string | null };

const TEXTS = {
  opt_in: ({ clubName }: Club) => `${clubName}: you are subscribed again. Reply STOP at any time to end messages.`,
  help: ({ clubName, clubPhone }: Club) =>
    `${clubName}: you are texting with the club.${clubPhone === null ? "" : ` Call us at ${clubPhone}.`} Reply STOP to end messages.`,
} as const;
