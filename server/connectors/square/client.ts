import type { SquareClient, SquareError } from "square";
import type { z } from "zod";

import { failureWithoutAnswer } from "../_shared/failure.ts";
import { retryAfterSeconds } from "../_shared/retry-after.ts";
import { ConnectorError, HttpFailure, type Rejection } from "../errors.ts";
import type { ConnectorContext, HttpRequest } from "../ports.ts";
import { ANSWER_MAX_BYTES, CALL_TIMEOUT_MS, SDK_TIMEOUT_SECONDS } from "./limits.ts";
import type { SquareAccount } from "./schemas.ts";

const VENDOR = "Square";

type Call<T> = {
  /** Whether it may have changed something: then no answer means an unknown outcome. */
  readonly isAct: boolean;
  readonly schema: z.ZodType<T>;
  readonly run: (square: SquareClient) => PromiseLike<unknown>;
};

export type SquareCalls = <T>(call: Call<T>) => Promise<T>;

/** One call of the official SDK, never repeated by it, with its answer checked and its failures in our words. */
export const createCalls = (context: ConnectorContext, account: SquareAccount): SquareCalls => {
  let client: SquareClient | null = null;
  return async ({ isAct, schema, run }) => {
    // The SDK takes a second to load and eighty megabytes: only an installation that uses Square pays for it.
    const sdk = await import("square");
    const environment = account.environment === "sandbox" ? sdk.SquareEnvironment.Sandbox : sdk.SquareEnvironment.Production;
    client ??= new sdk.SquareClient({
      token: account.accessToken,
      baseUrl: context.settings.baseUrl ?? environment,
      // By itself the SDK tries POSTs three times.
      maxRetries: 0,
      timeoutInSeconds: SDK_TIMEOUT_SECONDS,
      fetch: fetchThrough(context),
    });
    let answer: unknown;
    try {
      answer = await run(client);
    } catch (error) {
      throw error instanceof sdk.SquareError && error.statusCode !== undefined
        ? failureOfAnswer(error, { status: error.statusCode, isAct })
        : failureWithoutAnswer(reasonOf(error), { vendor: VENDOR, isAct });
    }
    const parsed = schema.safeParse(answer);
    if (!parsed.success) {
      // It was accepted: what came of it is learnt by the same call under the same key.
      throw new ConnectorError(isAct ? "outcome_unknown" : "malformed", "Square answered in an unknown shape", { cause: parsed.error });
    }
    return parsed.data;
  };
};

/**
 * Our own road under the SDK's `fetch`: it limits the whole exchange in time and size, the body included, and says
 * whether a byte was sent, none of which the SDK does.
 */
const fetchThrough =
  (context: ConnectorContext): typeof fetch =>
  async (target, init) => {
    const { text, status, headers } = await context.http({
      method: methodOf(init?.method),
      url: target instanceof Request ? target.url : target.toString(),
      headers: Object.fromEntries(new Headers(init?.headers)),
      ...(typeof init?.body === "string" ? { body: init.body } : {}),
      timeoutMs: CALL_TIMEOUT_MS,
      maxBytes: ANSWER_MAX_BYTES,
      signal: anySignal([init?.signal, context.signal]),
    });
    return new Response(text === "" ? null : text, { status, headers });
  };

const METHODS: readonly HttpRequest["method"][] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

const methodOf = (text = "GET"): HttpRequest["method"] => {
  const method = METHODS.find((one) => one === text.toUpperCase());
  if (method === undefined) {
    throw new HttpFailure("not_sent", `no call of ours uses ${text}`);
  }
  return method;
};

const anySignal = (signals: readonly (AbortSignal | null | undefined)[]): AbortSignal =>
  AbortSignal.any(signals.filter((one) => one != null));

/** The SDK wraps what `fetch` threw; a failure without any of our own in it is one that says nothing: unknown. */
const reasonOf = (error: unknown): unknown => {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (one instanceof ConnectorError || one instanceof HttpFailure) {
      return one;
    }
  }
  return error;
};

/** Codes that people can do something about, and what we make of them (the SDK's list, 46.0.0). */
const REFUSALS: Readonly<Record<string, { readonly reason: Rejection; readonly message: string }>> = {
  INSUFFICIENT_SCOPES: { reason: "not_allowed", message: "the Square token may not do this: it lacks a permission" },
  FORBIDDEN: { reason: "not_allowed", message: "Square does not allow this for the account" },
  INVALID_EMAIL_ADDRESS: { reason: "invalid_address", message: "Square does not take this e-mail address" },
  INVALID_PHONE_NUMBER: { reason: "invalid_address", message: "Square does not take this phone number" },
};

type Answered = { readonly status: number; readonly isAct: boolean };

const failureOfAnswer = (error: SquareError, { status, isAct }: Answered): ConnectorError => {
  const code = error.errors[0]?.code;
  const headers = error.rawResponse?.headers;
  const wait = headers === undefined ? undefined : retryAfterSeconds(new Headers(headers));
  const options = { code, cause: new Error(`HTTP ${status} ${code ?? ""}: ${error.errors[0]?.detail ?? ""}`) };
  if (status === 401) {
    return new ConnectorError("unauthorized", "Square no longer accepts the token of this club", options);
  }
  if (status === 429) {
    return new ConnectorError("throttled", "Square asks to slow down", { ...options, retryAfterSeconds: wait });
  }
  if (status >= 400 && status < 500 && status !== 408) {
    const known = REFUSALS[code ?? ""];
    const reason = known?.reason ?? (status === 404 ? "not_found" : status === 403 ? "not_allowed" : "other");
    const message = known?.message ?? (status === 404 ? "Square does not know it" : "Square refused the request");
    return new ConnectorError("rejected", message, { ...options, reason });
  }
  return isAct
    ? new ConnectorError("outcome_unknown", "Square did not confirm", options)
    : new ConnectorError("unavailable", "Square has trouble at the moment", { ...options, retryAfterSeconds: wait });
};
