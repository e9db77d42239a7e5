import { createHash } from "node:crypto";

import type { z } from "zod";

import { failureWithoutAnswer, parseJson } from "../_shared/failure.ts";
import { retryAfterSeconds } from "../_shared/retry-after.ts";
import { ConnectorError } from "../errors.ts";
import type { ConnectorContext, HttpResponse } from "../ports.ts";
import {
  ANSWER_MAX_BYTES,
  LOGIN_MAX_COUNT,
  LOGIN_WINDOW_MS,
  READ_TIMEOUT_MS,
  REFUSED_CLIENT_PAUSE_MS,
  SCOPES,
  TOKEN_USE_RATIO,
} from "./limits.ts";
import { ErrorAnswer, SessionState, TokenAnswer } from "./schemas.ts";
import type { NinjaOneAccount } from "./schemas.ts";

const REFUSED = "NinjaOne refused the client id or secret";
export const WRONG_REGION = "NinjaOne does not know this client id in this region: check the region and the client id";

/** Public clients, 2026-11: the answer, with status 404, to a client id that lives in another region. */
export const isWrongRegion = ({ resultCode }: z.output<typeof ErrorAnswer>): boolean => /client app not exist/i.test(resultCode ?? "");

type Input = { readonly account: NinjaOneAccount; readonly baseUrl: string };

/** Tokens of the client-credentials grant: one renewal at a time, in good time before the end, and not without measure. */
export const createTokens = (context: ConnectorContext, { account, baseUrl }: Input) => {
  const accountHash = createHash("sha256")
    .update(JSON.stringify([baseUrl, account.clientId, account.clientSecret]))
    .digest("hex");
  const state = (): SessionState => {
    const stored = SessionState.safeParse(context.session.get()).data;
    return stored?.accountHash === accountHash
      ? stored
      : { accountHash, accessToken: null, renewAtMs: 0, loginAttemptsMs: [], refusedAtMs: null };
  };
  const change = (part: Partial<SessionState>): SessionState => {
    const next = { ...state(), ...part };
    context.session.set(next);
    return next;
  };

  const signIn = async (): Promise<SessionState> => {
    assertMaySignIn(state(), context.now());
    const askedAtMs = context.now().getTime();
    change({ accessToken: null, loginAttemptsMs: [...state().loginAttemptsMs, askedAtMs].slice(-LOGIN_MAX_COUNT) });
    const response = await askForToken(context, { account, baseUrl });
    const refusal = refusalOf(response);
    if (refusal !== null) {
      change({ refusedAtMs: refusal.kind === "unauthorized" ? askedAtMs : null });
      throw refusal;
    }
    const parsed = TokenAnswer.safeParse(parseJson(response.text));
    if (!parsed.success) {
      throw new ConnectorError("malformed", "NinjaOne gave a token in an unknown shape", { cause: parsed.error });
    }
    const { access_token: accessToken, expires_in: seconds } = parsed.data;
    return change({ accessToken, renewAtMs: askedAtMs + seconds * 1_000 * TOKEN_USE_RATIO, refusedAtMs: null });
  };
  const renew = async (): Promise<string> => SessionState.parse(await context.session.renew(signIn)).accessToken ?? "";

  return {
    fresh: async (): Promise<string> => {
      const { accessToken, renewAtMs } = state();
      return accessToken !== null && renewAtMs > context.now().getTime() ? accessToken : renew();
    },
    /** Another token than one that was refused. Calls run side by side: whoever comes second finds it renewed already. */
    after: async (refused: string): Promise<string> => {
      const { accessToken } = state();
      return accessToken !== null && accessToken !== refused ? accessToken : renew();
    },
    forget: (refused: string): void => {
      if (state().accessToken === refused) {
        change({ accessToken: null });
      }
    },
  };
};

const askForToken = (context: ConnectorContext, { account, baseUrl }: Input): Promise<HttpResponse> =>
  context
    .http({
      method: "POST",
      url: `${baseUrl}/ws/oauth/token`,
      headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: account.clientId,
        client_secret: account.clientSecret,
        scope: SCOPES,
      }).toString(),
      timeoutMs: READ_TIMEOUT_MS,
      maxBytes: ANSWER_MAX_BYTES,
      signal: context.signal,
    })
    .catch((error: unknown) => {
      throw failureWithoutAnswer(error, { vendor: "NinjaOne", isAct: false });
    });

const refusalOf = (response: HttpResponse): ConnectorError | null => {
  const { status, headers, text } = response;
  if (status === 200) {
    return text.trimStart().startsWith("<")
      ? new ConnectorError("unavailable", "NinjaOne shows a page for people in place of a token", { code: "page" })
      : null;
  }
  const answer = ErrorAnswer.safeParse(parseJson(text)).data ?? {};
  const code = answer.resultCode ?? answer.error ?? String(status);
  if (status === 429) {
    return new ConnectorError("throttled", "NinjaOne asks for patience", { retryAfterSeconds: retryAfterSeconds(headers), code });
  }
  if (isWrongRegion(answer)) {
    return new ConnectorError("unauthorized", WRONG_REGION, { code });
  }
  return status === 400 || status === 401 || status === 403
    ? new ConnectorError("unauthorized", REFUSED, { code })
    : new ConnectorError("unavailable", "NinjaOne gave no token", { code, retryAfterSeconds: retryAfterSeconds(headers) });
};

const assertMaySignIn = ({ refusedAtMs, loginAttemptsMs }: SessionState, now: Date): void => {
  if (refusedAtMs !== null && now.getTime() - refusedAtMs < REFUSED_CLIENT_PAUSE_MS) {
    throw new ConnectorError("unauthorized", REFUSED);
  }
  const oldestMs = loginAttemptsMs.length < LOGIN_MAX_COUNT ? Number.NEGATIVE_INFINITY : (loginAttemptsMs[0] ?? 0);
  const waitMs = LOGIN_WINDOW_MS - (now.getTime() - oldestMs);
  if (waitMs > 0) {
    throw new ConnectorError("unavailable", "NinjaOne was asked for a token too often", {
      retryAfterSeconds: Math.ceil(waitMs / 1_000),
      code: "login_pause",
    });
  }
};
