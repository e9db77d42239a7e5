export type Status = "received" | "accepted" | "queued" | "sent" | "delivered" | "undelivered" | "failed";

/** Who brought the message: the API, a member's phone, staff in the vendor's console, or the vendor's own answer to a keyword. */
export type Source = "api" | "member" | "staff" | "vendor";

export type StoredMessage = {
  /** `SM…`, or `MM…` with files. */
  readonly sid: string;
  readonly accountSid: string;
  readonly messagingServiceSid: string | null;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly mediaUrls: readonly string[];
  /** What lies behind those of them that are the vendor's own. */
  readonly files?: readonly StoredFile[];
  readonly source: Source;
  readonly statusCallback: string | null;
  /** ISO instant. */
  readonly createdAt: string;
};

export type StoredFile = { readonly sid: string; readonly type: string; readonly contentBase64: string };

/** What the vendor has accepted, once and for good: the ground truth that tests compare the product against. */
export type Entry =
  | { readonly kind: "message"; readonly message: StoredMessage }
  | { readonly kind: "status"; readonly sid: string; readonly status: Status; readonly errorCode: number | null };
