import type { FileOffer } from "#server/domain/file-kinds.ts";
import type { Id } from "#server/domain/ids.ts";
import type { Category, RiskFlag } from "#server/domain/intent.ts";
import type {
  AlertKind,
  Author,
  ChannelKind,
  ConversationStatus,
  EventCode,
  Handler,
  MessageDirection,
  MessageStatus,
  Need,
  Provider,
  Role,
  Stage,
} from "#server/domain/vocabulary.ts";
import { MEMBER_STATUSES } from "#server/domain/vocabulary.ts";
import type { Outcome, ReasonCode } from "#server/domain/reasons.ts";

/** What the inbox shows. Instants are `Date` (UTC); amounts are minor units with their currency. */

export const INBOX_VIEWS = ["needs_you", "agent", "mine", "all", "snoozed", "resolved"] as const;
export type InboxView = (typeof INBOX_VIEWS)[number];

/** What a list is taken from: one view, or every conversation the club ever had. */
export const LIST_SCOPES = [...INBOX_VIEWS, "history"] as const;
export type ListScope = (typeof LIST_SCOPES)[number];

/** Whoever writes, as a filter of the inbox: in which state as a member, or as what else. */
export const PERSON_STATES = [...MEMBER_STATUSES, "prospect", "unknown"] as const;
export type PersonState = (typeof PERSON_STATES)[number];

export type ConversationRow = {
  readonly id: Id<"conversation">;
  readonly contactName: string;
  readonly channelKind: ChannelKind;
  readonly channelName: string;
  readonly subject: string | null;
  readonly status: ConversationStatus;
  readonly handledBy: Handler;
  readonly ownerName: string | null;
  readonly needsYou: Need;
  readonly waitingSince: Date | null;
  /** While it is snoozed: when it comes back by itself. */
  readonly snoozedUntil: Date | null;
  readonly unreadCount: number;
  readonly requiresResponse: boolean;
  readonly lastMessageAt: Date;
  readonly lastMessagePreview: string;
  readonly lastMessageAuthor: Author;
  readonly lastCategory: Category | null;
  readonly tags: readonly string[];
  /** The words around what was searched for, out of the newest message that has it. */
  readonly found?: string;
  /** Number of its newest change in the club, as a decimal string. */
  readonly clubSequence: string;
};

export type ConversationPage = {
  readonly items: readonly ConversationRow[];
  readonly nextCursor: string | null;
};

export type InboxCounts = Readonly<Record<InboxView, number>>;

/** Why Spotter did what it did with one message. */
export type Why = {
  readonly outcome: Outcome;
  readonly reasons: readonly { readonly code: ReasonCode; readonly sentence: string }[];
  readonly category: Category;
  readonly subIntent: string;
  readonly confidence: number;
  readonly threshold: number;
  readonly evidence: string;
  readonly riskFlags: readonly RiskFlag[];
  readonly knowledge: readonly { readonly id: string; readonly title: string }[];
  readonly policyVersion: string;
  readonly model: string | null;
  readonly costMicros: number | null;
  readonly decidedAt: Date;
  /** The run that decided; absent where a person's act or the machinery did. */
  readonly runId?: Id<"agentRun">;
};

/** A file of a message, or one that was put to a reply. Its bytes are fetched by its id. */
export type MessageFile = {
  readonly id: Id<"attachment">;
  readonly name: string;
  readonly mediaType: string;
  /** 0 = not known. */
  readonly sizeBytes: number;
  /** Whether it can be opened here; else it stands at the vendor alone. */
  readonly canOpen: boolean;
};

export type ThreadMessage = {
  readonly id: Id<"message">;
  readonly direction: MessageDirection;
  readonly author: Author;
  /** The member of staff who wrote it, where a person did. */
  readonly staffName: string | null;
  readonly subject: string | null;
  readonly body: string;
  readonly eventCode: EventCode | null;
  readonly status: MessageStatus;
  readonly failureReason: string | null;
  readonly sequence: number;
  readonly sentAt: Date;
  readonly deliveredAt: Date | null;
  readonly files?: readonly MessageFile[];
  /** A reply that still waits on the server, and until when it can be taken back. */
  readonly heldUntil?: Date;
  /** On the agent's messages and on inbound messages the agent decided about. */
  readonly why: Why | null;
  /** Staff's language, on an inbound message in another one; absent = it is theirs, or nobody can tell. */
  readonly translateTo?: string;
  /** The same in the staff's language: the model's translation, or what staff wrote before it was translated. */
  readonly translation?: { readonly language: string; readonly text: string; readonly source: "model" | "staff" };
};

/** A draft of the agent that waits for a person: nothing of it has gone out. */
export type Suggestion = {
  readonly approvalId: Id<"approval">;
  readonly effectId: Id<"effect">;
  readonly body: string;
  readonly summary: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly requiredRole: Role;
  readonly why: Why | null;
};

