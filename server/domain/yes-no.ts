import { plainWords } from "./plain-words.ts";

/**
 * How a text answers a question to be agreed to: only a text that says nothing else is a yes or a no, and whatever
 * leaves doubt is neither. `aside` says nothing either way, such as thanks or a reaction.
 */
export type Answer = "yes" | "no" | "aside" | "unclear";

const setOf = (list: string): ReadonlySet<string> => new Set(list.split("|").map((words) => words.trim()));

const YES = setOf(
  `yes|y|ye|yea|yeah|yep|yup|yess|yesss|sure|ok|okay|okey|k|kk|absolutely|definitely|affirmative|please|pls|confirm|confirmed|go ahead|do it|
  go for it|of course|for sure|sounds good|please do|lets do it|i confirm|i agree|reset|reset it|restart it|reboot it|yes reset|yes reset it|
  yes restart it|yes do it|si|sii|siii|claro|dale|vale|confirmo|confirmado|adelante|por supuesto|claro que si|de acuerdo|hazlo|hagalo|reinicialo|
  si reinicialo|si hazlo|esta bien`,
);

const NO = setOf(
  `no|n|nope|nah|nop|negative|never|nunca|no thanks|no thank you|not now|not yet|never mind|nevermind|nvm|dont|do not|dont do it|dont reset it|
  no need|leave it|its fine now|it works now|its working now|works now|all good now|its ok now|its fixed|someone let me in|im in|im in now|
  i got in|got in|im inside|im inside now|they let me in|no gracias|ahora no|todavia no|ya no|ya funciona|no hace falta|dejalo|ya entre|
  ya estoy adentro`,
);

const ASIDES = setOf("thanks|thank you|thx|ty|gracias|hi|hello|hey|hola");

/** What may stand around a yes or a no without changing it. */
const POLITE = setOf(
  "please|pls|thanks|thank|you|thx|ty|sir|maam|man|bro|just|then|gracias|por|favor|ahora|hey|hi|the|bay|bahia|simulator|simulador|sim|lol",
);

const MAX_CHARACTERS = 60;

/** @param target the bay's number the question names: an answer that names another number answers something else */
export const readAnswer = (text: string, { target }: { readonly target: string | null }): Answer => {
  if (!/[\p{L}\p{N}]/u.test(text)) {
    return "aside";
  }
  if (/[?¿]/u.test(text) || text.length > MAX_CHARACTERS || (text.match(/\d+/g) ?? []).some((number) => number !== target)) {
    return "unclear";
  }
  const words = plainWords(text)
    .replace(/ ?\d+ ?/g, " ")
    .trim();
  const exact = verdictOf(words);
  if (exact !== "unclear") {
    return exact;
  }
  // "YES please", "yes yes", "Yes!! thank you": the same word with courtesy around it.
  const kept = words.split(" ").filter((word) => word !== "" && !POLITE.has(word));
  const whole = verdictOf(kept.join(" "));
  if (whole !== "unclear") {
    return whole;
  }
  const [first = "", ...rest] = kept;
  const [only, ...others] = new Set(
    verdictOf(rest.join(" ")) === "unclear" ? kept.map(verdictOf) : [verdictOf(first), verdictOf(rest.join(" "))],
  );
  return only !== undefined && others.length === 0 ? only : "unclear";
};

const verdictOf = (words: string): Answer => (YES.has(words) ? "yes" : NO.has(words) ? "no" : ASIDES.has(words) ? "aside" : "unclear");
