import { z } from "zod";

/** Longest address a mail server has to accept (RFC 5321, 4.5.3.1.3, less the angle brackets). */
const MAX_LENGTH = 254;

/**
 * The one form under which an address is stored, compared and counted: trimmed, lower case, plain ASCII with a single
 * "@"; null when it is no such address. Look-alike letters and the full-width or small "@" are refused, not folded:
 * two different mailboxes must never meet in one user.
 */
export const normalizeEmail = (raw: string): string | null => {
  const trimmed = raw.trim();
  if (trimmed.length > MAX_LENGTH || !PRINTABLE_ASCII.test(trimmed)) {
    return null;
  }
  return z.email().safeParse(trimmed.toLowerCase()).data ?? null;
};

const PRINTABLE_ASCII = /^[!-~]+$/;

/** An address as people type it; comes out normalised. */
export const EmailAddress = z
  .string()
  .max(MAX_LENGTH * 2)
  .transform((raw, context) => {
    const email = normalizeEmail(raw);
    if (email === null) {
      context.addIssue({ code: "custom", message: "this does not look like an e-mail address" });
      return z.NEVER;
    }
    return email;
  });
