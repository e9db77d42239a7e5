/** What is looked back at. */
export const REVIEW_DAYS = 7;
/** Chosen by us: more show nothing that the first did not. */
export const ITEMS_MAX_COUNT = 40;
export const ITEM_MAX_CHARACTERS = 400;
/** A review takes a model call; one that has not ended by then died. */
export const REVIEW_LEASE_MINUTES = 10;
/** A review whose model call failed is tried again after this. */
export const REVIEW_RETRY_HOURS = 6;
/** Of each state, the newest so many are listed and compared with. */
export const RULES_LISTED_MAX_COUNT = 100;
