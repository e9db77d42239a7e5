import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { TriageResult } from "#server/domain/triage.ts";
import { addressKey } from "#server/platform/keys.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { dropPlans } from "#server/services/effects/drop-plans.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { addEvent } from "#server/services/messages/add-event.ts";
import { liftSuppression, suppressAddress } from "#server/services/people/suppress-address.ts";
import type { Arrived } from "#server/services/messages/store-message.ts";

type Word = Extract<TriageResult, { kind: "opt_out" | "opt_in" | "help" }>;
type Input = { readonly arrived: Arrived; readonly messageId: Id<"message">; readonly read: TriageResult; readonly sequence: number };

/**
 * STOP, START and HELP act in the very transaction that stores them, before any model and without the engine.
 * Returns the one confirmation to dispatch, none where the vendor has given its own.
 */
export const actOnWord = async (tx: ServiceTx, ctx: ServiceContext, input: Input): Promise<readonly Id<"effect">[]> => {
  const { read, arrived, messageId } = input;
  const isConfirmed = arrived.arrival.message.isAnsweredByVendor === true;
  if (read.kind === "opt_out") {
    const isFirst = await suppress(tx, ctx, input);
    await dropPlans(tx, ctx, {
      conversationId: arrived.place.conversationId,
      reason: "opted_out",
      plannedBy: ["agent", "workflow", "staff"],
    });
    await addEvent(tx, ctx, { conversationId: arrived.place.conversationId, code: "opted_out", sequence: input.sequence });
    tx.news.actions.push({
      kind: "contact.opted_out",
      risk: "reversible",
      summary: "The contact opted out; nothing more is sent to this address.",
      outcome: "done",
      conversationId: arrived.place.conversationId,
      messageId,
    });
    return isFirst && !isConfirmed ? [await confirm(tx, ctx, input)] : [];
  }
  if (read.kind === "opt_in") {
    await liftSuppression(tx, ctx, { addresses: addressesOf(arrived), liftedBy: messageId, contactId: arrived.place.contactId });
    await addEvent(tx, ctx, { conversationId: arrived.place.conversationId, code: "opted_in", sequence: input.sequence });
    tx.news.actions.push({
      kind: "contact.opted_in",
      risk: "reversible",
      summary: "The contact opted in again.",
      outcome: "done",
      conversationId: arrived.place.conversationId,
      messageId,
    });
  } else {
    tx.news.changes.push({ topic: "conversation", conversationId: arrived.place.conversationId });
  }
  return isConfirmed ? [] : [await confirm(tx, ctx, input)];
};

/** Returns whether this STOP was the first: a repeated one gets no second confirmation. */
const suppress = (tx: ServiceTx, ctx: ServiceContext, { arrived, messageId }: Input): Promise<boolean> =>
  suppressAddress(tx, ctx, { addresses: addressesOf(arrived), source: "message", messageId, contactId: arrived.place.contactId });

/** A text that came through the club's system came from a phone: the wish holds for that number as well. */
const addressesOf = ({ arrival, place }: Arrived): { addressKey: string; channelKind: string }[] => {
  const phone = arrival.channelKind === "clubos" ? arrival.message.contact.address : null;
  const own = { addressKey: place.addressKey, channelKind: arrival.channelKind };
  return phone === null ? [own] : [own, { addressKey: addressKey(phone), channelKind: "sms" }];
};

/** One confirmation, without any marketing, as 47 CFR 64.1200(a)(12) allows. */
const confirm = (tx: ServiceTx, ctx: ServiceContext, { arrived, messageId, read }: Input): Promise<Id<"effect">> => {
  const { place, arrival } = arrived;
  const word: Word["kind"] = read.kind === "opt_in" || read.kind === "help" ? read.kind : "opt_out";
  return planEffect(tx, ctx, {
    effectKey: `word:${messageId}`,
    kind: "message.send",
    plannedBy: "system",
    needsApproval: null,
    connectionId: arrival.connection.id,
    channelId: place.channelId,
    conversationId: place.conversationId,
    contactId: place.contactId,
    addressKey: place.addressKey,
    channelKind: arrival.channelKind,
    purpose: word === "opt_out" ? "opt_out_confirmation" : "help",
    arguments: {
      to: arrival.message.contact.address ?? "",
      recipientExternalId: arrival.message.contact.externalId,
      text: TEXTS[word]({ clubName: arrival.connection.clubName, clubPhone: arrival.connection.clubPhone }),
    },
  });
};

type Club = { readonly clubName: string; readonly clubPhone: string | null };

const TEXTS = {
  opt_out: ({ clubName }: Club) =>
    `${clubName}: you are unsubscribed and will get no more messages from us. Reply START to hear from us again.`,
  opt_in: ({ clubName }: Club) => `${clubName}: you are subscribed again. Reply STOP at any time to end messages.`,
  help: ({ clubName, clubPhone }: Club) =>
    `${clubName}: you are texting with the club.${clubPhone === null ? "" : ` Call us at ${clubPhone}.`} Reply STOP to end messages.`,
} as const satisfies Record<Word["kind"], (club: Club) => string>;
