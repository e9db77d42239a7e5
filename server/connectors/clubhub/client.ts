import { createHash } from "node:crypto";
import { z } from "zod";

import { parseJson } from "../_shared/failure.ts";
import { retryAfterSeconds } from "../_shared/retry-after.ts";
import { ConnectorError, HttpFailure } from "../errors.ts";
import type { ConnectorContext, HttpRequest, HttpResponse } from "../ports.ts";
import {
  ANSWER_MAX_BYTES,
  LOGIN_GAP_MS,
  LOGIN_MAX_COUNT,
  LOGIN_WINDOW_MS,
  READ_TIMEOUT_MS,
  REFUSED_PASSWORD_PAUSE_MS,
  TOKEN_MARGIN_MS,
  VISITS_PER_MEMBER,
} from "./limits.ts";
import {
  Agreement,
  BanAnswer,
  BanState,
  LoginAnswer,
  MemberPage,
  MemberRow,
  NoteAnswer,
  SessionState,
  TokenClaims,
  UsagePage,
} from "./schemas.ts";
import type { ClubHubAccount } from "./schemas.ts";

const BASE_URL = "https://clubhub-ios-api.anytimefitness.com";
/** A guess at what the vendor's own app says of itself: the shape is known, the numbers are not. */
const APP = "ClubHub/2.15 (iPhone; iOS 18.5)";

export type ClubHubClient = ReturnType<typeof createClient>;

type ListPage = { readonly list: "members" | "prospects"; readonly page: number; readonly pageSize: number };

/** The calls the connector needs, each signed in, and signed in again once when the token has ended. */
export const createClient = (context: ConnectorContext, account: ClubHubAccount) => {
  const baseUrl = (context.settings.baseUrl ?? BASE_URL).replace(/\/$/, "");
  const accountHash = createHash("sha256")
    .update(JSON.stringify([baseUrl, account.username, account.password]))
    .digest("hex");

  const state = (): SessionState => {
    const stored = SessionState.safeParse(context.session.get()).data;
    return stored?.accountHash === accountHash
      ? stored
      : { accountHash, accessToken: null, expiresAtMs: null, loginAttemptsMs: [], refusedAtMs: null };
  };
  const change = (part: Partial<SessionState>): SessionState => {
    const next = { ...state(), ...part };
    context.session.set(next);
    return next;
  };

  const request = (
    call: Pick<HttpRequest, "method" | "body"> & { readonly path: string; readonly token: string | null },
  ): Promise<HttpResponse> =>
    answered(
      context.http({
        method: call.method,
        url: `${baseUrl}${call.path}`,
        headers: {
          accept: "application/json",
          "api-version": "1",
          "user-agent": APP,
          ...(call.token === null ? {} : { authorization: `Bearer ${call.token}` }),
          ...(call.body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(call.body === undefined ? {} : { body: call.body }),
        timeoutMs: READ_TIMEOUT_MS,
        maxBytes: ANSWER_MAX_BYTES,
        signal: context.signal,
      }),
    );

  const signIn = async (): Promise<SessionState> => {
    assertMaySignIn(state(), context.now());
    change({ accessToken: null, loginAttemptsMs: [...state().loginAttemptsMs, context.now().getTime()].slice(-LOGIN_MAX_COUNT) });
    const body = JSON.stringify({ username: account.username, password: account.password });
    const response = await request({ method: "POST", path: "/api/login", body, token: null });
    if (response.status === 401) {
      change({ refusedAtMs: context.now().getTime() });
      throw new ConnectorError("unauthorized", "ClubHub refused the user name or password");
    }
    const { accessToken } = readJson(response, LoginAnswer);
    return change({ accessToken, expiresAtMs: expiryOf(accessToken), refusedAtMs: null });
  };
  const freshToken = async (): Promise<string | null> => {
    const { accessToken, expiresAtMs } = state();
    const isUsable = accessToken !== null && (expiresAtMs === null || expiresAtMs - TOKEN_MARGIN_MS > context.now().getTime());
    return isUsable ? accessToken : SessionState.parse(await context.session.renew(signIn)).accessToken;
  };

  /** A 401 comes before anything happens, so the call is made again once under a new token. */
  const signedIn = async (call: Pick<HttpRequest, "method" | "body"> & { readonly path: string }): Promise<HttpResponse> => {
    const token = await freshToken();
    const response = await request({ ...call, token });
    if (response.status !== 401) {
      return response;
    }
    // Calls run in pairs: whoever comes second finds the token already renewed.
    if (state().accessToken === token) {
      await context.session.renew(signIn);
    }
    const again = await request({ ...call, token: state().accessToken });
    if (again.status === 401) {
      throw new ConnectorError("unauthorized", "ClubHub does not accept its own token");
    }
    return again;
  };
  const read = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => readJson(await signedIn({ method: "GET", path }), schema);
  const bansPath = (memberId: string): string => `/api/clubs/${account.clubId}/members/${encodeURIComponent(memberId)}/bans`;

  return {
    listPage: ({ list, page, pageSize }: ListPage) =>
      read(`/api/clubs/${account.clubId}/${list}?page=${page}&pageSize=${pageSize}`, MemberPage),
    getAgreement: (memberId: string) => read(`/api/members/${encodeURIComponent(memberId)}/agreement`, Agreement),
    listUsages: (memberId: string) =>
      read(`/api/members/${encodeURIComponent(memberId)}/usages?page=1&pageSize=${VISITS_PER_MEMBER}`, UsagePage),
    getMember: (memberId: string) => read(`/api/members/${encodeURIComponent(memberId)}?includeLastActivity=false`, MemberRow),
    /** The club's own path of the bans answers 405 to a read; the member's does not. */
    isBanned: (memberId: string) => read(`/api/members/${encodeURIComponent(memberId)}/bans`, BanState),
    ban: async (memberId: string, note: string): Promise<void> => {
      const body = JSON.stringify({ member: { id: Number(memberId) }, note });
      readJson(await signedIn({ method: "PUT", path: bansPath(memberId), body }), BanAnswer);
    },
    /** The answer may be empty. */
    liftBan: async (memberId: string): Promise<void> => {
      const response = await signedIn({ method: "DELETE", path: bansPath(memberId) });
      if (response.status !== 200 || response.text.trim() !== "") {
        readJson(response, z.looseObject({}));
      }
    },
    /** One call: the vendor takes no key, so a note without an answer may stand there twice when it is written again. */
    addNote: async (memberId: string, note: string): Promise<string | null> => {
      const body = JSON.stringify({ member: { id: Number(memberId) }, note });
      return (await writeNote(() => signedIn({ method: "POST", path: `/api/clubs/${account.clubId}/notes`, body }))).id ?? null;
    },
  };
};

/** Sign-ins, reads and the setting of a state may all be repeated, so no answer means: try again. */
const answered = async (answer: Promise<HttpResponse>): Promise<HttpResponse> => {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof HttpFailure) {
      const kind = error.kind === "too_large" ? "malformed" : "unavailable";
      throw new ConnectorError(kind, `ClubHub gave no answer: ${error.message}`, { code: error.kind, cause: error });
    }
    throw error;
  }
};

