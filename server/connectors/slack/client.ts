import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
  type Logger,
  LogLevel,
} from "@slack/web-api";

import { failureWithoutAnswer } from "../_shared/failure.ts";
import { retryAfterSeconds } from "../_shared/retry-after.ts";
import { ConnectorError, type ConnectorFailure, type Rejection } from "../errors.ts";
import type { ConnectorContext } from "../ports.ts";
import { ANSWER_MAX_BYTES, POST_TIMEOUT_MS } from "./limits.ts";
import type { SlackAccount } from "./schemas.ts";

const BASE_URL = "https://slack.com";

/** The vendor's SDK on our network: one request a call, never again by itself. */
export const createClient = (context: ConnectorContext, { botToken }: SlackAccount): WebClient =>
  new WebClient(botToken, {
    slackApiUrl: `${(context.settings.baseUrl ?? BASE_URL).replace(/\/$/, "")}/api/`,
    fetch: fetchOf(context),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: SILENT,
  });

/**
 * The SDK's `fetch` over `context.http`, for its limits of time and size and its knowledge of what was never sent. What
 * the SDK would misread ends here: it takes a page for people as the name of an error, and a 429 without a time as a crash.
 */
const fetchOf =
  (context: ConnectorContext): typeof fetch =>
  async (target, init) => {
    const { status, headers, text } = await context.http({
      method: "POST",
      url: target instanceof Request ? target.url : String(target),
      headers: Object.fromEntries(new Headers(init?.headers)),
      ...(typeof init?.body === "string" ? { body: init.body } : {}),
      timeoutMs: POST_TIMEOUT_MS,
      maxBytes: ANSWER_MAX_BYTES,
      signal: context.signal,
    });
    if (status === 429) {
      throw new ConnectorError("throttled", "Slack asks for patience", {
        retryAfterSeconds: retryAfterSeconds(headers),
        code: "ratelimited",
      });
    }
    if (status === 200 && !(headers.get("content-type") ?? "").startsWith("application/json")) {
      throw new ConnectorError("malformed", "Slack shows a page for people in place of an answer", { code: "page" });
    }
    return new Response(text === "" ? null : text, { status, headers });
  };

type Meaning = { readonly kind: ConnectorFailure; readonly message: string; readonly reason?: Rejection };

const UNAUTHORIZED: Meaning = { kind: "unauthorized", message: "Slack does not accept the bot token any more" };
const BROKEN: Meaning = { kind: "outcome_unknown", message: "Slack answered with an error of its own" };
const THROTTLED: Meaning = { kind: "throttled", message: "Slack asks for patience" };

const rejected = (message: string, reason: Rejection): Meaning => ({ kind: "rejected", message, reason });

/** What the vendor's words mean (documentation and SDK, 2026-11). Any other word is a refusal without a reason of ours. */
export const MEANINGS: Readonly<Record<string, Meaning>> = {
  not_authed: UNAUTHORIZED,
  invalid_auth: UNAUTHORIZED,
  account_inactive: UNAUTHORIZED,
  token_revoked: UNAUTHORIZED,
  token_expired: UNAUTHORIZED,
  missing_scope: rejected("the Slack app lacks the right chat:write", "not_allowed"),
  restricted_action: rejected("the workspace does not let the app post there", "not_allowed"),
  not_in_channel: rejected("the Slack app is not in the channel: invite it", "not_allowed"),
  channel_not_found: rejected("Slack does not know the channel", "not_found"),
  is_archived: rejected("the Slack channel is archived", "not_found"),
  message_not_found: rejected("the notice is no longer in Slack", "not_found"),
  cant_update_message: rejected("Slack does not let the app change this notice", "not_allowed"),
  msg_too_long: rejected("the notice is too long for Slack", "other"),
  invalid_blocks: rejected("Slack does not take the shape of the notice", "other"),
  ratelimited: THROTTLED,
  rate_limited: THROTTLED,
  // Something may have been done before it broke.
  internal_error: BROKEN,
  fatal_error: BROKEN,
  service_unavailable: BROKEN,
  request_timeout: BROKEN,
};

/** What a failed call of the SDK means. `isAct`: a call that must not be repeated when nobody knows what came of it. */
export const failureOf = (error: unknown, { isAct }: { readonly isAct: boolean }): ConnectorError => {
  const ours = error instanceof WebAPIRequestError ? error.original : error;
  if (ours instanceof ConnectorError) {
    return isAct && ours.kind === "malformed" ? unknown(ours.message, ours) : ours;
  }
  if (ours instanceof WebAPIRateLimitedError) {
    return new ConnectorError("throttled", THROTTLED.message, { retryAfterSeconds: ours.retryAfter, code: "ratelimited", cause: ours });
  }
  if (ours instanceof WebAPIHTTPError) {
    const code = String(ours.statusCode);
    return isAct ? unknown(BROKEN.message, ours) : new ConnectorError("unavailable", BROKEN.message, { code, cause: ours });
  }
  if (ours instanceof WebAPIPlatformError) {
    return meaningOf(ours, isAct);
  }
  return failureWithoutAnswer(ours, { vendor: "Slack", isAct });
};

const meaningOf = (error: WebAPIPlatformError, isAct: boolean): ConnectorError => {
  // The SDK's types promise both; an answer in another shape has neither.
  const { ok, error: code }: { readonly ok?: unknown; readonly error?: unknown } = error.data;
  if (ok !== false || typeof code !== "string" || !/^[a-z][a-z0-9_]{0,60}$/.test(code)) {
    const message = "Slack answered in an unknown shape";
    return isAct ? unknown(message, error) : new ConnectorError("malformed", message, { cause: error });
  }
  const { kind, message, reason } = MEANINGS[code] ?? rejected(`Slack refused the call (${code})`, "other");
  if (kind === "outcome_unknown" && !isAct) {
    return new ConnectorError("unavailable", message, { code, cause: error });
  }
  return new ConnectorError(kind, message, { code, cause: error, ...(reason === undefined ? {} : { reason }) });
};

const unknown = (message: string, cause: unknown): ConnectorError => new ConnectorError("outcome_unknown", message, { cause });

/** The SDK writes to the console otherwise; what matters of a failure is in the error. */
const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};
