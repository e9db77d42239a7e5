import { plainWords } from "./plain-words.ts";

const NUMBER_WORDS: Readonly<Record<string, string>> = {
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  ten: "10",
  uno: "1",
  una: "1",
  dos: "2",
  tres: "3",
  cuatro: "4",
  cinco: "5",
  seis: "6",
  siete: "7",
  ocho: "8",
  nueve: "9",
  diez: "10",
};

const SPELLED = Object.keys(NUMBER_WORDS).join("|");
const NAMED = new RegExp(
  `\\b(?:bays?|sims?|simulators?|simulador(?:es)?|bahias?|trackman|room|sala)(?: (?:number|no|num|numero|#))? ?(\\d{1,2}|${SPELLED})\\b`,
  "g",
);
/** An answer to "which bay?" needs no word before its number; a time of day is none. */
const BARE = new RegExp(
  `^(?:(?:its|im|i am|we are|were|in|on|at|the|it is|number|no|num|numero|es|la|el|en|estoy|bay) )*(\\d{1,2}|${SPELLED})$`,
);

/**
 * The number of the bay that a text names; `null` = none, or several. `isAnswer`: we have just asked which one, so that
 * a number alone is one.
 */
export const readBay = (text: string, { isAnswer }: { readonly isAnswer: boolean }): string | null => {
  const words = plainWords(text.replaceAll("#", " "));
  const named = new Set([...words.matchAll(NAMED)].map((match) => numberOf(match[1])));
  if (named.size > 0) {
    const [only] = named;
    return named.size === 1 && only !== undefined ? only : null;
  }
  const bare = isAnswer ? BARE.exec(words.replace(/(?: (?:please|thanks|thank you|gracias|por favor))+$/, "")) : null;
  return bare === null ? null : numberOf(bare[1]);
};

const numberOf = (word = ""): string => NUMBER_WORDS[word] ?? String(Number(word));
