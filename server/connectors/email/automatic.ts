type Headers = {
  /** First value of a header, by its name in lower case; `undefined` = it is not there. */
  readonly first: (name: string) => string | undefined;
  /** The sender's address in lower case, where there is one. */
  readonly from: string | null;
};

/**
 * Whether a machine or a mailing list wrote this: answering it would start two machines talking (RFC 3834, and the
 * headers that older programs use instead).
 */
export const isAutomatic = ({ first, from }: Headers): boolean => {
  const submitted = first("auto-submitted")?.trim().toLowerCase();
  if (submitted !== undefined && !/^no\b/.test(submitted)) {
    return true;
  }
  return (
    /^\s*(?:bulk|junk|list|auto_reply)\b/i.test(first("precedence") ?? "") ||
    SIGNS.some((name) => first(name) !== undefined) ||
    /^\s*<\s*>/.test(first("return-path") ?? "") ||
    /^\s*multipart\/report\b/i.test(first("content-type") ?? "") ||
    (from !== null && MACHINES.test(from))
  );
};

const SIGNS: readonly string[] = ["list-id", "list-unsubscribe", "x-autoreply", "x-autorespond", "x-auto-reply", "feedback-id"];

const MACHINES = /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|noreply[+.-][^@]*|bounces?(?:[+.-][^@]*)?)@/;
