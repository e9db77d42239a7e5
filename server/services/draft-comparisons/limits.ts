/** A conversation has few decisions between two answers; of more than this the older ones are not looked at. */
export const DECISIONS_LOOKED_AT = 8;
/** Staff often answer in two or three texts; more than this in a row are a conversation of their own. */
export const ANSWER_MAX_TEXTS = 5;
