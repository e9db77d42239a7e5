import { createHash } from "node:crypto";
import { CookieJar } from "tough-cookie";

import { retryAfterSeconds } from "../_shared/retry-after.ts";
import { ConnectorError, HttpFailure } from "../errors.ts";
import type { ConnectorContext, HttpResponse } from "../ports.ts";
import { ANSWER_MAX_BYTES, LOGIN_GAP_MS, LOGIN_MAX_COUNT, LOGIN_WINDOW_MS, READ_TIMEOUT_MS, REFUSED_PASSWORD_PAUSE_MS } from "./limits.ts";
import { parseTokens } from "./parse.ts";
import { SessionState } from "./schemas.ts";
import type { ClubOsAccount } from "./schemas.ts";

const BASE_URL = "https://anytime.club-os.com";
/** The site serves people in browsers; this is what one says of itself. */
const BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36";

/** Thrown inside this folder only: `inSession` signs in again and repeats the unit, or says what is wrong. */
export class SessionExpired extends Error {}

export type SiteRequest = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly form?: Readonly<Record<string, string>>;
  /** Page fragments are asked for by script; whole pages are not, and the sign-in fails when it claims to be. */
  readonly isFragment: boolean;
  readonly referer?: string;
  readonly timeoutMs?: number;
  /** The routes that answer JSON want the token of the cookie as a bearer beside the cookie. */
  readonly isApi?: boolean;
};

/** One signed-in browser: cookies, one sign-in for many callers, one unit of work at a time. */
export const createSession = (context: ConnectorContext, account: ClubOsAccount) => {
  const baseUrl = (context.settings.baseUrl ?? BASE_URL).replace(/\/$/, "");
  const accountHash = createHash("sha256")
    .update(JSON.stringify([baseUrl, account.username, account.password]))
    .digest("hex");

  const state = (): SessionState => {
    const stored = SessionState.safeParse(context.session.get()).data;
    return stored?.accountHash === accountHash ? stored : { accountHash, jar: null, loginAttemptsMs: [], refusedAtMs: null, names: {} };
  };
  const change = (part: Partial<SessionState>): SessionState => {
    const next = { ...state(), ...part };
    context.session.set(next);
    return next;
  };

  const request = async (call: SiteRequest): Promise<HttpResponse> => {
    const url = `${baseUrl}${call.path}`;
    const jar = openJar(state().jar);
    const response = await context.http({
      method: call.method,
      url,
      headers: {
        ...headersOf(call, { baseUrl, cookie: jar.getCookieStringSync(url) }),
        ...(call.isApi === true ? { authorization: `Bearer ${cookie("apiV3AccessToken") ?? ""}` } : {}),
      },
      ...(call.form === undefined ? {} : { body: new URLSearchParams(call.form).toString() }),
      redirect: "manual",
      timeoutMs: call.timeoutMs ?? READ_TIMEOUT_MS,
      maxBytes: ANSWER_MAX_BYTES,
      signal: context.signal,
    });
    for (const line of response.headers.getSetCookie()) {
      jar.setCookieSync(line, url, { ignoreError: true });
    }
    change({ jar: JSON.stringify(jar.serializeSync()) });
    return response;
  };
  const cookie = (name: string): string | null =>
    openJar(state().jar)
      .getCookiesSync(baseUrl)
      .find(({ key }) => key === name)?.value ?? null;

  const signIn = async (): Promise<SessionState> => {
    assertMaySignIn(state(), context.now());
    change({ jar: null, loginAttemptsMs: [...state().loginAttemptsMs, context.now().getTime()].slice(-LOGIN_MAX_COUNT) });
    const form = await readable(request({ method: "GET", path: "/action/Login/view", isFragment: false }));
    const answer = await readable(
      request({
        method: "POST",
        path: "/action/Login",
        isFragment: false,
        referer: "/action/Login/view",
        form: { login: "Submit", username: account.username, password: account.password, ...parseTokens(form.text, "form") },
      }),
    );
    if (answer.status >= 300 && answer.status < 400 && cookie("loggedInUserId") !== null) {
      return change({ refusedAtMs: null });
    }
    if (isNotRight(answer)) {
      throw new ConnectorError("unavailable", "ClubOS did not take its own sign-in form");
    }
    change({ jar: null, refusedAtMs: context.now().getTime() });
    throw new ConnectorError("unauthorized", "ClubOS refused the user name or password");
  };

  return {
    request,
    cookie,
    /**
     * Runs one unit of work signed in and alone, since the site keeps in the session as whom it acts. When the session
     * turns out to be over, the unit is repeated once from its start after signing in again.
     */
    inSession: <T>(work: () => Promise<T>): Promise<T> =>
      context.session.exclusive(async () => {
        if (cookie("loggedInUserId") === null) {
          await context.session.renew(signIn);
        }
        try {
          return await work();
        } catch (error) {
          if (!(error instanceof SessionExpired)) {
            throw error;
          }
        }
        await context.session.renew(signIn);
        try {
          return await work();
        } catch (error) {
          throw error instanceof SessionExpired
            ? new ConnectorError("unavailable", "ClubOS ends every session at once", { code: "session", cause: error })
            : error;
        }
      }),
    names: () => state().names,
    rememberNames: (names: SessionState["names"]) => {
      change({ names });
    },
  };
};

