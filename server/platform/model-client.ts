import "server-only";

import Anthropic from "@anthropic-ai/sdk";
import type { Message } from "@anthropic-ai/sdk/resources/messages/messages";
import type { z } from "zod";

import { createModelCircuit, type ModelCircuit } from "#server/platform/model-circuit.ts";
import { machineClock, sleepOn, type ModelClock } from "#server/platform/model-clock.ts";
import { failureOf, isOfTheKey } from "#server/platform/model-failures.ts";
import type { ModelFailure } from "#server/platform/model-failures.ts";
import {
  CALL_TIMEOUT_MS,
  FALLBACK_RESERVE_MS,
  FIRST_WAIT_MS,
  LONG_CALL_TIMEOUT_MS,
  LONG_OUTPUT_MAX_TOKENS,
  LONG_THINK_BUDGET_MS,
  INPUT_TOKENS_PER_MINUTE,
  OUTPUT_MAX_TOKENS,
  REQUESTS_PER_MINUTE,
  THINK_BUDGET_MS,
  THINK_MAX_TRIES,
  TRY_MIN_MS,
} from "#server/platform/model-limits.ts";
import { estimatedTokens, inputTokensOf, paramsOf, readAnswer, type Call, type Reading } from "#server/platform/model-messages.ts";
import { createModelPace, type ModelPace, type PaceLimits } from "#server/platform/model-pace.ts";
import { EMPTY_TURN, requestIdOf, turnWith } from "#server/platform/model-turn.ts";

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
  /** Asked once where `model` stays overloaded or silent. */
  readonly fallbackModel?: string | undefined;
  /** Absent or empty: the model can only answer. */
  readonly tools?: readonly ToolSpec[];
  /** Whose thought it is; those who wait for the model take turns by it. */
  readonly fairKey?: string | undefined;
  /** Where there is less time than `THINK_BUDGET_MS`. */
  readonly budgetMs?: number | undefined;
  /** A long list is written: more room, and more time. Not for whatever keeps a member waiting. */
  readonly isLong?: boolean;
  readonly signal?: AbortSignal | undefined;
};

/** What one thought cost, all its tries that the service billed. All zeros where it answered nothing. */
export type Turn = {
  /** The one that answered, or was asked last. */
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
  /** Calls that were really made. */
  readonly tryCount: number;
};

export type ThinkResult<T> =
  | { readonly kind: "thought"; readonly value: T; readonly turn: Turn }
  /** Only where tools were offered. Never empty. */
  | { readonly kind: "tool_requests"; readonly requests: readonly ToolRequest[]; readonly turn: Turn }
  | { readonly kind: "failed"; readonly failure: ModelFailure; readonly turn: Turn };

export type Think = <T>(request: ThinkRequest<T>) => Promise<ThinkResult<T>>;

type Settings = Partial<PaceLimits> & {
  readonly apiKey: string;
  readonly baseURL: string | undefined;
  readonly callTimeoutMs?: number;
  readonly budgetMs?: number;
  readonly clock?: ModelClock;
  readonly fetch?: typeof fetch;
};

type Parts = {
  readonly client: Anthropic;
  readonly pace: ModelPace;
  readonly circuit: ModelCircuit;
  readonly clock: ModelClock;
  readonly callTimeoutMs: number;
  readonly budgetMs: number;
};

/**
 * One structured answer of the model. Never throws for what the service or the network does: the failure is a value.
 * All thoughts of one `Think` share a pace and a circuit, because they share a key. What may pass is tried again, at
 * most `THINK_MAX_TRIES` times within the budget, then once with the model that stands in; the SDK's own retries are
 * off, because they would not be counted and would obey a `retry-after` of hours.
 */
export const createThink = (settings: Settings): Think => {
  const { apiKey, baseURL, budgetMs = THINK_BUDGET_MS, callTimeoutMs = CALL_TIMEOUT_MS, clock = machineClock } = settings;
  const { inputTokensPerMinute = INPUT_TOKENS_PER_MINUTE, requestsPerMinute = REQUESTS_PER_MINUTE } = settings;
  const client = new Anthropic({
    apiKey,
    baseURL: baseURL ?? null,
    maxRetries: 0,
    timeout: callTimeoutMs,
    logLevel: "off",
    ...(settings.fetch === undefined ? {} : { fetch: settings.fetch }),
  });
  const pace = createModelPace({ requestsPerMinute, inputTokensPerMinute }, clock);
  const parts: Parts = { client, pace, circuit: createModelCircuit(clock), clock, callTimeoutMs, budgetMs };
  return (request) => thinkWith(parts, request);
};

