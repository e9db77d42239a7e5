/** Guess (general knowledge, 2026-11): the longest text of a section; a longer one is refused with `invalid_blocks`. */
export const SECTION_MAX_CHARACTERS = 3_000;
/** Guess (general knowledge, 2026-11): the longest value of a button. */
export const BUTTON_VALUE_MAX_CHARACTERS = 2_000;
/** Vendor's SDK and documentation, 2026-11: an older signature is a replay; the same the other way round is ours. */
export const SIGNATURE_TOLERANCE_SECONDS = 300;
/** Chosen by us: the payload carries the whole notice, which is a few kilobytes. */
export const WEBHOOK_MAX_BYTES = 256 * 1024;
/** Chosen by us: a notice is posted within a second; waiting longer tells nothing more. */
export const POST_TIMEOUT_MS = 10_000;
/** Chosen by us: an answer repeats the notice. */
export const ANSWER_MAX_BYTES = 1024 * 1024;
