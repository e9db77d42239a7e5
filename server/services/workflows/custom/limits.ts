/** Chosen by us: a list, its further pages, the deeds and a last word; whoever needs more rounds is going in circles. */
export const TASK_MAX_ROUNDS = 15;
/** Chosen by us: a page of a list, a deed for each of its people and a look besides. */
export const TASK_REQUESTS_MAX = 20;
/** One call of the model is waited for so long; the run itself has time. */
export const TASK_THOUGHT_MS = 60_000;
/** Chosen by us: what is said about a run is read on a phone as well. */
export const WORDS_MAX_CHARACTERS = 2_000;
/** A door that was asked about is decided within three days, or not at all. */
export const DOOR_QUESTION_HOURS = 72;
/** Of what did not work so many are told in a report; all of them stand beside the run. */
export const TOLD_FAILURES_MAX = 5;