export type Thread = {
  readonly conversation: ConversationRow & { readonly contactId: Id<"contact">; readonly handBackAt: Date | null };
  /** Oldest first. */
  readonly messages: readonly ThreadMessage[];
  /** Pass to load the messages before the first one shown; null at the beginning of the thread. */
  readonly previousCursor: number | null;
  readonly suggestion: Suggestion | null;
  /** The agent is working on the newest message right now. */
  readonly isAgentThinking: boolean;
  readonly canReply: boolean;
  /** Over which channels this person can be written to now, this one among them while it works. */
  readonly channels: readonly ChannelKind[];
  /** Whether a reply here may carry files. */
  readonly files: FileOffer;
  /** Set when the contact opted out on this channel: nothing may be sent. */
  readonly isSuppressed: boolean;
  /** What staff read and write, and what the contact last wrote in where that is another one. */
  readonly languages: { readonly staff: string; readonly contact: string | null };
  readonly stretches: readonly {
    readonly handledBy: Handler;
    readonly cause: string;
    readonly startedAt: Date;
    readonly endedAt: Date | null;
    readonly userName: string | null;
  }[];
};

export type AlertCard = {
  readonly id: Id<"alert">;
  readonly kind: AlertKind;
  readonly severity: "info" | "warning" | "critical";
  readonly title: string;
  readonly detail: string;
  readonly conversationId: Id<"conversation"> | null;
  readonly effectId: Id<"effect"> | null;
  readonly openedAt: Date;
  readonly count: number;
  /** Who has taken it; null = nobody. */
  readonly acknowledgedBy: string | null;
};

export type ApprovalCard = {
  readonly id: Id<"approval">;
  readonly conversationId: Id<"conversation"> | null;
  readonly contactName: string | null;
  readonly summary: string;
  readonly body: string | null;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly requiredRole: Role;
  /** So many people must say yes, and who has; `deciderCount`: so many could, the viewer among them or not. */
  readonly requiredCount: number;
  readonly givenBy: readonly string[];
  readonly isGivenByMe: boolean;
  readonly deciderCount: number;
  /** What is different since the same thing was asked before. */
  readonly changes: readonly string[];
  readonly why: Why | null;
  /** A draft that may be approved together with others. */
  readonly isBatchable: boolean;
  /** The very arguments that will run, as JSON. */
  readonly exact: string;
};

export const DECIDED_STATUSES = ["approved", "rejected", "expired", "superseded"] as const;

/** A question that is over: who answered it, or that nobody did. */
export type DecidedApproval = {
  readonly id: Id<"approval">;
  readonly conversationId: Id<"conversation"> | null;
  readonly contactName: string | null;
  readonly summary: string;
  readonly status: (typeof DECIDED_STATUSES)[number];
  readonly note: string | null;
  readonly requestedAt: Date;
  /** When it was decided, or when its time was over. */
  readonly decidedAt: Date;
  readonly by: string | null;
  /** Who else said yes, where more than one person had to. */
  readonly alsoBy: readonly string[];
};

/** One row of the ledger as the activity page shows it. */
export type ActionRow = {
  readonly id: Id<"aiAction">;
  readonly sequence: string;
  readonly kind: string;
  readonly summary: string;
  readonly outcome: string;
  readonly conversationId: Id<"conversation"> | null;
  readonly agentRunId: Id<"agentRun"> | null;
  readonly contactName: string | null;
  readonly policyVersion: string | null;
  readonly model: string | null;
  readonly costMicros: number;
  readonly actorKind: string;
  /** Where a person acted: who, and the shared computer they stood at. */
  readonly actorName: string | null;
  readonly deskName: string | null;
  readonly createdAt: Date;
};

export type ConnectionHealth = {
  readonly id: Id<"connection">;
  readonly provider: Provider;
  readonly name: string;
  readonly status: string;
  /** In the words of whoever paused it. */
  readonly pauseReason: string | null;
  readonly lastSuccessAt: Date | null;
  readonly lastErrorAt: Date | null;
  readonly lastErrorKind: string | null;
  readonly isStale: boolean;
  /** How long ago it was last read; `null` where nothing is read by itself. */
  readonly lagSeconds: number | null;
};

export type ClubSummary = {
  readonly id: Id<"club">;
  readonly franchiseId: Id<"franchise">;
  readonly franchiseName: string;
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly role: Role;
  /** Whether this is a shared computer of the club, where a PIN opens less than a password. */
  readonly isAtDesk: boolean;
  readonly agentName: string;
  readonly stages: Readonly<Partial<Record<Category, Stage>>>;
  readonly stoppedAt: Date | null;
  readonly stopReason: string | null;
};