/** A note is there or not: whatever is neither a refusal nor an understood answer leaves that open. */
const writeNote = async (call: () => Promise<HttpResponse>): Promise<z.output<typeof NoteAnswer>> => {
  try {
    return readJson(await call(), NoteAnswer);
  } catch (error) {
    const isOpen = error instanceof ConnectorError && (error.kind === "malformed" || OPEN_CODES.test(error.code ?? ""));
    throw isOpen ? new ConnectorError("outcome_unknown", "ClubHub did not say whether the note was written", { cause: error }) : error;
  }
};

/** Errors after which the vendor may have acted; `not_sent` and a pause before the sign-in are none. */
const OPEN_CODES = /^(timed_out|aborted|broken|too_large|bot_wall|server_error|5\d\d)$/;

const readJson = <T>(response: HttpResponse, schema: z.ZodType<T>): T => {
  if (response.status === 429) {
    throw new ConnectorError("throttled", "ClubHub asks for patience", {
      retryAfterSeconds: retryAfterSeconds(response.headers),
      code: "429",
    });
  }
  if (response.text.trimStart().startsWith("<")) {
    // The bot wall in front of the vendor answers with a page for people, with 200 as well as with 403.
    throw new ConnectorError("unavailable", "ClubHub shows a page for people in place of data", { code: "bot_wall" });
  }
  if (response.status >= 500) {
    throw new ConnectorError("unavailable", "ClubHub answered with an error", {
      code: String(response.status),
      retryAfterSeconds: retryAfterSeconds(response.headers),
    });
  }
  if (response.status >= 400) {
    const reason = response.status === 404 ? "not_found" : "other";
    throw new ConnectorError("rejected", "ClubHub refused the call", { code: String(response.status), reason });
  }
  const parsed = schema.safeParse(parseJson(response.text));
  if (parsed.success) {
    return parsed.data;
  }
  if (isServerError(parseJson(response.text))) {
    throw new ConnectorError("unavailable", "ClubHub answered with an error", { code: "server_error" });
  }
  throw new ConnectorError("malformed", "ClubHub answered in an unknown shape", { cause: parsed.error });
};

/** The same vendor's other surface says so with status 200. */
const isServerError = (answer: unknown): boolean =>
  typeof answer === "object" && answer !== null && "message" in answer && answer.message === "Server Error";

const assertMaySignIn = (state: SessionState, now: Date): void => {
  if (state.refusedAtMs !== null && now.getTime() - state.refusedAtMs < REFUSED_PASSWORD_PAUSE_MS) {
    throw new ConnectorError("unauthorized", "ClubHub refused the user name or password");
  }
  const sinceLastMs = now.getTime() - (state.loginAttemptsMs.at(-1) ?? Number.NEGATIVE_INFINITY);
  const oldestMs = state.loginAttemptsMs.length < LOGIN_MAX_COUNT ? Number.NEGATIVE_INFINITY : (state.loginAttemptsMs[0] ?? 0);
  const waitMs = Math.max(LOGIN_GAP_MS - sinceLastMs, LOGIN_WINDOW_MS - (now.getTime() - oldestMs));
  if (waitMs > 0) {
    throw new ConnectorError("unavailable", "ClubHub has been signed in to too often", {
      retryAfterSeconds: Math.ceil(waitMs / 1_000),
      code: "login_pause",
    });
  }
};

const expiryOf = (token: string): number | null => {
  const claims = TokenClaims.safeParse(parseJson(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")));
  return claims.success ? claims.data.exp * 1_000 : null;
};
