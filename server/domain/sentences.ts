/** Sentences and list items of a text, trimmed, in order. Abbreviations such as "a.m." and "St." do not end one. */
export const splitSentences = (text: string): readonly string[] =>
  text
    .split(SENTENCE_END)
    .map((sentence) => sentence.replace(/^\s*[-•*]\s*/, "").trim())
    .filter((sentence) => sentence !== "");

/** After "a.m." a capital letter starts a sentence, but for a day that belongs to the hour: "9 a.m. Saturday". */
const SENTENCE_END =
  /\n+|(?<=[.!?])(?<!\b(?:[ap]\.m|[Ss]t|[Aa]ve|[Dd]r|[Mm]rs?|[Mm]s|[Nn]o|vs|approx|incl)\.)\s+(?=[\p{L}\p{N}¿¡"“$€£])|(?<=\b[ap]\.m\.)\s+(?=\p{Lu})(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?! (?:hours|it|we|is|the|you|from|and Sunday (?:hours|it|is)|open)\b))/u;