/** One way of asking. Another model, more room or a continuation makes another one. */
type Attempt = Call & { readonly failedTries: number; readonly isFallback: boolean };

const thinkWith = async <T>(parts: Parts, request: ThinkRequest<T>): Promise<ThinkResult<T>> => {
  const { clock } = parts;
  const startedMs = clock.nowMs();
  const wholeMs = request.isLong === true ? LONG_THINK_BUDGET_MS : parts.budgetMs;
  const budgetMs = Math.max(0, Math.min(wholeMs, request.budgetMs ?? wholeMs));
  const reserveMs = fallbackOf(request) === null ? 0 : Math.min(FALLBACK_RESERVE_MS, budgetMs / 3);
  const leftMs = (): number => budgetMs - (clock.nowMs() - startedMs);
  let attempt = firstAttempt(request);
  let turn: Turn = { ...EMPTY_TURN, model: attempt.model };
  for (;;) {
    const tried = await tryOnce(parts, request, { attempt, leftMs: leftMs(), reserveMs: attempt.isFallback ? 0 : reserveMs });
    turn = turnWith(tried, { sofar: turn, model: attempt.model, latencyMs: Math.round(clock.nowMs() - startedMs) });
    const next = request.signal?.aborted === true ? null : nextAttempt(tried, { attempt, request, leftMs: leftMs(), reserveMs });
    if (next === null) {
      return resultOf(tried.reading, turn);
    }
    if (next.waitMs > 0) {
      await sleepOn(clock, next.waitMs, request.signal);
    }
    ({ attempt } = next);
  }
};

const firstAttempt = (request: Pick<ThinkRequest<unknown>, "model" | "isLong">): Attempt => ({
  model: request.model,
  maxTokens: roomOf(request),
  continued: [],
  failedTries: 0,
  isFallback: false,
});

const roomOf = ({ isLong }: Pick<ThinkRequest<unknown>, "isLong">): number =>
  isLong === true ? LONG_OUTPUT_MAX_TOKENS : OUTPUT_MAX_TOKENS;

const fallbackOf = ({ fallbackModel, model }: Pick<ThinkRequest<unknown>, "fallbackModel" | "model">): string | null =>
  fallbackModel === undefined || fallbackModel === model ? null : fallbackModel;

const resultOf = <T>(reading: Reading<T>, turn: Turn): ThinkResult<T> => {
  switch (reading.kind) {
    case "out_of_room":
      return { kind: "failed", failure: { kind: "truncated", detail: "max_tokens" }, turn };
    case "paused":
      return { kind: "failed", failure: { kind: "malformed", detail: "paused again" }, turn };
    default:
      return { ...reading, turn };
  }
};

type Tried<T> = {
  readonly reading: Reading<T>;
  /** Null where nothing came back that could be billed. */
  readonly answer: Message | null;
  readonly externalRequestId: string | null;
  readonly wasCalled: boolean;
};

type TryInput = { readonly attempt: Attempt; readonly leftMs: number; readonly reserveMs: number };

