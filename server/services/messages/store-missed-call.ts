import "server-only";

import type { VendorEvent } from "#server/connectors/webhook.ts";
import type { VendorMessage } from "#server/connectors/ports.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { callPerson } from "#server/services/conversations/call-person.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { findPlace, type Place } from "#server/services/messages/find-place.ts";
import { prepareArrival } from "#server/services/messages/prepare-arrival.ts";
import type { Arrival, IngestConnection } from "#server/services/messages/store-message.ts";
import { isSuppressed } from "#server/services/people/is-suppressed.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

/** Whoever calls again and again gets one text: the rules' figure. */
const ONE_TEXT_IN_HOURS = 12;

type Call = Extract<VendorEvent, { kind: "missed_call" }>;
type Input = { readonly connection: IngestConnection; readonly event: Call };

/**
 * Somebody called and nobody answered: a line in their conversation, which waits for an answer from now on, and the
 * club's text to them where it has one. Returns what is to be dispatched at once. A known call changes nothing, a hidden
 * number leads nowhere.
 */
export const storeMissedCall = async (tx: ServiceTx, ctx: ServiceContext, input: Input): Promise<readonly Id<"effect">[]> => {
  const { connection, event } = input;
  if (event.contactAddress === null) {
    return [];
  }
  const arrival = prepareArrival(connection, messageOf(event, event.contactAddress));
  const place = await findPlace(tx, ctx, arrival);
  if (!(await addLine(tx, ctx, { arrival, place }))) {
    return [];
  }
  const effectId = await planText(tx, ctx, { arrival, place, address: event.contactAddress });
  await tx.db.conversation.updateMany({
    where: { id: place.conversationId, clubId: ctx.clubId },
    data: {
      status: "open",
      waitingSince: place.conversation.waitingSince ?? tx.now,
      requiresResponse: true,
      updatedAt: tx.now,
    },
  });
  if (effectId === null) {
    // Nobody writes to them by itself: then somebody has to call back.
    await callPerson(tx, ctx, { conversationId: place.conversationId, reason: "missed_call" });
  }
  tx.news.changes.push({ topic: "conversation", conversationId: place.conversationId });
  return effectId === null ? [] : [effectId];
};

const messageOf = ({ externalId, channelExternalId, at }: Call, address: string): VendorMessage => ({
  externalId: `call:${externalId}`,
  direction: "inbound",
  channelExternalId,
  contact: { address, externalId: null, name: null },
  text: "",
  sentAt: at,
  media: [],
});

type Placed = { readonly arrival: Arrival; readonly place: Place };

/** False when the call is in the thread already. */
const addLine = async (tx: ServiceTx, ctx: ServiceContext, { arrival, place }: Placed): Promise<boolean> => {
  const sequence = place.conversation.messageSequence + 1;
  const { count } = await tx.db.message.createMany({
    data: {
      id: newId("message"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      conversationId: place.conversationId,
      connectionId: arrival.connection.id,
      direction: "event",
      author: "contact",
      externalId: arrival.message.externalId,
      eventCode: "missed_call",
      body: "",
      bodyHash: sha256(arrival.message.externalId),
      status: "sent",
      sequence,
      sentAt: arrival.message.sentAt,
      receivedAt: tx.now,
      createdAt: tx.now,
    },
    skipDuplicates: true,
  });
  if (count === 1) {
    await tx.db.conversation.updateMany({
      where: { id: place.conversationId, clubId: ctx.clubId },
      data: {
        messageSequence: sequence,
        lastMessageAt: tx.now,
        lastMessagePreview: "Missed call",
        lastMessageDirection: "inbound",
        lastMessageAuthor: "contact",
      },
    });
  }
  return count === 1;
};

/** Null where the club has no such text, a person handles the conversation, or the caller may or should not get one. */
const planText = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { arrival, place, address }: Placed & { readonly address: string },
): Promise<Id<"effect"> | null> => {
  const { policy, version } = await resolvedPolicy(tx, ctx);
  const isClosed =
    policy.missedCallText === null ||
    place.conversation.handledBy !== "agent" ||
    (await isSuppressed(tx, ctx, { addressKey: place.addressKey, channelKind: arrival.channelKind })) ||
    (await wasTexted(tx, ctx, place));
  if (isClosed) {
    return null;
  }
  const { disclosedAt } = await tx.db.conversation.findFirstOrThrow({
    where: { id: place.conversationId, clubId: ctx.clubId },
    select: { disclosedAt: true },
  });
  const disclosure = policy.agent.disclosure
    .replaceAll("{agentName}", policy.agent.name)
    .replaceAll("{clubName}", arrival.connection.clubName);
  return planEffect(tx, ctx, {
    effectKey: `missed-call:${arrival.message.externalId}`,
    kind: "message.send",
    plannedBy: "agent",
    needsApproval: null,
    connectionId: arrival.connection.id,
    channelId: place.channelId,
    conversationId: place.conversationId,
    contactId: place.contactId,
    addressKey: place.addressKey,
    channelKind: arrival.channelKind,
    purpose: "service",
    arguments: {
      to: address,
      recipientExternalId: null,
      text: disclosedAt === null ? `${disclosure} ${policy.missedCallText}` : (policy.missedCallText ?? ""),
    },
    policyVersion: version,
  });
};

const wasTexted = async (tx: ServiceTx, ctx: ServiceContext, { conversationId }: Place): Promise<boolean> => {
  const since = new Date(tx.now.getTime() - ONE_TEXT_IN_HOURS * 3_600_000);
  const count = await tx.db.effect.count({
    where: {
      clubId: ctx.clubId,
      conversationId,
      effectKey: { startsWith: "missed-call:" },
      createdAt: { gt: since },
      status: { not: "dropped" },
    },
  });
  return count > 0;
};
