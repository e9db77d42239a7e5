import type { FileRules } from "#server/domain/file-kinds.ts";

/** Chosen by us: how far a new connection reads back, as with texts. */
export const FIRST_POLL_HOURS = 24;
/** Chosen by us: after the server has numbered its mail afresh, what came this long before the newest known mail is read again. */
export const RESYNC_DAYS = 3;
/** IMAP's SINCE compares dates in the server's zone (RFC 3501, 6.4.4): one day more is asked for and cut off again. */
export const DATE_SLACK_MS = 26 * 3_600_000;
/** Chosen by us: two deliveries at once may show up in the wrong order; so many numbers behind the newest are looked at again. */
export const OVERLAP_UIDS = 64;
/** Chosen by us: a mail with a few pictures of a phone stands within this; of what lies behind no file is kept. Less than a page may weigh. */
export const MAIL_MAX_BYTES = 12 * 1024 * 1024;
/** Chosen by us: what one poll fetches of one folder at most; the rest follows in the next page. */
export const PAGE_MAX_BYTES = 16 * 1024 * 1024;
/** Chosen by us: attachments of one mail that are kept and named in the inbox. */
export const ATTACHMENTS_MAX_COUNT = 10;
/** Chosen by us: a longer HTML is kept by nobody; its text is. */
export const HTML_MAX_CHARACTERS = 200_000;

/**
 * Chosen by us: five files of 7 MB together are 9.6 MB in base64, which stays below the 10 MB that the smallest of the common servers
 * take (a guess; Gmail takes 25 MB). What could run where it is opened is none of the kinds.
 */
export const SENT_FILES: FileRules = { maxCount: 5, maxBytes: 7_000_000, kinds: ["jpeg", "png", "gif", "webp", "pdf", "text"] };

/** Chosen by us: an answer of a mail server to one command. */
export const ANSWER_TIMEOUT_MS = 10_000;
/** Chosen by us: all of one visit to the mailbox; a poll's lease is 40 seconds. */
export const VISIT_TIMEOUT_MS = 25_000;
/** Chosen by us: one mail from the first byte to the server's word; the dispatch waits for it. */
export const SEND_TIMEOUT_MS = 20_000;
/** Chosen by us: filing a copy must not hold up what has been sent already. */
export const COPY_TIMEOUT_MS = 8_000;

/** The ports of mail submission and mailboxes (RFC 8314, RFC 6409) and the usual second one for submission. */
export const SMTP_PORTS: readonly number[] = [465, 587, 2_525];
export const IMAP_PORTS: readonly number[] = [993, 143];
/** Those of them where TLS comes before the first word (RFC 8314); on the others STARTTLS is demanded. */
export const TLS_FIRST_PORTS: readonly number[] = [465, 993];

/** Chosen by us: servers name no wait. Long enough for a limit per minute. */
export const THROTTLED_PAUSE_SECONDS = 60;
/** Chosen by us: greylisting lets through what comes again after some minutes (RFC 6647 recommends between 1 minute and 24 hours). */
export const GREYLIST_PAUSE_SECONDS = 120;
/** Guess: a daily quota is asked about again each hour. */
export const QUOTA_PAUSE_SECONDS = 3_600;

/**
 * Enhanced status codes (RFC 3463) that speak of an address nobody reads: 5.1.x bad address, 5.2.1 mailbox disabled,
 * 5.4.1 and 5.4.4 no such host or recipient, 5.0.0 unspecified. Not 5.2.2 (full), not 5.7.x (our own standing).
 */
export const ADDRESS_IS_GONE = /^5\.(?:0\.0|1\.\d{1,3}|2\.1|4\.[14])$/;
/** Guess, from the words of large providers (2026-11): a reply that means "too much", whatever its code. */
export const SOUNDS_THROTTLED = /\b(?:too many|too fast|rate limit\w*|throttl\w*|slow down|sending limit|quota exceeded|limit exceeded)\b/i;
/** Guess: a refusal at RCPT without an enhanced code that speaks of us or of policy, not of the address. */
export const SOUNDS_LIKE_POLICY = /\b(?:relay\w*|policy|spam|block\w*|black ?list\w*|reputation|denied|not permitted|authenticat\w*)\b/i;

/** Stands instead of a subject where nobody gave one. */
export const SUBJECT_OF_REPLY = "Re: your message";
