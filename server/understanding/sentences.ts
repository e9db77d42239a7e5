/** Sentences and list items of a text, trimmed, in order. Abbreviations such as "a.m." and "St." do not end one. */
export const splitSentences = (text: string): readonly string[] =>
  text
    .split(/\n+|(?<=[.!?])(?<!\b(?:[ap]\.m|st|ave|dr|mr|mrs|ms|no|vs|approx|incl)\.)\s+(?=[\p{Lu}\p{N}¿¡"“])/iu)
    .map((sentence) => sentence.replace(/^\s*[-•*]\s*/, "").trim())
    .filter((sentence) => sentence !== "");

/**
 * The questions of a message, each cut down to where it starts to ask. A message without any question word
 * is taken whole, so that "hours please" still asks for something.
 */
export const splitQuestions = (text: string): readonly string[] => {
  const clauses = text
    .split(
      /[\n!.]+\s*|(?<=\?)\s*|\s+(?:and|y|also|plus)\s+(?=(?:do|does|is|are|can|could|how|what|when|where|which|also|hay|tienen|cu[aá]nto|puedo)\b)/i,
    )
    .map((clause) => clause.trim())
    .filter((clause) => /[\p{L}\p{N}]/u.test(clause));
  const asking = clauses.flatMap((clause) => {
    const start = clause.search(ASKS);
    return start < 0 ? [] : [clause.slice(start)];
  });
  return asking.length === 0 ? clauses : asking;
};

const ASKS =
  /(?<![\p{L}\p{N}])(what|whats|what's|when|where|which|how|do|does|is|are|can|could|may|will|who|any|qu[eé]|cu[aá]l|cu[aá]ndo|d[oó]nde|c[oó]mo|cu[aá]nto|cu[aá]nta|a qu[eé]|hay|tienen|puedo|pueden|abren|cierran)(?![\p{L}\p{N}])/iu;
