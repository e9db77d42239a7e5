import type { PromptLearned } from "#server/agent/learned-blocks.ts";
import type { SentenceTranslation } from "#server/domain/article-translations.ts";
import type { Policy } from "#server/domain/policy.ts";

/** Everything a thought is made of, as values. */
export type PromptInput = {
  readonly club: { readonly name: string; /** IANA name. */ readonly timeZone: string; /** E.164. */ readonly phone: string | null };
  readonly now: Date;
  readonly policy: Policy;
  /** Published articles, the most useful first; what does not fit the budget is left out from the end. */
  readonly knowledge: readonly KnowledgeText[];
  readonly contact: PromptContact;
  /** Oldest first; the newest messages of the contact are its end. */
  readonly conversation: readonly PromptTurn[];
  /** What is remembered beyond `conversation`; absent where there is nobody real to remember. */
  readonly memory?: PromptMemory | undefined;
  /** What staff taught it and an owner accepted; absent = nothing. */
  readonly learned?: PromptLearned | undefined;
  /** What comparing with the articles and what was asked of them before found; absent or null = nothing. */
  readonly likelyAnswer?: LikelyAnswer | null | undefined;
  /** What this run asked for and was told already, in order. */
  readonly toolCalls: readonly PromptToolCall[];
};

export type PromptToolCall = {
  readonly turnIndex: number;
  readonly externalId: string;
  readonly name: string;
  readonly arguments: unknown;
  /** `done`, `refused` or `failed`. */
  readonly outcome: string;
  readonly result: unknown;
};

export type LikelyAnswer = {
  /** Sentences of the articles, word for word. */
  readonly text: string;
  readonly articleIds: readonly string[];
  /** 0..1, the chance that they answer all that was asked. */
  readonly score: number;
};

export type KnowledgeText = {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** Sentences of the body as they were approved in other languages; absent = none. */
  readonly translations?: readonly SentenceTranslation[];
};

export type PromptTurn = { readonly from: "contact" | "staff" | "agent"; readonly at: Date; readonly text: string };

export type PromptMemory = {
  /** What was said in this conversation before `conversation`; empty where nothing was summarised. */
  readonly earlierSummary: string;
  /** The last turns of the person's other conversations, oldest first. */
  readonly elsewhere: readonly (PromptTurn & { /** Such as `email`. */ readonly channel: string })[];
  /** What staff noted for each other, oldest first. */
  readonly notes: readonly { readonly at: Date; readonly text: string }[];
};

export type PromptContact = {
  readonly firstName: string | null;
  readonly kind: "member" | "prospect" | "unknown";
  /** `bound`: the sender's address belongs to exactly one record; only then facts are shown to the model. */
  readonly binding: "bound" | "shared" | "unknown";
  readonly facts: ContactFacts | null;
};

export type ContactFacts = {
  readonly status: string;
  /** Minor units as a decimal string. */
  readonly balanceMinor: string | null;
  readonly currency: string;
  /** Calendar date in the club's zone. */
  readonly lastVisitOn: string | null;
  readonly membershipType: string | null;
};
