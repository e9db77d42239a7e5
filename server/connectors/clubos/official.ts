import type { z } from "zod";

import { failureWithoutAnswer, parseJson } from "../_shared/failure.ts";
import { retryAfterSeconds } from "../_shared/retry-after.ts";
import { ConnectorError } from "../errors.ts";
import type { Rejection } from "../errors.ts";
import type { ConnectorContext, HttpRequest, HttpResponse } from "../ports.ts";
import { ANSWER_MAX_BYTES, API_TIMEOUT_MS } from "./limits.ts";

/** Calls of the official surfaces, which answer with honest status codes: the API in both versions and the calendar. */

export type OfficialCall = {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether it changes something: without an understood answer its outcome is then unknown. */
  readonly isAct: boolean;
  /** Statuses that mean the credentials are not good. */
  readonly unauthorized: readonly number[];
};

/** The text of a good answer; every other ends in the error it means. The address itself is in none of them. */
export const callOfficial = async (context: ConnectorContext, call: OfficialCall): Promise<string> => {
  const request: HttpRequest = {
    method: call.method,
    url: call.url,
    headers: call.headers,
    ...(call.body === undefined ? {} : { body: call.body }),
    timeoutMs: API_TIMEOUT_MS,
    maxBytes: ANSWER_MAX_BYTES,
    signal: context.signal,
  };
  let response: HttpResponse;
  try {
    response = await context.http(request);
  } catch (error) {
    throw failureWithoutAnswer(error, { vendor: "ClubOS", isAct: call.isAct });
  }
  if (response.status >= 200 && response.status < 300) {
    return response.text;
  }
  throw refusalOf(response, call);
};

const REASON_OF: Readonly<Record<number, Rejection>> = { 404: "not_found", 409: "taken" };

const refusalOf = (response: HttpResponse, { isAct, unauthorized }: OfficialCall): ConnectorError => {
  const { status } = response;
  const code = String(status);
  const retryAfter = retryAfterSeconds(response.headers);
  if (status === 429) {
    return new ConnectorError("throttled", "ClubOS asks for patience", { code, retryAfterSeconds: retryAfter });
  }
  if (unauthorized.includes(status)) {
    return new ConnectorError("unauthorized", "ClubOS does not accept the stored key", { code });
  }
  if (status >= 400 && status < 500 && status !== 408) {
    return new ConnectorError("rejected", "ClubOS refused the call", { code, reason: REASON_OF[status] ?? "other" });
  }
  return isAct
    ? new ConnectorError("outcome_unknown", "ClubOS did not say whether it happened", { code })
    : new ConnectorError("unavailable", "ClubOS answered with an error", { code, retryAfterSeconds: retryAfter });
};

export const understood = <T>(text: string, { schema, isAct }: { readonly schema: z.ZodType<T>; readonly isAct: boolean }): T => {
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) {
    return parsed.data;
  }
  throw new ConnectorError(isAct ? "outcome_unknown" : "malformed", "ClubOS answered in an unknown shape", { cause: parsed.error });
};
