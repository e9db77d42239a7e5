const REFERS_BACK =
  /\b(?:they|them|those|these|then|that one|this one|the other one|(?:on|with|for|about|of) (?:that|this|it)|ellos|ellas|entonces)\b/i;

/** "how old can they be?" is about what was said before: which of several sentences is meant the words alone do not tell. */
export const refersBack = (text: string): boolean => REFERS_BACK.test(text);
