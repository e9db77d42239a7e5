/** Chosen by us: about four characters are one token; the real count comes back with the answer. */
export const CHARACTERS_PER_TOKEN = 4;
/** Chosen by us: some fifty texts. Older turns are left out first. */
export const CONVERSATION_MAX_TOKENS = 4_000;
/** Always given word for word, even when they alone are over the budget. */
export const VERBATIM_TURN_COUNT = 5;
/** Chosen by us: what was said in other conversations, and what staff noted, tells of the person and is not answered. */
export const MEMORY_MAX_TOKENS = 1_000;
/** Of other conversations, always given where there are so many. */
export const ELSEWHERE_TURN_COUNT = 5;
/** Chosen by us: a longer turn of another conversation, or a longer note, is shown up to here. */
export const MEMORY_TURN_MAX_CHARACTERS = 500;
/** Chosen by us: a few sentences. */
export const SUMMARY_MAX_CHARACTERS = 1_500;
/** Chosen by us: fewer turns than this are not worth a call of the model. */
export const SUMMARY_MIN_TURNS = 20;
/** Chosen by us: of the turns to summarise the newest that fit. */
export const SUMMARY_INPUT_MAX_TOKENS = 8_000;
/** Chosen by us: a longer single message is shown up to here. */
export const TURN_MAX_CHARACTERS = 4_000;
/** Chosen by us: some eighty articles of a paragraph each; articles after that are left out. */
export const KNOWLEDGE_MAX_TOKENS = 16_000;
/** Chosen by us: nobody's first name is longer, and a sentence in that field is no name. */
export const FIRST_NAME_MAX_CHARACTERS = 30;
/** How many of the agent's last answers a new one is compared with. */
export const RECENT_REPLY_COUNT = 3;
/** Chosen by us: some thousand tokens; a tool that has more to say gives a count and a sample. */
export const TOOL_RESULT_MAX_CHARACTERS = 4_000;
