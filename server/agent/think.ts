import { composePrompt } from "#server/agent/compose-prompt.ts";
import type { Prompt } from "#server/agent/compose-prompt.ts";
import type { PromptInput } from "#server/agent/prompt-input.ts";
import { ThoughtSchema } from "#server/domain/intent.ts";
import type { Thought } from "#server/domain/intent.ts";
import { normaliseForHash, stripInvisible } from "#server/domain/text.ts";
import type { Think, ThinkRequest, ToolRequest, ToolSpec, Turn } from "#server/platform/model-client.ts";
import type { SentRequest } from "#server/platform/model-messages.ts";
import type { ModelFailure } from "#server/platform/model-failures.ts";

export type ThinkAboutInput = Pick<ThinkRequest<unknown>, "fallbackModel" | "fairKey" | "budgetMs"> & {
  readonly prompt: PromptInput;
  /** The platform's `think`, or a stand-in for it. */
  readonly think: Think;
  readonly model: string;
  readonly tools?: readonly ToolSpec[];
  readonly signal?: AbortSignal | undefined;
};

export type ThinkAboutResult = (
  | { readonly kind: "thought"; readonly thought: Thought }
  | { readonly kind: "tool_requests"; readonly requests: readonly ToolRequest[] }
  | { readonly kind: "failed"; readonly failure: ModelFailure }
) & { readonly turn: Turn; readonly prompt: Prompt; /** What was sent, where anything was. */ readonly request: SentRequest };

/** One call of the model about one conversation: what the contact wants, how sure that is, and a draft. */
export const thinkAbout = async (input: ThinkAboutInput): Promise<ThinkAboutResult> => {
  const prompt = composePrompt(input.prompt);
  const { system, messages } = prompt;
  const request = { system, messages, schema: ThoughtSchema, tools: input.tools ?? [] };
  const result = await input.think({
    ...request,
    model: input.model,
    fallbackModel: input.fallbackModel,
    fairKey: input.fairKey,
    budgetMs: input.budgetMs,
    signal: input.signal,
  });
  return result.kind === "thought"
    ? { kind: "thought", thought: settle(result.value, prompt), turn: result.turn, prompt, request }
    : { ...result, prompt, request };
};

const SUB_INTENT_MAX_CHARACTERS = 40;
/** Chosen by us: what is left of the 1,600 characters of a text once the disclosure stands before it. */
const REPLY_MAX_CHARACTERS = 1_200;
const EVIDENCE_MAX_CHARACTERS = 300;
const PROMISE_MAX_COUNT = 5;

/** Brings what the model wrote within the bounds the rest of the code relies on. Nothing is made surer by it. */
const settle = (thought: Thought, { knowledge, turns }: Prompt): Thought => {
  const known = new Set(knowledge.map((article) => article.id));
  const said = normaliseForHash(turns.flatMap((turn) => (turn.from === "contact" ? [turn.text] : [])).join(" "));
  const evidence = stripInvisible(thought.evidence).replace(/^["'“”‘’\s]+|["'“”‘’\s]+$/gu, "");
  const reply = stripInvisible(thought.reply ?? "").trim();
  return {
    category: thought.category,
    subIntent:
      thought.subIntent
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "_")
        .replace(/^_+|_+$/g, "")
        .slice(0, SUB_INTENT_MAX_CHARACTERS) || "unclear",
    confidence: thought.confidence >= 0 ? Math.min(thought.confidence, 1) : 0,
    riskFlags: [...new Set(thought.riskFlags)],
    // A quotation nobody said explains nothing.
    evidence: said.includes(normaliseForHash(evidence)) ? evidence.slice(0, EVIDENCE_MAX_CHARACTERS) : "",
    language: /^[a-z]{2,3}([-_][a-z0-9]+)*$/i.test(thought.language.trim()) ? thought.language.trim().toLowerCase() : "und",
    answerable: thought.answerable,
    // What no text can carry is no draft: a person writes.
    reply: reply === "" || reply.length > REPLY_MAX_CHARACTERS ? null : reply,
    knowledgeIds: [...new Set(thought.knowledgeIds)].filter((id) => known.has(id)),
    promises: thought.promises
      .map((promise) => stripInvisible(promise).trim())
      .filter((promise) => promise !== "")
      .slice(0, PROMISE_MAX_COUNT),
  };
};
