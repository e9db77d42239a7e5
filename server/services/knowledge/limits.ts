/** Chosen by us: more than any club has written, and what one answer of the server may carry. */
export const ARTICLES_MAX_COUNT = 500;
/** So many published articles are read for one answer; those of the club first. */
export const KNOWN_MAX_COUNT = 200;
/** The customer's rule: who was told something wrong is listed for a week. */
export const TOLD_DAYS = 7;
/** More answers out of one article in a week than this are shown as the newest ones. */
export const TOLD_MAX_COUNT = 200;
/** Open questions that are compared with a new one, and listed. */
export const GAPS_MAX_COUNT = 200;
/** Longer than any question of a text message. */
export const QUESTION_MAX_CHARACTERS = 500;
/** Chosen by us: a page or a file with more sections is no collection of answers. */
export const IMPORT_MAX_ARTICLES = 60;
/** Chosen by us: the largest help page seen has 0.4 MB. */
export const PAGE_MAX_BYTES = 2 * 1024 * 1024;
export const PAGE_TIMEOUT_MS = 10_000;
export const PAGE_MAX_REDIRECTS = 3;
/** Chosen by us: a printed handbook of 200 pages. */
export const FILE_MAX_BYTES = 5 * 1024 * 1024;
/** The same in base64, compressed at worst not at all. */
export const UPLOAD_MAX_CHARS = Math.ceil(FILE_MAX_BYTES / 3) * 4 + 1_024;
/** A Word document is a zip: one that says it unpacks to more than this is not unpacked. */
export const UNPACKED_MAX_BYTES = 50 * 1024 * 1024;
