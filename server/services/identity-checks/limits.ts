/** How long somebody may take to say who they are after they were asked. */
export const OFFER_HOURS = 24;
/** How long a code works, and how often one may be tried: five of a million, and then a person. */
export const CODE_MINUTES = 10;
export const MAX_ATTEMPTS = 5;
/** How long what was proven holds, in the conversation it was proven in. */
export const PROOF_HOURS = 24;
/** So many codes a day for one conversation, and for one member: nobody's phone is flooded by a stranger. */
export const CLAIMS_PER_DAY = 3;
export const CODES_PER_MEMBER_DAY = 3;
