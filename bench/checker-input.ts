/** A text the sandbox took from a member: it must become exactly one row. */
export type AcceptedText = {
  readonly id: string;
  readonly connectionId: string;
  readonly member: string;
  readonly text: string;
  readonly at: Date;
};

/** A text the sandbox took from Spotter: it has reached the member's phone. */
export type AcceptedSend = AcceptedText;

/** An inbound message as Spotter stored it. */
export type MessageRow = {
  readonly id: string;
  readonly externalId: string | null;
  readonly connectionId: string | null;
  readonly conversationId: string;
  readonly body: string;
  readonly receivedAt: Date;
  readonly agentProcessedAt: Date | null;
  readonly agentOutcome: string | null;
};

/** A planned send with what people can see of it. */
export type EffectRow = {
  readonly id: string;
  readonly status: string;
  readonly connectionId: string;
  readonly to: string;
  readonly text: string;
  readonly vendorReference: string | null;
  /** The newest inbound message of the run that planned it. */
  readonly answersMessageId: string | null;
  readonly hasPendingApproval: boolean;
  readonly hasOpenAlert: boolean;
  /** Whether its outcome was unknown at any time, also when it has been found out since. */
  readonly wasUnknown: boolean;
  /** Whether a card told of it at any time, also one that has been closed since. */
  readonly wasShown: boolean;
};

export type Evidence = {
  readonly texts: readonly AcceptedText[];
  readonly sends: readonly AcceptedSend[];
  readonly messages: readonly MessageRow[];
  readonly effects: readonly EffectRow[];
  /** Messages of one contact that follow each other within this time are one burst and get one answer. */
  readonly burstWindowMs: number;
};

export const PROBLEMS = {
  lost_row: "accepted by the vendor, not in the inbox",
  double_row: "in the inbox more than once",
  stray_row: "in the inbox, never accepted by the vendor",
  changed_text: "stored with another text",
  unprocessed_message: "stored, and the agent never looked at it",
  unanswered_burst: "to be answered, and nothing was sent, planned or shown",
  double_send: "the same words reached a member twice",
  extra_answer: "one burst got more than one answer",
  send_without_effect: "reached a member, and the ledger does not know of it",
  false_confirmation: "confirmed in the ledger, never accepted by the vendor",
  unsettled_effect: "neither settled nor waiting for a person",
  silent_effect: "unknown or failed, and no card shows or showed it",
} as const;

export type ProblemKind = keyof typeof PROBLEMS;
export type Problem = { readonly kind: ProblemKind; readonly detail: string };
