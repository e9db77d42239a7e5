/** A habit seen in public code (2025): the site is asked to sign in no faster than this. */
export const LOGIN_GAP_MS = 5_000;
/** Chosen by us: one sign-in and two renewals; a site that ends sessions faster is down, not impatient. */
export const LOGIN_MAX_COUNT = 3;
export const LOGIN_WINDOW_MS = 5 * 60_000;
/** Chosen by us: a refused password is not tried again for this long, because wrong tries may lock the account. */
export const REFUSED_PASSWORD_PAUSE_MS = 30 * 60_000;

/** Chosen by us: a full list of 4 MB was seen to take up to 20 s. */
export const READ_TIMEOUT_MS = 30_000;
/** Chosen by us: a text is accepted within seconds; waiting longer only delays the read-back. */
export const SEND_TIMEOUT_MS = 15_000;
/** Chosen by us: four times the largest list ever seen (4.2 MB, 2025); a longer one ends in `malformed`. */
export const ANSWER_MAX_BYTES = 16 * 1024 * 1024;

/** Chosen by us: how many days back a new connection reads when the setting `historyDays` is absent. */
export const FIRST_POLL_DAYS = 3;
/** Chosen by us: how many days before today stay under watch for messages that the site lists late. */
export const OVERLAP_DAYS = 1;
/** Chosen by us: each person costs about four calls, so a backlog is worked off over several polls. */
export const PEOPLE_PER_POLL = 8;
/** Chosen by us: more people of one name than this are not told apart, and a person of the club decides. */
export const NAMESAKES_MAX_COUNT = 10;
/** The site's own suggestion list ends after this many names. */
export const SUGGESTION_MAX_COUNT = 50;

/** Chosen by us: how long a listed message may wait for its line in the follow-up log before it is shown without its person. */
export const LOG_GRACE_MS = 60_000;
/** Chosen by us: the same wait while the log cannot be read at all. */
export const UNREADABLE_LOG_GRACE_MS = 10 * 60_000;
/** Chosen by us: from this many known messages of a day on, losing half of them means the page has changed its meaning. */
export const DRIFT_MIN_COUNT = 4;

/** Chosen by us: who bears a name changes rarely; a name not found in the cache's people is searched again at once. */
export const NAME_CACHE_MS = 6 * 60 * 60_000;
export const NAME_CACHE_MAX_COUNT = 500;

/** Chosen by us: the `Date` header counts whole seconds. */
export const CLOCK_GRAIN_MS = 2_000;
/** The follow-up log shows minutes. */
export const LOG_GRAIN_MS = 60_000;

/** Vendor, V3: no page is longer. */
export const API_PAGE_MAX_COUNT = 1_000;
/** Chosen by us: a page of people with their agreements in a few calls. */
export const USERS_PER_PAGE = 500;
/** Chosen by us: with training clients to look up one by one a page must not take minutes. */
export const USERS_PER_PAGE_WITH_TRAINING = 50;
/** Chosen by us: so many ids of nine figures make an address of less than 2 KB. */
export const IDS_PER_CALL = 150;
/** Chosen by us: a list that shifted while it was read is read once more, not for ever. */
export const PASSES_MAX_COUNT = 2;
/** Chosen by us: two weeks of a busy club are a few thousand events; a list that goes on has no end. */
export const EVENT_PAGES_MAX_COUNT = 20;
/** Chosen by us: older check-ins have been read before. */
export const CHECK_IN_DAYS = 3;
export const API_TIMEOUT_MS = 20_000;

/** Chosen by us: each training client costs about six calls in a session that also reads the inbox. */
export const TRAINEES_PER_PAGE = 8;
/** A code of the staff site as one author read it (2025), a guess: a package that was never signed owes nothing. */
export const DRAFT_AGREEMENT = 1;
/** Codes of the same source, a guess: rejected (3) and delinquent (5) invoices are past due. */
export const PAST_DUE_INVOICES: ReadonlySet<number> = new Set([3, 5]);