/** One call in its turn, or the reason why none was made. */
const tryOnce = async <T>(parts: Parts, request: ThinkRequest<T>, { attempt, leftMs, reserveMs }: TryInput): Promise<Tried<T>> => {
  const { circuit, clock, pace } = parts;
  const held = circuit.heldBy();
  if (held !== null) {
    return notCalled(held);
  }
  const params = paramsOf(request, attempt);
  const estimated = estimatedTokens(params);
  const askedMs = clock.nowMs();
  const longestMs = Math.max(0, leftMs - TRY_MIN_MS);
  const place = await pace.take({ tokens: estimated, fairKey: request.fairKey ?? "", longestMs, signal: request.signal });
  if (place.kind === "too_long") {
    return notCalled({ kind: "rate_limited", retryAfterSeconds: Math.ceil(place.waitMs / 1_000) });
  }
  if (place.kind === "sent_away") {
    return notCalled(request.signal?.aborted === true ? GIVEN_UP : (circuit.heldBy() ?? GIVEN_UP));
  }
  const timeLeftMs = leftMs - (clock.nowMs() - askedMs) - reserveMs;
  const callTimeoutMs = request.isLong === true ? LONG_CALL_TIMEOUT_MS : parts.callTimeoutMs;
  const timeout = AbortSignal.timeout(Math.ceil(Math.min(callTimeoutMs, Math.max(timeLeftMs, TRY_MIN_MS))));
  const signal = request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]);
  try {
    const answer = await parts.client.messages.create(params, { signal, timeout: callTimeoutMs });
    pace.settle({ estimated, counted: inputTokensOf(answer) ?? estimated });
    circuit.close();
    const reading = readAnswer(answer, { request, continued: attempt.continued });
    return { reading, answer, externalRequestId: requestIdOf(answer), wasCalled: true };
  } catch (error) {
    const failure = request.signal?.aborted === true ? GIVEN_UP : failureOf(error, timeout.aborted);
    learnFrom({ pace, circuit }, { error, failure, estimated });
    const externalRequestId = error instanceof Anthropic.APIError ? (error.requestID ?? null) : null;
    return { reading: { kind: "failed", failure }, answer: null, externalRequestId, wasCalled: true };
  }
};

/** What a refused call tells all others of the key. */
const learnFrom = (
  { circuit, pace }: Pick<Parts, "circuit" | "pace">,
  { error, estimated, failure }: { readonly error: unknown; readonly failure: ModelFailure; readonly estimated: number },
): void => {
  if (!(error instanceof Anthropic.APIError) || error.status === undefined) {
    // Whether the service counted it is not known.
    return;
  }
  pace.settle({ estimated, counted: 0 });
  if (isOfTheKey(error)) {
    circuit.open(failure);
    pace.sendAway();
    return;
  }
  circuit.close();
  if (failure.kind === "rate_limited" && failure.retryAfterSeconds !== null) {
    pace.holdFor(failure.retryAfterSeconds * 1_000);
  }
};

type NextInput<T> = TryInput & { readonly request: ThinkRequest<T> };

/** How to go on after this try; null where nothing better can be expected. */
const nextAttempt = <T>(
  { reading, wasCalled }: Tried<T>,
  { attempt, leftMs, request, reserveMs }: NextInput<T>,
): { readonly attempt: Attempt; readonly waitMs: number } | null => {
  if (!wasCalled || leftMs < TRY_MIN_MS) {
    return null;
  }
  if (reading.kind === "paused") {
    return attempt.continued.length === 0 ? { attempt: { ...attempt, continued: reading.content }, waitMs: 0 } : null;
  }
  if (reading.kind === "out_of_room") {
    const room = roomOf(request);
    return attempt.maxTokens === room ? { attempt: { ...attempt, maxTokens: 2 * room }, waitMs: 0 } : null;
  }
  if (reading.kind !== "failed") {
    return null;
  }
  const failedTries = attempt.failedTries + 1;
  const again = { ...attempt, failedTries };
  const isLast = attempt.isFallback || failedTries >= THINK_MAX_TRIES;
  switch (reading.failure.kind) {
    case "rate_limited":
      // The pace keeps the wait that the service named.
      return isLast || reading.failure.retryAfterSeconds === null ? null : { attempt: again, waitMs: 0 };
    case "overloaded":
    case "timeout":
    case "unavailable": {
      const waitMs = FIRST_WAIT_MS * 2 ** (failedTries - 1);
      if (!isLast && leftMs - reserveMs >= waitMs + TRY_MIN_MS) {
        return { attempt: again, waitMs };
      }
      const model = attempt.isFallback ? null : fallbackOf(request);
      return model === null ? null : { attempt: { ...firstAttempt({ ...request, model }), isFallback: true }, waitMs: 0 };
    }
    default:
      return null;
  }
};

const notCalled = (failure: ModelFailure): Tried<never> => ({
  reading: { kind: "failed", failure },
  answer: null,
  externalRequestId: null,
  wasCalled: false,
});

const GIVEN_UP: ModelFailure = { kind: "timeout", detail: "given up by the caller" };
