/** The vendor's own address; `settings.baseUrl` replaces it. */
export const BASE_URL = "https://api.twilio.com";
/** Where the vendor's API keeps one file of a text (its reference of the Media resource, 2026-11). The account is the first group. */
export const FILE_ADDRESS =
  "^https://api\\.twilio\\.com/2010-04-01/Accounts/(AC[0-9a-f]{32})/Messages/(?:MM|SM)[0-9a-f]{32}/Media/ME[0-9a-f]{32}$";
/** Guess, from public threads (2026-11): where the API sends on to for the bytes. Any other place is not asked. */
export const FILE_HOSTS: ReadonlySet<string> = new Set(["media.twiliocdn.com", "mms.twiliocdn.com", "s3-external-1.amazonaws.com"]);

/** Vendor, 2026-11: a longer body is refused (21617). */
export const TEXT_MAX_CHARACTERS = 1_600;
/** Chosen by us, of the vendor's 1,000 at most: one page is ingested in one transaction. */
export const PAGE_SIZE = 100;
/** Chosen by us: the vendor answers within a second; waiting longer only delays the read-back. */
export const SEND_TIMEOUT_MS = 10_000;
export const READ_TIMEOUT_MS = 15_000;
/** Chosen by us: a full page of long texts stays far below. */
export const ANSWER_MAX_BYTES = 4 * 1024 * 1024;
/** Chosen by us, so that a backlog leaves room for answers. */
export const CALLS_PER_POLL = 12;
/** Chosen by us: covers a vendor clock that is 15 minutes off and messages that turn up late. */
export const OVERLAP_MINUTES = 20;
/** Chosen by us: how far a new connection reads back. */
export const FIRST_POLL_HOURS = 24;
/** Chosen by us: the largest webhook body; routes answer 413 beyond it. */
export const WEBHOOK_MAX_BYTES = 256 * 1024;
/** Chosen by us: how far the vendor's clock may differ when its answers do not name its time. */
export const UNKNOWN_SKEW_MS = 15 * 60_000;
/** Chosen by us: the `Date` header and the vendor's dates count whole seconds, and the text is made a moment before the answer. */
export const CLOCK_GRAIN_MS = 5_000;
/** Chosen by us: pages of one participant a read-back looks through. */
export const READ_BACK_PAGES = 5;
/** Chosen by us: the vendor limits calls at the same time and names no wait. */
export const THROTTLED_PAUSE_SECONDS = 5;
/** Guess, from public threads: a trial account puts this in front of each text it sends. */
export const TRIAL_PREFIX = "Sent from your Twilio trial account - ";