/** Waits for an answer that changes nothing at the vendor and sorts out the ways in which there is none. */
export const readable = async (answer: Promise<HttpResponse>): Promise<HttpResponse> => {
  let response: HttpResponse;
  try {
    response = await answer;
  } catch (error) {
    if (error instanceof HttpFailure) {
      const kind = error.kind === "too_large" ? "malformed" : "unavailable";
      throw new ConnectorError(kind, `ClubOS gave no answer: ${error.message}`, { code: error.kind, cause: error });
    }
    throw error;
  }
  if (response.status === 429) {
    throw new ConnectorError("throttled", "ClubOS asks for patience", {
      retryAfterSeconds: retryAfterSeconds(response.headers),
      code: "429",
    });
  }
  if (response.status >= 500) {
    throw new ConnectorError("unavailable", "ClubOS answered with an error", {
      code: String(response.status),
      retryAfterSeconds: retryAfterSeconds(response.headers),
    });
  }
  return response;
};

/** The site answers 200 to an expired session on fragments and redirects pages to the sign-in. */
export const isExpired = (response: HttpResponse): boolean =>
  response.status === 401 ||
  response.status === 403 ||
  response.text.trim() === "Session Expired" ||
  (response.status >= 300 && response.status < 400 && (response.headers.get("location") ?? "").includes("/action/Login"));

export const isNotRight = (response: HttpResponse): boolean =>
  response.text.length < 1_000 && response.text.includes("Something isn't right");

const assertMaySignIn = (state: SessionState, now: Date): void => {
  if (state.refusedAtMs !== null && now.getTime() - state.refusedAtMs < REFUSED_PASSWORD_PAUSE_MS) {
    throw new ConnectorError("unauthorized", "ClubOS refused the user name or password");
  }
  const sinceLastMs = now.getTime() - (state.loginAttemptsMs.at(-1) ?? Number.NEGATIVE_INFINITY);
  const oldestMs = state.loginAttemptsMs.length < LOGIN_MAX_COUNT ? Number.NEGATIVE_INFINITY : (state.loginAttemptsMs[0] ?? 0);
  const waitMs = Math.max(LOGIN_GAP_MS - sinceLastMs, LOGIN_WINDOW_MS - (now.getTime() - oldestMs));
  if (waitMs > 0) {
    throw new ConnectorError("unavailable", "ClubOS has been signed in to too often", {
      retryAfterSeconds: Math.ceil(waitMs / 1_000),
      code: "login_pause",
    });
  }
};

const openJar = (stored: string | null): CookieJar =>
  stored === null ? new CookieJar(undefined, { rejectPublicSuffixes: false }) : CookieJar.deserializeSync(stored);

const headersOf = (call: SiteRequest, input: { readonly baseUrl: string; readonly cookie: string }): Record<string, string> => ({
  accept: call.isFragment ? "*/*" : "text/html,application/xhtml+xml",
  "accept-language": "en-US,en;q=0.9",
  "user-agent": BROWSER,
  referer: `${input.baseUrl}${call.referer ?? "/action/Dashboard/view"}`,
  ...(input.cookie === "" ? {} : { cookie: input.cookie }),
  ...(call.isFragment ? { "x-requested-with": "XMLHttpRequest" } : {}),
  ...(call.form === undefined ? {} : { origin: input.baseUrl, "content-type": "application/x-www-form-urlencoded; charset=UTF-8" }),
});
