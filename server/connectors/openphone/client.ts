import type { z } from "zod";

import { failureWithoutAnswer, parseJson } from "../_shared/failure.ts";
import { retryAfterSeconds } from "../_shared/retry-after.ts";
import { ConnectorError, type Rejection } from "../errors.ts";
import type { ConnectorContext, HttpResponse, JsonValue } from "../ports.ts";
import { ANSWER_MAX_BYTES, PAGE_SIZE, READ_TIMEOUT_MS, SEND_TIMEOUT_MS } from "./limits.ts";
import { ContactAnswer, ContactPage, ConversationPage, ErrorAnswer, MessageAnswer, MessagePage, NumberPage } from "./schemas.ts";

/** The vendor's own address; `settings.baseUrl` replaces it. */
const BASE_URL = "https://api.openphone.com";

/** Names the vendor's error codes that people can do something about (quo.com, 2026-10). */
const KNOWN_REFUSALS: Readonly<Record<string, { readonly reason: Rejection; readonly words: string }>> = {
  "0206400": { reason: "not_allowed", words: "OpenPhone has not approved this number for texting yet (carrier registration)" },
  "0202403": { reason: "not_allowed", words: "the OpenPhone key may not use this phone number" },
  "0200404": { reason: "not_found", words: "OpenPhone does not know what was asked for" },
};

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;
type Call = { readonly method: "GET" | "POST" | "PATCH"; readonly path: string; readonly query?: Query; readonly body?: JsonValue };
type Answer<T> = { readonly value: T; readonly vendorClockAt: Date | null };

/** The v1 calls the connector needs. Each is one request: nothing is tried twice in here. */
export const createClient = (context: ConnectorContext, apiKey: string) => {
  const request = async (call: Call): Promise<HttpResponse> => {
    const isAct = call.method !== "GET";
    try {
      return await context.http({
        method: call.method,
        url: addressOf(context, call),
        headers: { authorization: apiKey, accept: "application/json", ...(isAct ? { "content-type": "application/json" } : {}) },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        timeoutMs: isAct ? SEND_TIMEOUT_MS : READ_TIMEOUT_MS,
        maxBytes: ANSWER_MAX_BYTES,
        signal: context.signal,
      });
    } catch (error) {
      throw failureWithoutAnswer(error, { vendor: "OpenPhone", isAct });
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

  const act = async <T>(call: Call, schema: z.ZodType<T>): Promise<T> => {
    const response = await request(call);
    throwUnlessOk(response, true);
    const parsed = schema.safeParse(parseJson(response.text));
    if (!parsed.success) {
      // It was accepted: only its id is missing, and looking again finds that.
      throw new ConnectorError("outcome_unknown", "OpenPhone confirmed in an unknown shape", { cause: parsed.error });
    }
    return parsed.data;
  };

  return {
    sendMessage: async (body: { content: string; from: string; to: readonly [string]; userId?: string }) =>
      (await act({ method: "POST", path: "/v1/messages", body }, MessageAnswer)).data,
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
    listNumbers: async () => (await read("/v1/phone-numbers", {}, NumberPage)).value.data,
    /** By the id we gave it; `null` where the workspace has none. */
    findContact: async (externalId: string) => {
      const { value } = await read("/v1/contacts", { externalIds: [externalId], maxResults: "10" }, ContactPage);
      return value.data.find((contact) => contact.externalId === externalId) ?? null;
    },
    createContact: async (body: ContactBody & { externalId: string; source: string }) =>
      (await act({ method: "POST", path: "/v1/contacts", body }, ContactAnswer)).data,
    changeContact: async (id: string, body: ContactBody) =>
      (await act({ method: "PATCH", path: `/v1/contacts/${encodeURIComponent(id)}`, body }, ContactAnswer)).data,
  };
};

type ContactBody = { readonly defaultFields: { readonly [name: string]: JsonValue } };

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

const throwUnlessOk = (response: HttpResponse, isAct: boolean): void => {
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
    throw new ConnectorError("rejected", "the OpenPhone account has run out of credits", { reason: "not_allowed", code, cause });
  }
  if (status === 429) {
    throw new ConnectorError("throttled", "OpenPhone asks to slow down", {
      code,
      cause,
      retryAfterSeconds: retryAfterSeconds(response.headers),
    });
  }
  if (status >= 400 && status < 500 && status !== 408) {
    const refusal = KNOWN_REFUSALS[code ?? ""];
    throw new ConnectorError("rejected", refusal?.words ?? "OpenPhone refused the request", {
      reason: refusal?.reason ?? "other",
      code,
      cause,
    });
  }
  if (isAct) {
    throw new ConnectorError("outcome_unknown", "OpenPhone did not confirm", { code, cause });
  }
  throw status >= 500 || status === 408
    ? new ConnectorError("unavailable", "OpenPhone has trouble at the moment", {
        code,
        cause,
        retryAfterSeconds: retryAfterSeconds(response.headers),
      })
    : new ConnectorError("malformed", "OpenPhone answered in an unknown way", { code, cause });
};

const instantOf = (header: string | null): Date | null => {
  const ms = header === null ? Number.NaN : Date.parse(header);
  return Number.isNaN(ms) ? null : new Date(ms);
};
