/** A row takes no more, and so nothing larger is kept; the table checks the same number. */
export const KEPT_MAX_BYTES = 10 * 1024 * 1024;
/** Chosen by us: the most that any channel takes today, and below what Next hands on of a body (10 MB); a longer upload is cut off while it comes. */
export const UPLOAD_MAX_BYTES = 7_000_000;
/**
 * Chosen by us: what a club keeps within 24 hours, sent and received, some hundred pictures of phones. What arrives above it is named and
 * stays with the vendor, what staff add above it is refused.
 */
export const CLUB_DAY_MAX_BYTES = 500_000_000;
/** Chosen by us: files that one person has added and not sent. */
export const UNSENT_MAX_COUNT = 30;
/** Chosen by us: a file that was added and not sent goes after a day, longer than any reply is left lying in a composer. */
export const UNSENT_KEPT_HOURS = 24;
