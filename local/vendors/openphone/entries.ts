import type { Accepted } from "../_shared/accept-log.ts";

export type Status = "received" | "queued" | "sent" | "delivered" | "undelivered";

/** Who brought the message: the API, a member's phone, or staff in the vendor's own app. */
export type Source = "api" | "member" | "staff";

export type StoredMessage = {
  readonly id: string;
  readonly conversationId: string;
  readonly phoneNumberId: string;
  readonly direction: "incoming" | "outgoing";
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
  readonly mediaUrls: readonly string[];
  readonly userId: string | null;
  readonly staffName: string | null;
  readonly source: Source;
  readonly createdAt: string;
};

/** A call that came in. */
export type StoredCall = {
  readonly id: string;
  readonly conversationId: string;
  readonly phoneNumberId: string;
  readonly from: string;
  readonly to: string;
  readonly isAnswered: boolean;
  /** What was said to the voicemail, spelled out; `null` = nobody spoke. */
  readonly voicemail: string | null;
  readonly createdAt: string;
};

export type ContactField = { readonly id: string; readonly name: string; readonly value: string };

export type StoredContact = {
  readonly id: string;
  /** Whose address book it stands in. */
  readonly clubId: string;
  readonly externalId: string | null;
  readonly source: string | null;
  readonly firstName: string;
  readonly lastName: string | null;
  readonly emails: readonly ContactField[];
  readonly phoneNumbers: readonly ContactField[];
};

/** What the vendor has accepted, once and for good: the ground truth that tests compare the product against. */
export type Entry =
  | { readonly kind: "message"; readonly message: StoredMessage }
  | { readonly kind: "status"; readonly messageId: string; readonly status: Status }
  | { readonly kind: "call"; readonly call: StoredCall }
  | { readonly kind: "contact"; readonly contact: StoredContact };

export type LoggedEntry = Accepted<Entry>;
