import type { Id } from "#server/domain/ids.ts";
import type { Why } from "#server/domain/inbox-view.ts";

/** One attempt of the agent on one message, as far as it was stored. Private data of people is masked. */
export type RunDetail = {
  readonly id: Id<"agentRun">;
  readonly conversationId: Id<"conversation">;
  /** `queued`, `running`, `awaiting_approval`, `succeeded`, `failed` or `cancelled`. */
  readonly status: string;
  readonly endCode: string | null;
  readonly attempt: number;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  /** In the order in which it happened. */
  readonly steps: readonly RunStep[];
  readonly why: Why | null;
  /** `thought`, `triage` or `failed`: what the decision was made from; null where it was not kept. */
  readonly source: string | null;
  readonly local: { readonly category: string; readonly subIntent: string; readonly confidence: number } | null;
  readonly automation: { readonly name: string; readonly step: string; readonly stage: string } | null;
  readonly findings: readonly { readonly code: string; readonly span: string }[];
  /** What it put into the ledger. */
  readonly actions: readonly {
    readonly id: Id<"aiAction">;
    readonly sequence: string;
    readonly summary: string;
    readonly outcome: string;
    readonly createdAt: Date;
  }[];
  readonly total: {
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly cacheReadTokens: number;
    readonly cacheWriteTokens: number;
    /** Millionths of a US dollar. */
    readonly costMicros: number;
  };
};

export type RunStep =
  | {
      readonly kind: "model";
      readonly id: Id<"modelTurn">;
      /** False where nothing was sent, and once it was swept. */
      readonly hasPrompt: boolean;
      /** When the call had ended. */
      readonly at: Date;
      readonly purpose: string;
      readonly model: string;
      readonly promptVersion: string;
      readonly stopReason: string | null;
      readonly errorKind: string | null;
      readonly durationMs: number;
      readonly inputTokens: number;
      readonly outputTokens: number;
      readonly cacheReadTokens: number;
      readonly cacheWriteTokens: number;
      readonly costMicros: number;
    }
  | {
      readonly kind: "tool";
      readonly id: string;
      readonly at: Date;
      readonly name: string;
      readonly risk: string;
      /** `requested`, `done`, `refused` or `failed`. */
      readonly outcome: string;
      /** Null while it has no answer. */
      readonly durationMs: number | null;
      /** JSON, masked. */
      readonly arguments: string;
      readonly result: string | null;
    };
