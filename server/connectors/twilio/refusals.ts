import { parseJson } from "../_shared/failure.ts";
import { retryAfterSeconds } from "../_shared/retry-after.ts";
import { ConnectorError, type Rejection } from "../errors.ts";
import type { HttpResponse } from "../ports.ts";
import { ErrorBody } from "./schemas.ts";

type Refusal = { readonly reason: Rejection; readonly words: string };

/** The vendor's codes we act on, or that people can do something about (twilio.com/docs/api/errors, 2026-11). */
const REFUSALS: Readonly<Record<number, Refusal>> = {
  21610: { reason: "opted_out", words: "this person has told Twilio that they want no texts from this number" },
  21211: { reason: "invalid_address", words: "Twilio says that this is not a phone number" },
  21614: { reason: "invalid_address", words: "this number cannot receive texts" },
  21408: { reason: "not_allowed", words: "the Twilio account may not text this region" },
  21606: { reason: "not_allowed", words: "the Twilio number cannot send texts" },
  21608: { reason: "not_allowed", words: "a Twilio trial account may text verified numbers only" },
  30034: { reason: "not_allowed", words: "the Twilio number is not registered for business texts (A2P 10DLC)" },
  20404: { reason: "not_found", words: "Twilio does not know what was asked for" },
};

/** Nothing happened, and the same call may succeed later. */
const TOO_MANY_CALLS = 20_429;
const QUEUE_FULL = 21_611;
const BAD_CREDENTIALS = 20_003;

/** @throws the one kind that says what an answer other than 2xx means */
export const throwUnlessOk = (response: HttpResponse, isAct: boolean): void => {
  const { status } = response;
  if (status >= 200 && status < 300) {
    return;
  }
  const parsed = ErrorBody.safeParse(parseJson(response.text));
  const number = parsed.success ? (parsed.data.code ?? null) : null;
  const said = parsed.success ? (parsed.data.message ?? null) : null;
  const code = number === null ? undefined : `${number}`;
  const cause = new Error(`HTTP ${status}${said === null ? "" : `: ${said}`}`);
  if (status === 401 || number === BAD_CREDENTIALS) {
    throw new ConnectorError("unauthorized", "Twilio no longer accepts the auth token of this club", { code, cause });
  }
  if (status === 429 || number === TOO_MANY_CALLS || number === QUEUE_FULL) {
    throw new ConnectorError("throttled", "Twilio asks to slow down", {
      code,
      cause,
      retryAfterSeconds: retryAfterSeconds(response.headers),
    });
  }
  if (status >= 400 && status < 500 && status !== 408) {
    const refusal = number === null ? undefined : REFUSALS[number];
    throw new ConnectorError("rejected", refusal?.words ?? "Twilio refused the request", {
      code,
      cause,
      reason: refusal?.reason ?? "other",
    });
  }
  throw withoutVerdict({ response, isAct, code, cause });
};

type Verdict = { readonly response: HttpResponse; readonly isAct: boolean; readonly code: string | undefined; readonly cause: Error };

/** An error of the vendor, or of something in front of it, says nothing of whether an act happened. */
const withoutVerdict = ({ response, isAct, code, cause }: Verdict): ConnectorError => {
  if (isAct) {
    return new ConnectorError("outcome_unknown", "Twilio did not confirm the text", { code, cause });
  }
  return response.status >= 500 || response.status === 408
    ? new ConnectorError("unavailable", "Twilio has trouble at the moment", {
        code,
        cause,
        retryAfterSeconds: retryAfterSeconds(response.headers),
      })
    : new ConnectorError("malformed", "Twilio answered in an unknown way", { code, cause });
};
