import "server-only";

import type {
  ContentBlock,
  ContentBlockParam,
  Message,
  MessageCreateParamsNonStreaming,
  Tool,
} from "@anthropic-ai/sdk/resources/messages/messages";
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { transformJSONSchema } from "@anthropic-ai/sdk/lib/transform-json-schema";
import { z } from "zod";

import type { PromptBlock, ThinkRequest, ToolRequest, ToolSpec } from "#server/platform/model-client.ts";
import type { ModelFailure } from "#server/platform/model-failures.ts";
import type { SentPrompt } from "#server/domain/prompt-view.ts";
import { CHARACTERS_PER_TOKEN } from "#server/platform/model-limits.ts";
import { isListedModel } from "#server/platform/model-prices.ts";
import type { TokenUsage } from "#server/platform/model-prices.ts";

/** One call as it is made: which model, how much room, and what a paused answer said so far. */
export type Call = { readonly model: string; readonly maxTokens: number; readonly continued: readonly ContentBlock[] };

/** All that a call is made of but its model and its room. */
export type SentRequest<T = unknown> = Pick<ThinkRequest<T>, "system" | "messages" | "tools" | "schema">;

/** The very values of a request that a call sends, for whoever keeps them. */
export const sentOf = (request: SentRequest): SentPrompt => {
  const { messages, output_config: output } = paramsOf(request, { model: "", maxTokens: 0, continued: [] });
  return {
    system: request.system.map(({ isCached, text }) => ({ text, isShared: isCached })),
    tools: (request.tools ?? []).map((tool) => ({ ...toolParamOf(tool) })),
    messages: messages.map(({ content, role }) => ({ role, content })),
    format: output?.format ?? null,
  };
};

export const paramsOf = <T>(request: SentRequest<T>, { continued, maxTokens, model }: Call): MessageCreateParamsNonStreaming => {
  const { type, schema } = zodOutputFormat(request.schema);
  return {
    model,
    max_tokens: maxTokens,
    ...(request.tools === undefined || request.tools.length === 0 ? {} : { tools: request.tools.map(toolParamOf) }),
    system: request.system.map(({ text, isCached }) => ({
      type: "text",
      text,
      ...(isCached ? { cache_control: { type: "ephemeral" } } : {}),
    })),
    messages: [
      ...request.messages.map(({ role, content }) => ({
        role,
        content: typeof content === "string" ? content : content.map(blockParamOf),
      })),
      ...(continued.length === 0 ? [] : [{ role: "assistant" as const, content: [...continued] }]),
    ],
    // A short text needs no long deliberation; models of earlier generations do not know the setting.
    output_config: { format: { type, schema }, ...(isListedModel(model) ? { effort: "low" } : {}) },
  };
};

const blockParamOf = (block: PromptBlock): ContentBlockParam =>
  block.type === "tool_result"
    ? { type: "tool_result", tool_use_id: block.toolUseId, content: block.content, is_error: block.isError }
    : { ...block };

/** Strict: the service itself keeps the model to the schema, written as strict tools need it; we do not rely on it. */
const toolParamOf = ({ description, input, name }: ToolSpec): Tool => ({
  name,
  description,
  strict: true,
  input_schema: { ...transformJSONSchema(z.toJSONSchema(input, { io: "input" })), type: "object" },
});

/** Input tokens before anybody has counted them. */
export const estimatedTokens = ({ messages, system, tools }: MessageCreateParamsNonStreaming): number =>
  Math.ceil(JSON.stringify([tools ?? [], system ?? "", messages]).length / CHARACTERS_PER_TOKEN);

/** What one answer says. Whatever is not whole is no request and no thought. */
export type Reading<T> =
  | { readonly kind: "thought"; readonly value: T }
  | { readonly kind: "tool_requests"; readonly requests: readonly ToolRequest[] }
  /** The service wants its own words back to go on. */
  | { readonly kind: "paused"; readonly content: readonly ContentBlock[] }
  /** The answer did not fit into the room it was given. */
  | { readonly kind: "out_of_room" }
  | { readonly kind: "failed"; readonly failure: ModelFailure };

