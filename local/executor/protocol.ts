import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import canonicalize from "canonicalize";
import { parseRetryAfterMs } from "./durations.ts";
import type { Json, RunState } from "./run-state.ts";
import { USE_API_ABOVE_BYTES } from "./limits.ts";

export type Op = { op: string; id: string; name: string; displayName: string; opts: Record<string, Json>; data: Json; error: Json };
export type Answer =
  | { kind: "finished"; output: Json }
  | { kind: "ops"; ops: Op[]; isFinal: boolean; retryAfterMs: number | null }
  | { kind: "threw"; error: Json; isFinal: boolean; retryAfterMs: number | null };
export type CallRequest = { state: RunState; attempt: number; maxAttempts: number; isPlanOnly: boolean };

const KEY_PREFIX = /^signkey-\w+-/;

/** A signing key is `signkey-<environment>-<hex>`; the hex part signs, and its hash is the bearer token of the API. */
export const isSigningKey = (key: string): boolean => /^(signkey-\w+-)?([0-9a-f]{2})+$/i.test(key);

export const hashSigningKey = (key: string): string => {
  const prefix = KEY_PREFIX.exec(key)?.[0] ?? "";
  return (
    prefix +
    createHash("sha256")
      .update(Buffer.from(key.replace(KEY_PREFIX, ""), "hex"))
      .digest("hex")
  );
};

export const sign = (canonicalBody: string, { key, atMs }: { key: string; atMs: number }): string => {
  const seconds = Math.floor(atMs / 1_000).toString();
  const digest = createHmac("sha256", key.replace(KEY_PREFIX, ""))
    .update(canonicalBody + seconds)
    .digest("hex");
  return `t=${seconds}&s=${digest}`;
};

export const isEqualSecret = (given: string, expected: string): boolean =>
  timingSafeEqual(createHash("sha256").update(given).digest(), createHash("sha256").update(expected).digest());

/**
 * The body of one call, already in the canonical form that is signed. `fn_id` is left out on purpose: with it the SDK
 * would switch to checkpointing for apps that did not turn it off.
 */
export const buildCallBody = (request: CallRequest): string => {
  const whole = toCanonical(callBody(request, { isByApi: false }));
  return whole.length <= USE_API_ABOVE_BYTES ? whole : toCanonical(callBody(request, { isByApi: true }));
};

const callBody = ({ state, attempt, maxAttempts, isPlanOnly }: CallRequest, { isByApi }: { isByApi: boolean }) => ({
  version: 2,
  event: state.event,
  events: isByApi ? [] : [state.event],
  steps: isByApi ? {} : stepsOf(state),
  ctx: {
    run_id: state.id,
    attempt,
    max_attempts: maxAttempts,
    disable_immediate_execution: isPlanOnly,
    use_api: isByApi,
    stack: { stack: state.results.map((result) => result.stepId), current: state.results.length },
  },
});

export const stepsOf = (state: Pick<RunState, "results">) =>
  Object.fromEntries(state.results.map((result) => [result.stepId, result.outcome]));

/** RFC 8785 forbids lone surrogates and the library throws; PostgreSQL would replace them too. */
const toCanonical = (body: unknown): string => {
  try {
    return canonicalize(body) ?? "null";
  } catch {
    return canonicalize(wellFormed(body)) ?? "null";
  }
};

const wellFormed = (value: unknown): unknown => {
  if (typeof value === "string") {
    return value.toWellFormed();
  }
  if (Array.isArray(value)) {
    return value.map(wellFormed);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toWellFormed(), wellFormed(inner)]));
  }
  return value;
};

type HttpAnswer = { status: number; header: (name: string) => string | null; body: string; nowMs: number };

/**
 * What the SDK's endpoint said (inngest 4.24, run against on 2026-11-21); `null` when it was not the SDK that answered:
 * the app is starting, the signing keys differ, or a proxy spoke for it.
 */
export const readAnswer = ({ status, header, body, nowMs }: HttpAnswer): Answer | null => {
  if (header("x-inngest-sdk") === null) {
    return null;
  }
  const parsed = parseJson(body);
  const retryAfterMs = parseRetryAfterMs(header("retry-after"), nowMs);
  const isFinal = header("x-inngest-no-retry") === "true";
  if (status === 200) {
    return { kind: "finished", output: parsed ?? null };
  }
  if (status === 206) {
    const ops = (Array.isArray(parsed) ? parsed : [parsed ?? null]).map(readOp);
    return { kind: "ops", ops, isFinal, retryAfterMs };
  }
  return { kind: "threw", error: toError(parsed ?? body), isFinal: isFinal || status === 400, retryAfterMs };
};

const readOp = (value: Json): Op => {
  const fields = isRecord(value) ? value : {};
  const text = (field: Json | undefined): string => (typeof field === "string" ? field : "");
  return {
    op: text(fields["op"]),
    id: text(fields["id"]),
    name: text(fields["name"]),
    displayName: text(fields["displayName"]),
    opts: isRecord(fields["opts"]) ? fields["opts"] : {},
    data: fields["data"] ?? null,
    error: fields["error"] ?? null,
  };
};

/** An error in the shape the SDK reads back; whatever else the app said becomes its message. */
export const toError = (value: Json): Json => {
  if (isRecord(value) && typeof value["message"] === "string") {
    return value;
  }
  if (isRecord(value) && typeof value["error"] === "string") {
    return { name: "Error", message: value["error"] };
  }
  const message = typeof value === "string" ? value : JSON.stringify(value);
  return { name: "Error", message: message.slice(0, 1_000) };
};

export const isRecord = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const parseJson = (text: string): Json | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
