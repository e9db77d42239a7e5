import type { Id } from "#server/domain/ids.ts";
import type { ChannelKind, MemberStatus } from "#server/domain/vocabulary.ts";

/** What stands beside a conversation about the person who writes. Instants are `Date` (UTC); amounts are minor units with their currency. */
export type ContactPanel = {
  readonly contactId: Id<"contact">;
  readonly name: string;
  readonly address: string | null;
  readonly channelKind: ChannelKind;
  /** `bound`: the sender's address belongs to exactly one record; `shared`: to several; `unknown`: to none. */
  readonly binding: "bound" | "shared" | "unknown";
  /** Where the address does not say who writes: how it was proven, and until when it holds; `until` null = for good. */
  readonly proof: { readonly by: "code" | "staff"; readonly until: Date | null } | null;
  readonly member: {
    readonly status: MemberStatus;
    readonly statusMessage: string | null;
    readonly membershipType: string | null;
    readonly balanceMinor: string | null;
    readonly currency: string;
    readonly balanceReadAt: Date | null;
    readonly joinedOn: string | null;
    readonly lastVisitAt: Date | null;
    readonly visitCount: number;
    readonly email: string | null;
    readonly phone: string | null;
    /** `open`, `locked`, or null when no door system told it. */
    readonly accessState: string | null;
  } | null;
  /** What the person said they will pay, newest first; none where nobody's account may be shown. */
  readonly promises: readonly {
    readonly id: Id<"paymentPromise">;
    /** Minor units as a decimal string; null = all that was owed. */
    readonly amountMinor: string | null;
    readonly currency: string;
    readonly promisedOn: string;
    readonly status: string;
  }[];
  readonly prospect: { readonly source: string | null; readonly createdOn: string | null } | null;
  readonly recentVisits: readonly Date[];
  /** What has not ended and is not cancelled, soonest first; none where several records share the address. */
  readonly nextBookings: readonly {
    readonly id: Id<"booking">;
    readonly title: string;
    readonly place: string | null;
    readonly startsAt: Date;
    readonly endsAt: Date;
  }[];
  readonly consents: readonly {
    readonly purpose: string;
    readonly channelKind: string;
    readonly isGranted: boolean;
    readonly source: string;
    readonly at: Date;
  }[];
  readonly suppressions: readonly {
    readonly channelKind: string;
    readonly purpose: string;
    readonly source: string;
    readonly createdAt: Date;
  }[];
  readonly otherConversations: readonly {
    readonly id: Id<"conversation">;
    readonly channelKind: ChannelKind;
    readonly lastMessageAt: Date;
    readonly preview: string;
  }[];
  readonly tickets: readonly { readonly id: Id<"ticket">; readonly title: string; readonly dueAt: Date }[];
};
