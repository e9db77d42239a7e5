import { parsePhoneNumberFromString } from "libphonenumber-js";

import type { VendorMedia } from "../files.ts";
import type { DeliveryStatus, VendorMessage } from "../ports.ts";
import type { VendorEvent } from "../webhook.ts";
import type { Message, MessageWebhook } from "./schemas.ts";

export const toVendorMessage = (message: Message): VendorMessage => {
  const isInbound = message.direction === "incoming";
  const status = deliveryStatusOf(message.status);
  return {
    externalId: message.id,
    direction: isInbound ? "inbound" : "outbound",
    channelExternalId: message.phoneNumberId,
    contact: contactOf(isInbound ? message.from : (message.to[0] ?? "")),
    text: message.text ?? message.body ?? "",
    ...(typeof message.conversationId === "string" ? { threadKey: message.conversationId } : {}),
    sentAt: new Date(message.createdAt),
    media: mediaOf(message.media),
    ...(isInbound || status === null ? {} : { deliveryStatus: status }),
  };
};

/** The flat message inside a webhook of API version 2026-03-30, whose parties stand in its context. */
export const messageOfWebhook = ({ data: { resource, context } }: MessageWebhook): Message => ({
  id: resource.id,
  direction: resource.direction,
  from: context.senderIdentifier,
  to: context.recipientIdentifiers,
  text: resource.text,
  status: resource.status,
  phoneNumberId: context.phoneNumberId,
  conversationId: context.conversationId,
  userId: context.userId,
  createdAt: resource.createdAt,
  media: resource.media,
});

/** Which webhook types speak of a message, and what each says about its delivery. */
const OUTCOME_OF_TYPE: Readonly<Record<string, DeliveryStatus | null>> = {
  "message.received": null,
  "message.sent": "sent",
  "message.delivered": "delivered",
  "message.failed": "failed",
  "message.undelivered": "undelivered",
};

export const isMessageType = (type: string): boolean => Object.hasOwn(OUTCOME_OF_TYPE, type);

/**
 * An outbound message shows up here first when staff wrote it in the vendor's own app; so a report of its delivery
 * brings the message as well as the status.
 */
export const eventsOf = (input: {
  readonly type: string;
  readonly message: Message;
  readonly errorCode: string | null;
  readonly at: Date;
}): VendorEvent[] => {
  const message: VendorEvent = { kind: "message", message: toVendorMessage(input.message) };
  const status = OUTCOME_OF_TYPE[input.type] ?? null;
  if (status === null || input.message.direction === "incoming") {
    return [message];
  }
  return [message, { kind: "delivery", externalId: input.message.id, status, errorCode: input.errorCode, at: input.at }];
};

export const deliveryStatusOf = (status: string | null | undefined): DeliveryStatus | null => {
  switch (status) {
    case "queued":
    case "sent":
    case "delivered":
    case "undelivered":
    case "failed":
      return status;
    default:
      return null;
  }
};

/** Short codes and sender names are no numbers one can answer; they stay recognisable by `externalId`. */
const contactOf = (identifier: string): VendorMessage["contact"] => {
  const address = toE164(identifier);
  return { address, externalId: address === null ? identifier : null, name: null };
};

export const toE164 = (identifier: string): string | null => {
  if (/^\+[1-9]\d{7,14}$/.test(identifier)) {
    return identifier;
  }
  const parsed = parsePhoneNumberFromString(identifier, "US");
  return parsed?.isPossible() === true ? parsed.number : null;
};

const mediaOf = (media: Message["media"]): VendorMedia[] => (media ?? []).map(({ url, type }) => ({ url, type: type ?? null }));
