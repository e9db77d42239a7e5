/** Chosen by us: yesterday's bookings may still turn into visits or no-shows; further ahead people hardly ask. */
export const WINDOW_BACK_DAYS = 1;
export const WINDOW_AHEAD_DAYS = 14;
/** Chosen by us: one bad quarter of an hour is no news, three in a row are. */
export const FAILURES_BEFORE_ALERT = 3;
/** Chosen by us: a bay is not taken for longer in one booking, so an older one need not be looked at. */
export const LONGEST_BOOKING_HOURS = 24;
/** Chosen by us: two windows of reading without an answer; whoever relies on a booking then is told its age. */
export const STALE_AFTER_MINUTES = 35;
