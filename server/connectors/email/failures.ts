import type { NodemailerError } from "nodemailer/lib/errors";
import type { ImapFlowError } from "imapflow";

import { ConnectorError } from "../errors.ts";
import {
  ADDRESS_IS_GONE,
  GREYLIST_PAUSE_SECONDS,
  QUOTA_PAUSE_SECONDS,
  SOUNDS_LIKE_POLICY,
  SOUNDS_THROTTLED,
  THROTTLED_PAUSE_SECONDS,
} from "./limits.ts";

/** What went wrong while sending, in the words of the SMTP client. */
export type SmtpTrouble = Pick<NodemailerError, "code" | "command" | "response" | "responseCode"> & { readonly message: string };

/**
 * What a failed delivery means. A reply of the server is its word: nothing was accepted. Without one it depends on
 * whether the mail had begun to go out: from then on only the Sent folder can tell.
 */
export const smtpFailure = (trouble: SmtpTrouble, { hasBegun }: { readonly hasBegun: boolean }): ConnectorError => {
  const cause = new Error(trouble.message);
  const reply = trouble.responseCode ?? 0;
  if (trouble.code === "ETLS") {
    return new ConnectorError("unavailable", "the mail server offers no encrypted connection, and nothing is said without one", { cause });
  }
  if (reply >= 400 && reply < 600) {
    return refusal({ reply, isAtRecipient: trouble.command === "RCPT TO", text: trouble.response ?? "", cause });
  }
  if (hasBegun) {
    return new ConnectorError("outcome_unknown", "the mail server did not confirm the mail", { cause });
  }
  if (trouble.code === "EAUTH" && reply === 0 && /credentials/i.test(trouble.message)) {
    return new ConnectorError("unauthorized", "the mail server no longer accepts the password", { cause });
  }
  return trouble.code === "EMESSAGE"
    ? new ConnectorError("rejected", "the mail is larger than the mail server takes", { cause })
    : new ConnectorError("unavailable", "the mail server cannot be reached", { cause });
};

type Reply = { readonly reply: number; readonly isAtRecipient: boolean; readonly text: string; readonly cause: Error };

const refusal = ({ reply, isAtRecipient, text, cause }: Reply): ConnectorError => {
  const enhanced = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(text)?.[0] ?? null;
  const options = { cause, code: enhanced ?? `${reply}` };
  if ([530, 534, 535, 538].includes(reply)) {
    return new ConnectorError("unauthorized", "the mail server no longer accepts the password", options);
  }
  if (reply < 500) {
    return SOUNDS_THROTTLED.test(text)
      ? new ConnectorError("throttled", "the mail server asks to slow down", { ...options, retryAfterSeconds: THROTTLED_PAUSE_SECONDS })
      : new ConnectorError("unavailable", "the mail server asks to come again later", {
          ...options,
          retryAfterSeconds: GREYLIST_PAUSE_SECONDS,
        });
  }
  if (reply === 503) {
    return new ConnectorError("unavailable", "the mail server lost its thread", options);
  }
  if (enhanced === "5.4.5" || (SOUNDS_THROTTLED.test(text) && !ADDRESS_IS_GONE.test(enhanced ?? ""))) {
    return new ConnectorError("throttled", "the mailbox has sent as much as it may for now", {
      ...options,
      retryAfterSeconds: QUOTA_PAUSE_SECONDS,
    });
  }
  if (isGone({ reply, isAtRecipient, enhanced, text })) {
    return new ConnectorError("rejected", "nobody can be reached at this address", { ...options, reason: "invalid_address" });
  }
  return enhanced?.startsWith("5.7.") === true || SOUNDS_LIKE_POLICY.test(text)
    ? new ConnectorError("rejected", "the mail server refuses mail of this mailbox", { ...options, reason: "not_allowed" })
    : new ConnectorError("rejected", "the mail server refused the mail", options);
};

/** A refusal that blames us must not silence a person, so a bare 550 counts only at the recipient and without such words. */
const isGone = ({ reply, isAtRecipient, enhanced, text }: Omit<Reply, "cause"> & { readonly enhanced: string | null }): boolean =>
  enhanced === null ? isAtRecipient && [550, 551, 553].includes(reply) && !SOUNDS_LIKE_POLICY.test(text) : ADDRESS_IS_GONE.test(enhanced);

/** Codes of RFC 5530 after which the same password may work later. */
const LOGIN_LATER = new Set(["UNAVAILABLE", "INUSE", "SERVERBUG"]);
const LOGIN_TOO_OFTEN = new Set(["LIMIT", "OVERQUOTA"]);

/** What a failed visit to the mailbox means. Reading changes nothing, so nothing is ever unknown. */
export const imapFailure = (error: unknown, { throttledForMs }: { readonly throttledForMs: number | null }): ConnectorError => {
  if (error instanceof ConnectorError) {
    return error;
  }
  const { code, responseStatus, serverResponseCode, authenticationFailed, tlsFailed }: Partial<ImapFlowError> =
    error instanceof Error ? error : {};
  const options = { cause: error, code: serverResponseCode ?? code };
  if (throttledForMs !== null) {
    return new ConnectorError("throttled", "the mail server asks to slow down", {
      ...options,
      retryAfterSeconds: Math.ceil(throttledForMs / 1_000),
    });
  }
  if (LOGIN_TOO_OFTEN.has(serverResponseCode ?? "")) {
    return new ConnectorError("throttled", "the mail server asks to slow down", { ...options, retryAfterSeconds: THROTTLED_PAUSE_SECONDS });
  }
  // Only the server's own No is about the password: a connection that broke meanwhile carries the same flag.
  if (authenticationFailed === true && responseStatus === "NO" && !LOGIN_LATER.has(serverResponseCode ?? "")) {
    return new ConnectorError("unauthorized", "the mailbox no longer accepts the password", options);
  }
  if (tlsFailed === true) {
    return new ConnectorError("unavailable", "the mailbox offers no encrypted connection, and nothing is said without one", options);
  }
  return code?.startsWith("Parser") === true || code === "InvalidResponse"
    ? new ConnectorError("malformed", "the mailbox answered in an unknown way", options)
    : new ConnectorError("unavailable", "the mailbox cannot be reached", options);
};
