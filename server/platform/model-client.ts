import "server-only";

import { setTimeout as sleepFor } from "node:timers/promises";

import Anthropic from "@anthropic-ai/sdk";
import type {
  ContentBlockParam,
  Message,
  MessageCreateParamsNonStreaming,
  Tool,
} from "@anthropic-ai/sdk/resources/messages/messages";
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { z } from "zod";

import { monotonicMs } from "#server/platform/clock.ts";
import { failureOf } from "#server/platform/model-failures.ts";
import type { ModelFailure } from "#server/platform/model-failures.ts";
import { costMicrosOf, isListedModel } from "#server/platform/model-prices.ts";
import type { TokenUsage } from "#server/platform/model-prices.ts";

/** Chosen by us: a text that is not drafted by then is better answered by a person. */
export const CALL_TIMEOUT_MS = 20_000;
/** Chosen by us: all tries of one thought together, waits included. */
export const THINK_BUDGET_MS = 25_000;
export const THINK_MAX_TRIES = 3;
/** Chosen by us: a longer wait belongs to the queue, not to a function that holds a connection. */
export const RETRY_AFTER_MAX_SECONDS = 5;
/** Chosen by us: a third try that could not finish is not begun. */
const TRY_MIN_MS = 1_000;
const FIRST_WAIT_MS = 500;
/** Chosen by us: six times a long answer with its classification, so that only a runaway is cut. */
export const OUTPUT_MAX_TOKENS = 2_048;

export type SystemBlock = { readonly text: string; /** The prompt up to here is the same for many calls. */ readonly isCached: boolean };
export type PromptBlock =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "tool_use"; readonly id: string; readonly name: string; readonly input: unknown }
  | { readonly type: "tool_result"; readonly toolUseId: string; readonly content: string; readonly isError: boolean };
export type PromptMessage = { readonly role: "user" | "assistant"; readonly content: string | readonly PromptBlock[] };

/** A tool as the model is told of it. Its input is checked again by whoever runs it. */
export type ToolSpec = { readonly name: string; readonly description: string; readonly input: z.ZodType };

/** What the model asks for. `input` is whatever it wrote. */
export type ToolRequest = { readonly id: string; readonly name: string; readonly input: unknown };

export type ThinkRequest<T> = {
  readonly system: readonly SystemBlock[];
  readonly messages: readonly PromptMessage[];
  readonly schema: z.ZodType<T>;
  readonly model: string;
  /** Absent or empty: the model can only answer. */
  readonly tools?: readonly ToolSpec[];
  readonly signal?: AbortSignal | undefined;
};

/** What one thought cost, whether it succeeded or not. All zeros where the service answered nothing. */
export type Turn = {
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  /** Millionths of a US dollar. */
  readonly costMicros: number;
  readonly latencyMs: number;
  readonly externalRequestId: string | null;
  readonly stopReason: string | null;
  readonly tryCount: number;
};

export type ThinkResult<T> =
  | { readonly kind: "thought"; readonly value: T; readonly turn: Turn }
  /** Only where tools were offered. Never empty. */
  | { readonly kind: "tool_requests"; readonly requests: readonly ToolRequest[]; readonly turn: Turn }
  | { readonly kind: "failed"; readonly failure: ModelFailure; readonly turn: Turn };

export type Think = <T>(request: ThinkRequest<T>) => Promise<ThinkResult<T>>;

type Settings = {
  readonly apiKey: string;
  readonly baseURL: string | undefined;
  readonly callTimeoutMs?: number;
  readonly budgetMs?: number;
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
};

/**
 * One structured answer of the model. Never throws for what the service or the network does: the failure is a value.
 * Tries again only where waiting a moment may help, at most `THINK_MAX_TRIES` times within `THINK_BUDGET_MS`; the
 * SDK's own retries are off, because it would obey a `retry-after` of hours.
 */
export const createThink = (settings: Settings): Think => {
  const { callTimeoutMs = CALL_TIMEOUT_MS, budgetMs = THINK_BUDGET_MS, sleep = sleepWithSignal } = settings;
  const client = new Anthropic({
    apiKey: settings.apiKey,
    baseURL: settings.baseURL ?? null,
    maxRetries: 0,
    timeout: callTimeoutMs,
    logLevel: "off",
  });

  return async (request) => {
    const startedMs = monotonicMs();
    for (let tryCount = 1; ; tryCount += 1) {
      const leftMs = budgetMs - (monotonicMs() - startedMs);
      const outcome = await callOnce(client, request, Math.min(callTimeoutMs, Math.max(leftMs, 1)));
      const turn = { ...outcome.turn, latencyMs: Math.round(monotonicMs() - startedMs), tryCount };
      if (outcome.kind !== "failed") {
        return { ...outcome, turn };
      }
      const waitMs = request.signal?.aborted === true ? null : waitBeforeRetry(outcome.failure, tryCount);
      if (waitMs === null || tryCount >= THINK_MAX_TRIES || budgetMs - (monotonicMs() - startedMs) < waitMs + TRY_MIN_MS) {
        return { ...outcome, turn };
      }
      await sleep(waitMs, request.signal);
    }
  };
};

