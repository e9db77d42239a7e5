import { parseJson } from "../_shared/failure.ts";
import { retryAfterSeconds } from "../_shared/retry-after.ts";
import { ConnectorError, type ConnectorFailure, type Rejection } from "../errors.ts";
import type { HttpResponse } from "../ports.ts";
import { Envelope } from "./schemas.ts";

type Meaning = { readonly kind: ConnectorFailure; readonly words: string; readonly reason?: Rejection };

const NOT_AUTHORISED: Meaning = { kind: "unauthorized", words: "UniFi Access no longer accepts the token of this connection" };
const NOT_FOUND: Meaning = { kind: "rejected", words: "UniFi Access does not know this door or person", reason: "not_found" };
const NOT_ALLOWED: Meaning = { kind: "rejected", words: "the UniFi Access token lacks the permission for this", reason: "not_allowed" };
const NOT_SUPPORTED: Meaning = { kind: "rejected", words: "this UniFi Access controller cannot do that", reason: "not_allowed" };
const DEVICE_OFFLINE: Meaning = { kind: "unavailable", words: "the door's device is offline" };
const REFUSED: Meaning = { kind: "rejected", words: "UniFi Access refused the request" };

/** Codes of the vendor's reference 4.0.10. Which HTTP status goes with which is not documented, so the code decides. */
const CODES: Readonly<Record<string, Meaning>> = {
  CODE_AUTH_FAILED: NOT_AUTHORISED,
  CODE_ACCESS_TOKEN_INVALID: NOT_AUTHORISED,
  CODE_UNAUTHORIZED: NOT_AUTHORISED,
  CODE_OPERATION_FORBIDDEN: NOT_ALLOWED,
  CODE_RESOURCE_NOT_FOUND: NOT_FOUND,
  CODE_NOT_EXISTS: NOT_FOUND,
  CODE_USER_ACCOUNT_NOT_EXIST: NOT_FOUND,
  CODE_USER_WORKER_NOT_EXISTS: NOT_FOUND,
  CODE_DEVICE_DEVICE_NOT_FOUND: NOT_FOUND,
  CODE_DEVICE_DEVICE_OFFLINE: DEVICE_OFFLINE,
  CODE_DEVICE_DEVICE_BUSY: { kind: "unavailable", words: "the door's device is busy" },
  CODE_DEVICE_API_NOT_SUPPORTED: NOT_SUPPORTED,
  CODE_OTHERS_UID_ADOPTED_NOT_SUPPORTED: NOT_SUPPORTED,
  CODE_PARAMS_INVALID: REFUSED,
};

/** Families of codes that all say that nothing was done. */
const REFUSING_FAMILIES = ["CODE_USER_", "CODE_ACCESS_POLICY_", "CODE_CREDS_"];

/**
 * The envelope of an answer that succeeded by its status and by its code.
 * @throws what the answer means otherwise; an act whose answer is not understood is `outcome_unknown`
 */
export const succeeded = (response: HttpResponse, isAct: boolean): Envelope => {
  const parsed = Envelope.safeParse(parseJson(response.text));
  const code = parsed.success ? parsed.data.code : undefined;
  if (parsed.success && code === "SUCCESS" && isOk(response.status)) {
    return parsed.data;
  }
  const { kind, words, reason } = meaningOf({ status: response.status, code, isAct });
  throw new ConnectorError(kind, words, {
    code,
    ...(reason === undefined ? {} : { reason }),
    ...(kind === "throttled" || kind === "unavailable" ? { retryAfterSeconds: retryAfterSeconds(response.headers) } : {}),
    cause: new Error(`HTTP ${response.status}${code === undefined ? "" : ` ${code}`}`),
  });
};

const isOk = (status: number): boolean => status >= 200 && status < 300;

type Answer = { readonly status: number; readonly code: string | undefined; readonly isAct: boolean };

const meaningOf = ({ status, code = "", isAct }: Answer): Meaning => {
  if (status === 429) {
    return { kind: "throttled", words: "UniFi Access asks to slow down" };
  }
  const known = CODES[code] ?? (REFUSING_FAMILIES.some((family) => code.startsWith(family)) ? REFUSED : undefined);
  if (known !== undefined) {
    return known;
  }
  return MEANING_OF_STATUS[status] ?? (isAct ? UNKNOWN : misread(status));
};

const UNKNOWN: Meaning = { kind: "outcome_unknown", words: "UniFi Access did not confirm" };

/** Only statuses that say by themselves that nothing was done; the vendor's 402 ("valid but failed") is not one of them. */
const MEANING_OF_STATUS: Readonly<Record<number, Meaning>> = {
  400: REFUSED,
  401: NOT_AUTHORISED,
  403: NOT_ALLOWED,
  404: NOT_FOUND,
};

const misread = (status: number): Meaning =>
  status >= 500
    ? { kind: "unavailable", words: "UniFi Access has trouble at the moment" }
    : { kind: "malformed", words: "UniFi Access answered in an unknown shape" };
