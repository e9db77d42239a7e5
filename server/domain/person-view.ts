import type { Id } from "#server/domain/ids.ts";
import type { ChannelKind, MemberStatus } from "#server/domain/vocabulary.ts";

/** One person of the club as their page shows them. Instants are `Date` (UTC); amounts are minor units as decimal strings. */
export type PersonDetail = {
  readonly contactId: Id<"contact">;
  readonly name: string;
  /** Off: Spotter answers this person nothing, whatever the rules say. */
  readonly isAgentOff: boolean;
  readonly addresses: readonly { readonly channelKind: ChannelKind; readonly address: string }[];
  readonly tags: readonly string[];
  /** More than one where two records of one system mean the same person. */
  readonly members: readonly {
    readonly id: Id<"member">;
    readonly name: string;
    readonly status: MemberStatus;
    readonly statusMessage: string | null;
    readonly membershipType: string | null;
    readonly phone: string | null;
    readonly email: string | null;
    readonly joinedOn: string | null;
    readonly lastVisitAt: Date | null;
    readonly visitCount: number;
    readonly balanceMinor: string | null;
    readonly trainingBalanceMinor: string | null;
    readonly currency: string;
    readonly balanceReadAt: Date | null;
    readonly pastDueSinceOn: string | null;
    readonly accessState: string | null;
    readonly isArchived: boolean;
  }[];
  readonly prospects: readonly { readonly id: Id<"prospect">; readonly source: string | null; readonly createdOn: string | null }[];
  readonly conversations: readonly {
    readonly id: Id<"conversation">;
    readonly channelKind: ChannelKind;
    readonly lastMessageAt: Date;
    readonly preview: string;
  }[];
  /** Everybody else of the club with the same number or address. */
  readonly sharedWith: readonly { readonly contactId: Id<"contact">; readonly name: string; readonly by: "phone" | "email" }[];
  readonly consents: readonly PersonConsent[];
  readonly suppressions: readonly {
    readonly channelKind: string;
    readonly purpose: string;
    readonly source: string;
    readonly createdAt: Date;
  }[];
  /** What keeps reminders, invoices and locks away right now. */
  readonly holds: readonly {
    readonly id: Id<"billingHold">;
    readonly kind: string;
    readonly reason: string;
    readonly since: Date;
    readonly until: Date | null;
    readonly by: string | null;
  }[];
  readonly promises: readonly {
    readonly id: Id<"paymentPromise">;
    readonly promisedOn: string;
    readonly amountMinor: string | null;
    readonly currency: string;
  }[];
};

export type PersonConsent = {
  readonly id: Id<"consent">;
  readonly purpose: string;
  readonly channelKind: string;
  readonly isGranted: boolean;
  readonly source: string;
  readonly wording: string | null;
  readonly proof: string | null;
  readonly at: Date;
  /** Who wrote it down, where a person of the club did. */
  readonly recordedBy: string | null;
  /** The newest word on its purpose and channel: the one that counts. */
  readonly isNewest: boolean;
};

/** What the story of a person can be narrowed to. */
export const TIMELINE_GROUPS = ["talk", "money", "visits", "decisions", "consents"] as const;
export type TimelineGroup = (typeof TIMELINE_GROUPS)[number];

export const TIMELINE_KINDS = [
  "message",
  "call",
  "note",
  "event",
  "reminder",
  "payment",
  "pay_request",
  "promise",
  "hold",
  "visit",
  "booking",
  "lock",
  "unlock",
  "door",
  "approval",
  "consent",
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** One thing that happened with a person, whatever channel or system told of it. */
export type TimelineEntry = {
  readonly id: string;
  readonly kind: TimelineKind;
  readonly at: Date;
  /** The closed word of what it was within its kind: an author, a tier, a status, a purpose. */
  readonly code: string;
  /** What became of it, where that is known. */
  readonly state: string | null;
  /** The words of it: of a message its beginning. */
  readonly text: string;
  readonly amountMinor: string | null;
  readonly currency: string | null;
  readonly channelKind: string | null;
  readonly conversationId: Id<"conversation"> | null;
  /** The person of the club who did it. */
  readonly by: string | null;
};

export type TimelinePage = { readonly items: readonly TimelineEntry[]; readonly nextCursor: string | null };

/** How somebody's wish came to us when staff write it down. */
export const SPOKEN_SOURCE = "spoken";
