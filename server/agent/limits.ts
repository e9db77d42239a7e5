/** Chosen by us: about four characters are one token; the real count comes back with the answer. */
export const CHARACTERS_PER_TOKEN = 4;
/** Chosen by us: some fifty texts. Older turns are left out first. */
export const CONVERSATION_MAX_TOKENS = 4_000;
/** Always given word for word, even when they alone are over the budget. */
export const VERBATIM_TURN_COUNT = 5;
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
