/** Chosen by us: a page of people is one transaction of a few statements, and a crash repeats no more than that. */
export const PLAN_PAGE_SIZE = 500;
/** So many pages are planned in one durable step: a few seconds of work. */
export const PAGES_PER_STEP = 10;
/**
 * Chosen by us: six batches at a vendor's 10 messages a second are done in some seconds each, so that even a server which dies every few
 * seconds gets batches to their end, and a crash leaves few people waiting for the end of a claim.
 */
export const BATCH_SIZE = 8;
/** A run or a batch nobody has heard of for so long has crashed and is taken up by the next one who looks. Longer than any step takes. */
export const LEASE_SECONDS = 120;
/**
 * A batch keeps its people to itself for so long: a few times what eight sends take at a vendor's pace. Whoever comes when a slow batch is
 * still at it finds each person's effect there and plans nothing twice; a batch that died keeps nobody waiting for longer.
 */
export const CLAIM_SECONDS = 30;
/** A run that needs a yes waits a day for it; then its facts are too old. */
export const APPROVAL_WAIT_HOURS = 24;
/** Rule table, section 3: what went live is watched for a day before the next workflow is offered. */
export const REVIEW_AFTER_HOURS = 24;
/** What has not ended by then ends as failed: a message of two days ago says something else today. */
export const OPEN_MAX_HOURS = 48;
/** A text that Spotter wrote is used for so long, and then written anew: as long as a yes to it lasts. */
export const TEXT_MAX_DAYS = 30;
/** What is shown of each group before it is sent. */
export const SAMPLE_COUNT = 3;
/** Rooms for reports: the commonest reasons are the ones that help. */
export const REPORTED_REASONS_MAX = 20;
export const RUNS_PAGE_SIZE = 20;
export const OUTCOMES_PAGE_SIZE = 50;
/** Millionths of a US dollar for one part of a text to a US number; Twilio's list price of November 2026. The vendor's bill counts. */
export const TEXT_SEGMENT_COST_MICROS = 8_300;
