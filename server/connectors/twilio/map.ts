import type { MessageInstance } from "twilio/lib/rest/api/v2010/account/message";

import type { VendorMedia } from "../files.ts";
import type { DeliveryStatus, VendorMessage } from "../ports.ts";
import { isAnsweredByVendor } from "./keywords.ts";

/** What of the SDK's message says something to us. */
export type ListedMessage = Pick<
  MessageInstance,
  "sid" | "direction" | "from" | "to" | "body" | "status" | "numMedia" | "dateCreated" | "accountSid"
> & { readonly dateSent: Date | null };

/** A message of the list; the webhook's own words for it are read in `webhook.ts`. */
export const toVendorMessage = (message: ListedMessage, channelExternalId: string): VendorMessage => {
  const isInbound = message.direction === "inbound";
  const status = deliveryStatusOf(message.status);
  return {
    externalId: message.sid,
    direction: isInbound ? "inbound" : "outbound",
    channelExternalId,
    contact: contactOf(isInbound ? message.from : message.to),
    text: message.body ?? "",
    sentAt: message.dateSent ?? message.dateCreated,
    media: mediaOfList(message),
    ...(isInbound && isAnsweredByVendor(message.body ?? "") ? { isAnsweredByVendor: true } : {}),
    ...(isInbound || status === null ? {} : { deliveryStatus: status }),
  };
};

/** `null` for words that are none of a message going out, and for words we do not know. */
export const deliveryStatusOf = (status: string): DeliveryStatus | null => {
  switch (status) {
    case "accepted":
    case "scheduled":
    case "queued":
    case "sending":
      return "queued";
    case "sent":
      return "sent";
    case "delivered":
    case "partially_delivered":
    case "read":
      return "delivered";
    case "undelivered":
      return "undelivered";
    case "failed":
    case "canceled":
      return "failed";
    default:
      return null;
  }
};

/** Short codes, sender names and addresses of other channels (`whatsapp:…`) stay recognisable by `externalId`. */
export const contactOf = (identifier: string): VendorMessage["contact"] =>
  /^\+[1-9]\d{7,14}$/.test(identifier)
    ? { address: identifier, externalId: null, name: null }
    : { address: null, externalId: identifier, name: null };

/** The list counts files and names none of them; one address lists them all. */
const mediaOfList = ({ accountSid, sid, numMedia }: ListedMessage): VendorMedia[] =>
  Number(numMedia) > 0 ? [{ url: `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Media.json`, type: null }] : [];
