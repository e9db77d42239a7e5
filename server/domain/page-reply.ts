import { plainWords } from "./plain-words.ts";

const phrases = (list: string): ReadonlySet<string> => new Set(list.split("|").map((phrase) => phrase.trim()));

/** What somebody writes who has it. */
const HAVE_IT = phrases(
  `got it|i got it|got this|i got this|have it|i have it|i have this|on it|im on it|i am on it|on my way|im on my way|i am on my way|omw|coming|
  im coming|i am coming|heading there|heading over|headed there|im headed there|be right there|ill be right there|taking it|im taking it|
  ill take it|i will take it|will do|ok|okay|yes|yep|yeah|yup|sure|copy|copy that|roger|understood|acknowledged|ack|received|
  si|ya voy|voy|voy en camino|en camino|estoy en camino|lo tengo|yo me encargo|me encargo|enterado|enterada|recibido|entendido`,
);

/** What may stand around it without changing it. */
const COURTESY = phrases("thanks|thank you|thx|ty|gracias|now|right now|ahora|please|hi|hey|hola");

/** Longer than any two of these together. */
const MAX_CHARACTERS = 60;
const MAX_PHRASE_WORDS = 5;
/** Letters, and marks that neither ask nor take back. A thumb pointing down or another script leaves doubt, and doubt goes on telling. */
const PLAIN = /^[\p{Script=Latin}\p{Mark}\s.,!;:'’-]*$/u;
/** Thumbs up, hands, a tick, an arm, with their tones of skin. */
const APPROVING = /\u{1F44D}|\u{1F44C}|\u{1F64F}|\u2705|\u{1F4AA}|[\u{1F3FB}-\u{1F3FF}]|\uFE0F/gu;

/**
 * Whether a text to the on-call phone's page says that whoever holds the phone has it, and nothing else. An emergency that
 * goes on being told costs a text; one that is wrongly called taken costs somebody's help.
 */
export const saysTheyHaveIt = (text: string): boolean => {
  if (text.length > MAX_CHARACTERS || !PLAIN.test(text.replace(APPROVING, " "))) {
    return false;
  }
  const words = plainWords(text).split(" ");
  return readsAs(words, false);
};

/** Whether the words are nothing but phrases of the two lists, one of the first among them. */
const readsAs = (words: readonly string[], hasIt: boolean): boolean => {
  if (words.length === 0) {
    return hasIt;
  }
  return Array.from({ length: Math.min(words.length, MAX_PHRASE_WORDS) }, (_, index) => index + 1).some((length) => {
    const phrase = words.slice(0, length).join(" ");
    return (HAVE_IT.has(phrase) && readsAs(words.slice(length), true)) || (COURTESY.has(phrase) && readsAs(words.slice(length), hasIt));
  });
};