/** The fields that are relied on; the SDK takes any JSON for a message. */
const Usage = z.looseObject({
  input_tokens: z.number(),
  output_tokens: z.number(),
  cache_read_input_tokens: z.number().nullish(),
  cache_creation_input_tokens: z.number().nullish(),
  cache_creation: z.looseObject({ ephemeral_1h_input_tokens: z.number() }).nullish(),
});
const TextBlock = z.looseObject({ type: z.literal("text"), text: z.string() });
/** `input` may be anything, but it must be there. */
const ToolUseBlock = z.looseObject({
  type: z.literal("tool_use"),
  id: z.string().min(1),
  name: z.string().min(1),
  input: z.unknown(),
});
const OtherBlock = z.looseObject({ type: z.string().refine((type) => type !== "text" && type !== "tool_use") });
const Answer = z.looseObject({
  content: z.array(z.union([TextBlock, ToolUseBlock, OtherBlock])),
  stop_reason: z.string(),
  stop_details: z.looseObject({ category: z.string().nullish() }).nullish(),
  usage: Usage,
});

export const usageOf = (answer: Message): TokenUsage | null => {
  const usage = Usage.safeParse(Object(answer).usage).data;
  if (usage === undefined) {
    return null;
  }
  const cacheWrite1hTokens = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  return {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens ?? 0,
    cacheWrite5mTokens: Math.max(0, (usage.cache_creation_input_tokens ?? 0) - cacheWrite1hTokens),
    cacheWrite1hTokens,
  };
};

/** What counts against the key's pace: what is read from the cache does not. */
export const inputTokensOf = (answer: Message): number | null => {
  const usage = usageOf(answer);
  return usage === null ? null : usage.inputTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
};

type Asked<T> = { readonly request: Pick<ThinkRequest<T>, "schema" | "tools">; readonly continued: readonly ContentBlock[] };

export const readAnswer = <T>(message: Message, { continued, request }: Asked<T>): Reading<T> => {
  const answer = Answer.safeParse(message).data;
  if (answer === undefined) {
    return failed("malformed", "no message of the service");
  }
  const requests = answer.content.flatMap((block) => {
    const asked = ToolUseBlock.safeParse(block).data;
    return asked === undefined ? [] : [{ id: asked.id, name: asked.name, input: asked.input }];
  });
  switch (answer.stop_reason) {
    case "refusal":
      return failed("refused", answer.stop_details?.category ?? "no category");
    case "max_tokens":
      return { kind: "out_of_room" };
    case "model_context_window_exceeded":
      return failed("truncated", answer.stop_reason);
    case "pause_turn":
      // A tool of ours that nobody has answered cannot be sent back alone.
      return requests.length > 0 || message.content.length === 0
        ? failed("malformed", "paused without anything to go on from")
        : { kind: "paused", content: message.content };
    case "tool_use":
      return requests.length > 0 && (request.tools ?? []).length > 0
        ? { kind: "tool_requests", requests }
        : failed("malformed", "tools without an offer or a request");
    case "end_turn":
      return requests.length > 0 ? failed("malformed", "ended with a request") : readThought([...continued, ...message.content], request);
    default:
      return failed("malformed", `stopped with ${answer.stop_reason}`);
  }
};

const readThought = <T>(content: readonly ContentBlock[], { schema }: Pick<ThinkRequest<T>, "schema">): Reading<T> => {
  const text = content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("");
  if (text.trim() === "") {
    return failed("malformed", "an empty answer");
  }
  const parsed = schema.safeParse(parseJson(text));
  return parsed.success ? { kind: "thought", value: parsed.data } : failed("malformed", "not the shape that was asked for");
};

const failed = (kind: "refused" | "truncated" | "malformed", detail: string): Extract<Reading<never>, { kind: "failed" }> => ({
  kind: "failed",
  failure: { kind, detail },
});

/** `undefined` for anything that is not JSON; every schema refuses that. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
