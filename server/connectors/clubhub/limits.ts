/** Vendor app, 2025: asks for 50 or 100 a page. */
export const PAGE_SIZE_DEFAULT = 100;
/** Chosen by us: a list that shifted while it was read is read once more, not for ever. */
export const PASSES_MAX_COUNT = 2;
/** Chosen by us: calls about single members run in pairs, as the app's own traffic does. */
export const CALLS_AT_ONCE = 2;
/** Chosen by us: visits are asked for only where the last one is this recent; older ones have been read before. */
export const RECENT_VISIT_DAYS = 3;
/** Chosen by us: further members of the page keep their last visit only. */
export const VISIT_CALLS_PER_PAGE = 25;
export const VISITS_PER_MEMBER = 20;

/** Chosen by us, as for the staff site of the same vendor family. */
export const LOGIN_GAP_MS = 5_000;
export const LOGIN_MAX_COUNT = 3;
export const LOGIN_WINDOW_MS = 5 * 60_000;
/** Chosen by us: wrong tries may lock the account. */
export const REFUSED_PASSWORD_PAUSE_MS = 30 * 60_000;
/** Chosen by us: a token this close to its end is renewed before it is used. */
export const TOKEN_MARGIN_MS = 60_000;

export const READ_TIMEOUT_MS = 20_000;
/** Chosen by us: 100 members with every field are about 150 KB. */
export const ANSWER_MAX_BYTES = 4 * 1024 * 1024;
