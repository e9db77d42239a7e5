/** Vendor, 2026-10: a longer text is refused with 400. */
export const TEXT_MAX_CHARACTERS = 1_600;
/** Vendor, 2026-10: the largest page of messages and of conversations. */
export const PAGE_SIZE = 100;
/** Chosen by us: a text is sent within a second; waiting longer only delays the read-back. */
export const SEND_TIMEOUT_MS = 10_000;
export const READ_TIMEOUT_MS = 15_000;
/** Chosen by us: a full page of long texts with pictures stays far below. */
export const ANSWER_MAX_BYTES = 4 * 1024 * 1024;
/** Chosen by us: little more than a second of the vendor's 10 requests a second, so that a backlog leaves room for answers. */
export const CALLS_PER_POLL = 12;
/** Chosen by us: covers a vendor clock that is 15 minutes off and messages that turn up late. */
export const OVERLAP_MINUTES = 20;
/** Chosen by us: while many texts go out, conversations that changed within this are looked at again for what came in between. */
export const SECOND_LOOK_SECONDS = 90;
/** Chosen by us: how far a new connection reads back. */
export const FIRST_POLL_HOURS = 24;
/** Standard Webhooks and the vendor, 2026-10: an older or newer signature is a replay. */
export const SIGNATURE_TOLERANCE_SECONDS = 300;
/** Chosen by us: the largest webhook body; routes answer 413 beyond it. */
export const WEBHOOK_MAX_BYTES = 256 * 1024;
/** Chosen by us: how far the vendor's clock may differ when its answers do not name its time. */
export const UNKNOWN_SKEW_MS = 15 * 60_000;
/** Chosen by us: the `Date` header counts whole seconds, and the message is made a moment before the answer. */
export const CLOCK_GRAIN_MS = 5_000;
/** Chosen by us: pages of one participant a read-back looks through. */
export const READ_BACK_PAGES = 5;
/** Chosen by us: the vendor's limit is one of requests a second, and it names no wait. */
export const THROTTLED_PAUSE_SECONDS = 5;
