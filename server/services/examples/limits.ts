/** Chosen by us: longer answers show no manner that a shorter one does not. */
export const EXAMPLE_MAX_CHARACTERS = 600;
/** Accepted examples that are read for one answer, the newest first. */
export const ACCEPTED_MAX_COUNT = 200;
/** Of each state, the newest so many are listed. */
export const LISTED_MAX_COUNT = 100;
/** A rating up to this one says that the answer should have been another. */
export const LOW_SCORE = 3;
/** What one text message may carry. */
export const BETTER_ANSWER_MAX_CHARACTERS = 1_600;
/** Texts of one burst that make up a question. */
export const QUESTION_MAX_TEXTS = 5;
