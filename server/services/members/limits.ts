/**
 * Chosen by us: by the customer's rules nothing acts on a balance that is older than 60 minutes, and ClubHub lists have no
 * "changed since". Twice an hour leaves room for a pass, one failure and its rest.
 */
export const SYNC_EVERY_MINUTES = 30;
/** Chosen by us: longer than any page takes; a crashed sync is taken up again after it. */
export const SYNC_LEASE_MINUTES = 5;
/** Chosen by us: after a failure the vendor is left alone so long, or as long as it asked for. */
export const SYNC_REST_MINUTES = 5;
/** As long as the connector itself waits before it tries a refused password again. */
export const REAUTH_REST_MINUTES = 30;
/** Chosen by us: one bad hour is no news, three failures in a row are. Beyond, people see a card. */
export const FAILURES_BEFORE_ALERT = 3;
/** Chosen by us: people move between pages, so a list that was left longer ago is read from its start. */
export const RESUME_WITHIN_HOURS = 6;
/** Chosen by us: 50,000 people of 100 a page. A list that goes on is one whose end we do not recognise. */
export const PAGES_MAX_COUNT = 500;
/** Chosen by us: when more of a list is gone at once, the list is more likely wrong than the people; a person decides. */
export const ARCHIVE_MAX_RATIO = 0.2;
/** Chosen by us: so few may go whatever their share, or a club of four people could never lose one. */
export const ARCHIVE_FREE_COUNT = 3;
