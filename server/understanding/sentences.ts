import { withoutCourtesies } from "./courtesies.ts";
import { pointsBack } from "./refers-back.ts";

/**
 * The questions of a message. What is told before a question belongs to it ("I'm moving away, do I still owe?"), and
 * a message without any question mark or question word is one question: "hours please".
 */
export const splitQuestions = (text: string): readonly string[] => {
  const clauses = withoutCourtesies(text)
    .split(NEXT_QUESTION)
    .map((clause) => clause.trim())
    .filter((clause) => /[\p{L}\p{N}]/u.test(clause));
  let parts: string[] = [];
  let told = "";
  const asking = clauses.filter((one) => !COURTESY.test(one));
  for (const [place, clause] of asking.entries()) {
    if (TAKES_BACK.test(clause)) {
      parts = [];
      told = "";
    } else if (CORRECTS.test(clause) && !pointsBack(clause)) {
      parts = parts.slice(0, -1);
      told = "";
    }
    const isNoQuestion = TAKES_BACK.test(clause) && !ASKS.test(clause);
    const isAskedAnew = BEGUN.test(clause) && asking.slice(place + 1).some((next) => ASKS.test(next));
    if (isNoQuestion || isAskedAnew) {
      continue;
    }
    if (ASKS.test(clause) || clause.endsWith("?")) {
      parts.push(`${told} ${clause}`.trim());
      told = "";
    } else {
      told = `${told} ${clause}`.trim();
    }
  }
  const [first = ""] = parts;
  return parts.length === 0
    ? told === ""
      ? []
      : [told]
    : told === ""
      ? parts
      : [...parts.slice(0, -1), `${parts.at(-1) ?? first} ${told}`];
};

/** What is asked out of politeness, and of nobody's knowledge. */
const COURTESY =
  /^\W*(?:(?:hi|hey|hello|hiya|good (?:morning|afternoon|evening))(?: there| guys| all| team)?\W*)?(?:(?:how are (?:you|u|ya|things)|how'?s it going|how do you do|what'?s up|can i ask (?:you )?(?:something|a question)|may i ask (?:you )?(?:something|a question)|(?:i (?:have|had) )?(?:a |one )?(?:quick |small |short |little )?(?:q|question)(?: for you)?|(?:can|could) (?:you|u|someone|somebody) (?:please )?(?:help me|help)(?: out)?)(?: (?:today|doing|please|real quick|for you))*)\W*$/i;

/** What was asked before it needs no answer any more. */
const TAKES_BACK =
  /^\W*(?:(?:oh |ok |sorry )?(?:nvm|nevermind|never mind|forget (?:it|that))\b|(?:i )?(?:found|got|figured) it(?: out)?\W*$)/i;

/** The question before it was another one than was meant: "i mean what days is yoga"; "i mean dogs" only says more. */
const CORRECTS = /^\W*(?:(?:sorry|no),? )?i (?:mean|meant)(?: to ask)? (?:what|when|where|which|how|do|does|is|are|can|could)\b/i;

/** A question that was sent before it was finished, and is asked anew after it. */
const BEGUN =
  /^\W*(?:do|does|is|are|can|could|would|will|what|when|where|how)(?: (?:is|are|do|does|the|a|an|there|it|i|we|you|u|ya|yall|y'all|guys|have|has|get))*\W*$/i;

/** After a question mark, or where a further question follows an "and", an "or" or a slash. */
const NEXT_QUESTION =
  /\n+|(?<=[?!])\s+|(?:,\s*|\s+)(?:and|or|n|y|o|also|plus)\s+(?=(?:do|does|is|are|can|could|would|how|what|whats|when|where|which|also|hay|tienen|cu[aá]nto|puedo|para que)\b)|\s+\/\s+(?=(?:do|does|is|are|can|could|would|how|what|whats|when|where|which)\b)/iu;

const ASKS =
  /(?<![\p{L}\p{N}])(what|whats|what's|when|where|which|how|do|does|is|are|can|could|would|should|did|may|will|who|any|qu[eé]|cu[aá]l|cu[aá]ndo|d[oó]nde|c[oó]mo|cu[aá]nto|cu[aá]nta|a qu[eé]|hay|tienen|puedo|pueden|abren|cierran)(?![\p{L}\p{N}])/iu;

/** Whether a message asks anything besides what it says: "great class! is there one on Sunday". */
export const asksAnything = (text: string): boolean => text.includes("?") || ASKS_SOMEWHERE.test(text);

const ASKS_SOMEWHERE =
  /(?:^|[.!,;:\n]\s*|\b(?:and|but|also|btw|so|now)\s+)(?:what|whats|what's|when|where|which|how|do|does|is|are|can|could|would|will|who|any)\s/iu;
