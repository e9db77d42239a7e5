import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { ChannelKind } from "#server/domain/vocabulary.ts";
import { addressKey } from "#server/platform/keys.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { dropPlans } from "#server/services/effects/drop-plans.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { addEvent } from "#server/services/messages/add-event.ts";
import { suppressAddress } from "#server/services/people/suppress-address.ts";

/** Whoever asked, and where a word about it goes. */
export type Asker = {
  readonly messageId: Id<"message">;
  readonly conversationId: Id<"conversation">;
  readonly contactId: Id<"contact">;
  readonly channelId: Id<"channel">;
  readonly connectionId: Id<"connection">;
  readonly channelKind: ChannelKind;
  readonly address: string | null;
  readonly addressKey: string;
  readonly recipientExternalId: string | null;
  readonly clubName: string;
};

type Wish = {
  readonly asker: Asker;
  /** The vendor has confirmed it to them already. */
  readonly isConfirmed: boolean;
  readonly sequence?: number;
};

/**
 * No more messages, whether a word, a phrase or the sense of a sentence asked for it: the address is suppressed, what was
 * planned is dropped. Returns the one confirmation to dispatch; null where it was given before.
 */
export const optOut = async (tx: ServiceTx, ctx: ServiceContext, { asker, isConfirmed, sequence }: Wish): Promise<Id<"effect"> | null> => {
  const { contactId, conversationId, messageId } = asker;
  const isFirst = await suppressAddress(tx, ctx, { addresses: addressesOf(asker), source: "message", messageId, contactId });
  await dropPlans(tx, ctx, { conversationId, reason: "opted_out", plannedBy: ["agent", "workflow", "staff"] });
  await addEvent(tx, ctx, { conversationId, code: "opted_out", ...(sequence === undefined ? {} : { sequence }) });
  tx.news.actions.push({
    kind: "contact.opted_out",
    risk: "reversible",
    summary: "The contact opted out; nothing more is sent to this address.",
    outcome: "done",
    conversationId,
    messageId,
  });
  return isFirst && !isConfirmed
    ? confirmWord(tx, ctx, { asker, purpose: "opt_out_confirmation", text: optOutText(asker.clubName) })
    : null;
};

const optOutText = (clubName: string): string =>
  `${clubName}: you are unsubscribed and will get no more messages from us. Reply START to hear from us again.`;

/** A text that came through the club's system came from a phone: the wish holds for that number as well. */
export const addressesOf = ({ address, addressKey: key, channelKind }: Asker): { addressKey: string; channelKind: string }[] => {
  const own = { addressKey: key, channelKind };
  return channelKind === "clubos" && address !== null ? [own, { addressKey: addressKey(address), channelKind: "sms" }] : [own];
};

type Confirmation = { readonly asker: Asker; readonly purpose: "opt_out_confirmation" | "help"; readonly text: string };

/** One confirmation, without any marketing, as 47 CFR 64.1200(a)(12) allows. */
export const confirmWord = (tx: ServiceTx, ctx: ServiceContext, { asker, purpose, text }: Confirmation): Promise<Id<"effect">> =>
  planEffect(tx, ctx, {
    effectKey: `word:${asker.messageId}`,
    kind: "message.send",
    plannedBy: "system",
    needsApproval: null,
    connectionId: asker.connectionId,
    channelId: asker.channelId,
    conversationId: asker.conversationId,
    contactId: asker.contactId,
    addressKey: asker.addressKey,
    channelKind: asker.channelKind,
    purpose,
    arguments: { to: asker.address ?? "", recipientExternalId: asker.recipientExternalId, text },
  });
