import type { z } from "zod";

import { ConnectorError, HttpFailure } from "../errors.ts";
import { retryAfterSeconds } from "../_shared/retry-after.ts";
import type { ConnectorContext, HttpResponse, JsonValue } from "../ports.ts";
import { ANSWER_MAX_BYTES, PAGE_SIZE, READ_TIMEOUT_MS, SEND_TIMEOUT_MS } from "./limits.ts";
import { ConversationPage, ErrorAnswer, MessageAnswer, MessagePage } from "./schemas.ts";

/** The vendor's own address; `settings.baseUrl` replaces it. */
const BASE_URL = "https://api.openphone.com";

/** Names the vendor's error codes that people can do something about (quo.com, 2026-10). */
const KNOWN_REFUSALS: Readonly<Record<string, string>> = {
  "0206400": "OpenPhone has not approved this number for texting yet (carrier registration)",
  "0202403": "the OpenPhone key may not use this phone number",
  "0200404": "OpenPhone does not know this phone number",
};

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;
type Answer<T> = { readonly value: T; readonly vendorClockAt: Date | null };

/** The v1 calls the connector needs. Each is one request: nothing is tried twice in here. */
export const createClient = (context: ConnectorContext, apiKey: string) => {
  const request = async (call: { method: "GET" | "POST"; path: string; query?: Query; body?: JsonValue }): Promise<HttpResponse> => {
    const isSend = call.method === "POST";
    try {
      return await context.http({
        method: call.method,
        url: addressOf(context, call),
        headers: { authorization: apiKey, accept: "application/json", ...(isSend ? { "content-type": "application/json" } : {}) },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        timeoutMs: isSend ? SEND_TIMEOUT_MS : READ_TIMEOUT_MS,
        maxBytes: ANSWER_MAX_BYTES,
        signal: context.signal,
      });
    } catch (error) {
      throw failureWithoutAnswer(error, isSend);
    }
  };

  const read = async <T>(path: string, query: Query, schema: z.ZodType<T>): Promise<Answer<T>> => {
    const response = await request({ method: "GET", path, query });
    throwUnlessOk(response, false);
    const parsed = schema.safeParse(parseJson(response.text));
    if (!parsed.success) {
      throw new ConnectorError("malformed", "OpenPhone answered in an unknown shape", { cause: parsed.error });
    }
    return { value: parsed.data, vendorClockAt: instantOf(response.headers.get("date")) };
  };

  return {
    sendMessage: async (body: { content: string; from: string; to: readonly [string]; userId?: string }) => {
      const response = await request({ method: "POST", path: "/v1/messages", body });
      throwUnlessOk(response, true);
      const parsed = MessageAnswer.safeParse(parseJson(response.text));
      if (!parsed.success) {
        // It was accepted: only its id is missing, and the read-back finds that.
        throw new ConnectorError("outcome_unknown", "OpenPhone confirmed the text in an unknown shape", { cause: parsed.error });
      }
      return parsed.data.data;
    },
    listMessages: (input: { phoneNumberId: string; participants: readonly string[]; createdAfter: Date; pageToken: string | null }) =>
      read(
        "/v1/messages",
        {
          phoneNumberId: input.phoneNumberId,
          participants: input.participants,
          createdAfter: input.createdAfter.toISOString(),
          maxResults: `${PAGE_SIZE}`,
          pageToken: input.pageToken ?? undefined,
        },
        MessagePage,
      ),
    listConversations: (input: { phoneNumberId: string; updatedAfter: Date; pageToken: string | null }) =>
      read(
        "/v1/conversations",
        {
          phoneNumbers: [input.phoneNumberId],
          updatedAfter: input.updatedAfter.toISOString(),
          maxResults: `${PAGE_SIZE}`,
          pageToken: input.pageToken ?? undefined,
        },
        ConversationPage,
      ),
  };
};

export type OpenPhoneClient = ReturnType<typeof createClient>;

const addressOf = (context: ConnectorContext, call: { path: string; query?: Query }): string => {
  const url = new URL(call.path, context.settings.baseUrl ?? BASE_URL);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    for (const item of typeof value === "string" ? [value] : (value ?? [])) {
      url.searchParams.append(name, item);
    }
  }
  return url.toString();
};

const failureWithoutAnswer = (error: unknown, isSend: boolean): ConnectorError => {
  if (!(error instanceof HttpFailure) || (error.kind !== "not_sent" && isSend)) {
    return isSend
      ? new ConnectorError("outcome_unknown", "OpenPhone did not confirm the text", { cause: error })
      : new ConnectorError("unavailable", "OpenPhone cannot be reached", { cause: error });
  }
  return error.kind === "too_large"
    ? new ConnectorError("malformed", "OpenPhone answered with far too much", { cause: error })
    : new ConnectorError("unavailable", "OpenPhone cannot be reached", { cause: error });
};

const throwUnlessOk = (response: HttpResponse, isSend: boolean): void => {
  const { status } = response;
  if (status >= 200 && status < 300) {
    return;
  }
  const parsed = ErrorAnswer.safeParse(parseJson(response.text));
  const code = parsed.success ? (parsed.data.code ?? undefined) : undefined;
  const said = parsed.success ? (parsed.data.message ?? parsed.data.title ?? undefined) : undefined;
  const cause = new Error(`HTTP ${status}${said === undefined ? "" : `: ${said}`}`);
  if (status === 401) {
    throw new ConnectorError("unauthorized", "OpenPhone no longer accepts the key of this club", { code, cause });
  }
  if (status === 402) {
    throw new ConnectorError("rejected", "the OpenPhone account has run out of credits", { code, cause });
  }
  if (status === 429) {
    throw new ConnectorError("throttled", "OpenPhone asks to slow down", {
      code,
      cause,
      retryAfterSeconds: retryAfterSeconds(response.headers),
    });
  }
  if (status >= 400 && status < 500 && status !== 408) {
    throw new ConnectorError("rejected", KNOWN_REFUSALS[code ?? ""] ?? "OpenPhone refused the request", { code, cause });
  }
  if (isSend) {
    throw new ConnectorError("outcome_unknown", "OpenPhone did not confirm the text", { code, cause });
  }
  throw status >= 500 || status === 408
    ? new ConnectorError("unavailable", "OpenPhone has trouble at the moment", {
        code,
        cause,
        retryAfterSeconds: retryAfterSeconds(response.headers),
      })
    : new ConnectorError("malformed", "OpenPhone answered in an unknown way", { code, cause });
};

/** `undefined` for anything that is not JSON; each schema refuses that. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const instantOf = (header: string | null): Date | null => {
  const ms = header === null ? Number.NaN : Date.parse(header);
  return Number.isNaN(ms) ? null : new Date(ms);
};