const callOnce = async <T>(client: Anthropic, request: ThinkRequest<T>, timeoutMs: number): Promise<ThinkResult<T>> => {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]);
  try {
    const answer = await client.messages.create(paramsOf(request), { signal });
    return readAnswer(answer, request);
  } catch (error) {
    const failure =
      request.signal?.aborted === true
        ? ({ kind: "timeout", detail: "given up by the caller" } as const)
        : failureOf(error, timeout.aborted);
    const externalRequestId = error instanceof Anthropic.APIError ? (error.requestID ?? null) : null;
    return { kind: "failed", failure, turn: { ...EMPTY_TURN, model: request.model, externalRequestId } };
  }
};

const paramsOf = <T>(request: ThinkRequest<T>): MessageCreateParamsNonStreaming => {
  const { type, schema } = zodOutputFormat(request.schema);
  return {
    model: request.model,
    max_tokens: OUTPUT_MAX_TOKENS,
    system: request.system.map(({ text, isCached }) => ({
      type: "text",
      text,
      ...(isCached ? { cache_control: { type: "ephemeral" } } : {}),
    })),
    messages: request.messages.map(({ role, content }) => ({
      role,
      content: typeof content === "string" ? content : content.map(blockParamOf),
    })),
    ...(request.tools === undefined || request.tools.length === 0 ? {} : { tools: request.tools.map(toolParamOf) }),
    // A short text needs no long deliberation; models of earlier generations do not know the setting.
    output_config: { format: { type, schema }, ...(isListedModel(request.model) ? { effort: "low" } : {}) },
  };
};

const blockParamOf = (block: PromptBlock): ContentBlockParam =>
  block.type === "tool_result"
    ? { type: "tool_result", tool_use_id: block.toolUseId, content: block.content, is_error: block.isError }
    : { ...block };

/** Strict: the service itself keeps the model to the schema; we do not rely on it. */
const toolParamOf = ({ description, input, name }: ToolSpec): Tool => {
  const { $schema: _schema, ...schema } = z.toJSONSchema(input, { io: "input" });
  return { name, description, strict: true, input_schema: { ...schema, type: "object" } };
};

const readAnswer = <T>(answer: Message, request: ThinkRequest<T>): ThinkResult<T> => {
  const turn = turnOf(answer, request.model);
  const failed = (kind: "refused" | "truncated" | "malformed", detail: string): ThinkResult<T> => ({
    kind: "failed",
    failure: { kind, detail },
    turn,
  });
  if (answer.stop_reason === "refusal") {
    return failed("refused", answer.stop_details?.category ?? "no category");
  }
  if (answer.stop_reason === "max_tokens" || answer.stop_reason === "model_context_window_exceeded") {
    return failed("truncated", answer.stop_reason);
  }
  const requests = answer.content.flatMap((block) =>
    block.type === "tool_use" ? [{ id: block.id, name: block.name, input: block.input }] : [],
  );
  if (answer.stop_reason === "tool_use" && requests.length > 0) {
    return { kind: "tool_requests", requests, turn };
  }
  if (answer.stop_reason !== "end_turn") {
    return failed("malformed", `stopped with ${answer.stop_reason ?? "nothing"}`);
  }
  const text = answer.content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("");
  const parsed = request.schema.safeParse(parseJson(text));
  return parsed.success ? { kind: "thought", value: parsed.data, turn } : failed("malformed", "not the shape that was asked for");
};

const turnOf = (answer: Message, model: string): Turn => {
  const { usage } = answer;
  const cacheWrite1hTokens = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  const cacheWriteTokens = usage.cache_creation_input_tokens ?? 0;
  const tokens: TokenUsage = {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens ?? 0,
    cacheWrite5mTokens: Math.max(0, cacheWriteTokens - cacheWrite1hTokens),
    cacheWrite1hTokens,
  };
  return {
    ...EMPTY_TURN,
    model,
    inputTokens: tokens.inputTokens,
    outputTokens: tokens.outputTokens,
    cacheReadTokens: tokens.cacheReadTokens,
    cacheWriteTokens,
    costMicros: costMicrosOf(model, tokens),
    externalRequestId: "_request_id" in answer && typeof answer._request_id === "string" ? answer._request_id : null,
    stopReason: answer.stop_reason,
  };
};

/** Milliseconds until another try makes sense, `null` when none does. */
const waitBeforeRetry = (failure: ModelFailure, tryCount: number): number | null => {
  switch (failure.kind) {
    case "rate_limited":
      return failure.retryAfterSeconds !== null && failure.retryAfterSeconds <= RETRY_AFTER_MAX_SECONDS
        ? failure.retryAfterSeconds * 1_000
        : null;
    case "overloaded":
    case "timeout":
    case "unavailable":
      return FIRST_WAIT_MS * 2 ** (tryCount - 1);
    default:
      return null;
  }
};

/** Ends early, without an error, when the caller gives up: the next try then reports it. */
const sleepWithSignal = async (ms: number, signal: AbortSignal | undefined): Promise<void> => {
  await sleepFor(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
};

const EMPTY_TURN: Turn = {
  model: "",
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  costMicros: 0,
  latencyMs: 0,
  externalRequestId: null,
  stopReason: null,
  tryCount: 1,
};

/** `undefined` for anything that is not JSON; every schema refuses that. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
