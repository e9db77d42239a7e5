/** Square names no limits and keeps them to itself (staff on its forum, 2025); 429 was seen at about six calls a second. */
export const REQUESTS_PER_SECOND = 4;
export const BURST = 8;
/** Chosen by us: an invoice takes five calls one after the other. */
export const CALL_TIMEOUT_MS = 15_000;
/** Chosen by us: the longest answer we ask for is an order with its payments. */
export const ANSWER_MAX_BYTES = 2 * 1024 * 1024;
/** Chosen by us: longer than `CALL_TIMEOUT_MS`, so that our own time-out, which also covers the body, comes first. */
export const SDK_TIMEOUT_SECONDS = 30;
/** Chosen by us: Square sends a few kilobytes. */
export const WEBHOOK_MAX_BYTES = 256 * 1024;
/** Square, 2026: a new customer is usually found within 30 seconds, sometimes after more than a minute. */
export const SEARCH_LAG_SECONDS = 90;
/** Square, 2026 (the SDK's own comments): longest name of a line and of a link, title of an invoice, reference of an order. */
export const NAME_MAX_CHARACTERS = 255;
export const REFERENCE_MAX_CHARACTERS = 40;
/** Chosen by us: an order of ours has one payment, or two where somebody paid twice. */
export const PAYMENTS_PER_ORDER = 20;
/** Chosen by us: customers that share one reference are duplicates; the oldest counts. */
export const CUSTOMERS_PER_SEARCH = 10n;
