import type { Outcome } from "#server/domain/reasons.ts";

/** What the agent's ledger tells of, `noun.past`. */
export const ACTION_KINDS = [
  "reply.planned",
  "reply.suggested",
  "reply.sent",
  "reply.failed",
  "reply.unknown",
  "reply.dropped",
  "conversation.escalated",
  "conversation.chased",
  "message.ignored",
  "draft.kept",
  "contact.opted_out",
  "contact.opted_in",
  "confirmation.sent",
  "confirmation.asked",
  "confirmation.given",
  "confirmation.declined",
  "confirmation.expired",
  "approval.approved",
  "approval.counted",
  "approval.rejected",
  "approval.expired",
  "approval.superseded",
  "send.reconciled",
  "act.done",
  "act.failed",
  "act.unknown",
  "act.dropped",
  "agent.stopped",
  "agent.resumed",
  "policy.published",
  "example.accepted",
  "example.rejected",
  "example.withdrawn",
  "rule.proposed",
  "rule.accepted",
  "rule.rejected",
  "rule.withdrawn",
  "stage.offered",
  "stage.kept",
  "stage.raised",
  "stage.lowered",
  "debt.held",
  "promise.noted",
  "workflow.started",
  "workflow.approved",
  "workflow.ended",
  "workflow.stopped",
] as const;

export type ActionKind = (typeof ACTION_KINDS)[number];

/** One row to append. Ids instead of personal data, so that erasing a person leaves the chain whole. */
export type ActionEntry = {
  readonly kind: ActionKind;
  readonly risk: "read" | "reversible" | "sends" | "money" | "physical";
  /** One sentence for people, without names, numbers or message text. */
  readonly summary: string;
  readonly outcome:
    | Outcome
    | "planned"
    | "sent"
    | "failed"
    | "unknown"
    | "dropped"
    | "approved"
    | "rejected"
    | "expired"
    | "superseded"
    | "done";
  readonly conversationId?: string | null;
  readonly messageId?: string | null;
  readonly agentRunId?: string | null;
  readonly decisionId?: string | null;
  readonly effectId?: string | null;
  readonly approvalId?: string | null;
  readonly inputs?: Readonly<Record<string, string | number | boolean | null>>;
  readonly policyVersion?: string | null;
  readonly model?: string | null;
  readonly promptVersion?: string | null;
  readonly costMicros?: bigint;
};

/** The content of a stored row that its hash covers. */
export type ActionContent = {
  readonly clubId: string;
  readonly sequence: bigint;
  readonly previousHash: string;
  readonly createdAt: Date;
  readonly [column: string]: unknown;
};

/**
 * Hash of one ledger row: over its columns in alphabetical order, the previous row's hash among them, so that an
 * edited, removed, inserted or moved row breaks the chain. `digest` is SHA-256 in hex, passed in because this module is pure.
 */
export const hashOfAction = (content: ActionContent, digest: (text: string) => string): string => digest(canonical(content));

const canonical = (value: unknown): string => {
  if (typeof value === "bigint") {
    return `"${value}"`;
  }
  if (value instanceof Date) {
    return JSON.stringify(value.toISOString());
  }
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(",")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(",")}}`;
  }
  return JSON.stringify(value ?? null);
};
