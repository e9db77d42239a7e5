const REFERS_BACK =
  /\b(?:they|them|those|these|then|that one|this one|the other one|(?:on|with|for|about|of) (?:that|this|it)|ellos|ellas|entonces)\b/i;

/** "how old can they be?" is about what was said before: which of several sentences is meant the words alone do not tell. */
export const refersBack = (text: string): boolean => REFERS_BACK.test(text);

/** A part of a message that says of something before it what is asked: "and when does it start?". A name may stand beside "it", so this is more than the other. */
export const pointsBack = (part: string): boolean => POINTS_BACK.test(part);

const POINTS_BACK =
  /(?<![\p{L}\p{N}'’])(?:it|its|they|them|these|those|that one|(?:is|was|does|do|will|would|can|for|of|with|about|on|after|before|like) that|ellos|ellas)(?![\p{L}\p{N}'’])/iu;
