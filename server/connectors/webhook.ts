/** What vendors tell by calling us: the bytes that arrive, and what a connector reads out of them. Types only. */

import type { DeliveryStatus, VendorMessage } from "./ports.ts";

export type WebhookRequest = {
  /**
   * The public address that was called, query included: made from the installation's APP_URL, because some vendors
   * sign it and a proxy changes what the request itself says.
   */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The bytes that arrived: signatures cover these, not what a parser makes of them. */
  readonly rawBody: Uint8Array;
};

/** A body the vendor insists on in our answer; status 200 goes with it. */
export type WebhookReply = { readonly contentType: string; readonly body: string };

export type WebhookDelivery = {
  /** The same for every attempt of one delivery. */
  readonly deliveryId: string;
  readonly events: readonly VendorEvent[];
  readonly reply?: WebhookReply;
};

export interface WebhookPort {
  /** Verifies, then reads. Throws `unauthorized` for a wrong signature or time, `malformed` for a strange body. */
  parse(request: WebhookRequest): Promise<WebhookDelivery>;
}

export type PaymentStatus = "approved" | "completed" | "failed" | "cancelled" | "refunded";

export type VendorEvent =
  | { readonly kind: "message"; readonly message: VendorMessage }
  | {
      readonly kind: "delivery";
      readonly externalId: string;
      readonly status: DeliveryStatus;
      readonly errorCode: string | null;
      readonly at: Date;
    }
  | {
      readonly kind: "missed_call";
      readonly externalId: string;
      readonly channelExternalId: string;
      /** E.164; `null` for a hidden number. */
      readonly contactAddress: string | null;
      readonly at: Date;
    }
  | {
      readonly kind: "voicemail";
      /** That of the call, so that the transcript meets the missed call it belongs to. */
      readonly externalId: string;
      readonly channelExternalId: string;
      readonly contactAddress: string | null;
      readonly transcript: string;
      readonly at: Date;
    }
  | {
      /** The vendor itself has noted that somebody wants no more messages, or wants them again. */
      readonly kind: "suppression";
      readonly address: string;
      readonly channelKind: "sms" | "email";
      readonly isSuppressed: boolean;
      /** Such as `keyword`, `hard_bounce`, `complaint`. */
      readonly source: string;
      readonly at: Date;
    }
  | {
      readonly kind: "payment";
      /** The vendor's id of the payment. */
      readonly externalId: string;
      /** What the payment link or the invoice answered as `orderReference`. */
      readonly orderReference: string | null;
      readonly invoiceReference: string | null;
      readonly customerReference: string | null;
      /** Cents. */
      readonly amountMinor: bigint;
      readonly currency: "USD" | "CAD";
      readonly status: PaymentStatus;
      /** When the vendor last changed it: an older event never overrules a newer one. */
      readonly at: Date;
    }
  | {
      readonly kind: "invoice";
      readonly externalId: string;
      readonly orderReference: string | null;
      readonly status: string;
      readonly at: Date;
    }
  | {
      /** Somebody was let in, or was not. */
      readonly kind: "door";
      readonly externalId: string;
      readonly doorExternalId: string | null;
      readonly doorName: string | null;
      readonly personExternalId: string | null;
      readonly personName: string | null;
      readonly isGranted: boolean;
      /** The key of our own pulse, where this is its echo. */
      readonly pulseKey: string | null;
      readonly at: Date;
    }
  | {
      /** A button under one of our notices was pressed. */
      readonly kind: "press";
      readonly externalId: string;
      /** What the notice carried: an opaque id, never trusted to say what would happen. */
      readonly value: string;
      readonly choice: "approve" | "reject";
      readonly personExternalId: string;
      readonly personName: string | null;
      /** Where the notice stands, to take its buttons away. */
      readonly noticeReference: string | null;
      readonly at: Date;
    }
  | {
      /** The owner of the account has taken our permission back at the vendor: the credentials are dead from now on. */
      readonly kind: "revoked";
      readonly at: Date;
    };
