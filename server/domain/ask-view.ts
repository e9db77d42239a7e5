import type { Id } from "./ids.ts";
import type { Role } from "./vocabulary.ts";

/** Somebody of a sample, with what the tool said of them. */
export type AskRow = { readonly key: string; readonly name: string; readonly facts: readonly string[] };

/** A question that waits for a person, or how it ended. */
export type AskApproval = {
  readonly approvalId: Id<"approval">;
  readonly conversationId: Id<"conversation"> | null;
  readonly summary: string;
  readonly status: string;
  readonly effectStatus: string;
  readonly requiredRole: Role;
  readonly requiredCount: number;
  readonly isGivenByMe: boolean;
  readonly expiresAt: Date;
};

/** One thing that was looked up or prepared. */
export type CallView = {
  readonly sentence: string;
  readonly outcome: string;
  readonly error: string | null;
  /** How many there are, where the result is of many. */
  readonly count: number | null;
  readonly facts: readonly string[];
  readonly rows: readonly AskRow[];
  readonly approvals: readonly AskApproval[];
  /** What became of a deed, in the tool's own word; null where it was none. */
  readonly status: string | null;
};

export type AskCallView = Omit<CallView, "status"> & {
  readonly id: Id<"askCall">;
  /** Where the asker's own press decides. */
  readonly ownDecision: "waiting" | "approved" | "rejected" | null;
};

export type AskTurnView = {
  readonly id: Id<"askTurn">;
  readonly question: string;
  readonly status: "queued" | "running" | "done" | "failed";
  readonly answer: string | null;
  readonly heldSpans: readonly string[];
  readonly endCode: string | null;
  readonly createdAt: Date;
  readonly calls: readonly AskCallView[];
};
