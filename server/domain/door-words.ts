import { matchesAny, plainWords } from "./plain-words.ts";

/** Somebody who stands before the door as they write; a door that was reported is something else. */
const AT_THE_DOOR = [
  /\b(?:locked|stuck|stranded|standing|waiting|freezing|im|i am|we are|were|been) (?:right )?(?:out ?side|out front|out here|out in the cold)\b/,
  /\b(?:im|i am|we are|were|standing|waiting|here|right) (?:(?:here|right|standing|just|now) )*(?:at|in front of|by|before) (?:the |your )?(?:\w+ )?(?:door|entrance|gate)\b/,
  /\blocked out\b(?! of (?:my|the) (?:account|app|locker|portal))/,
  /\b(?:let|buzz) (?:me|us) in\b/,
  /\b(?:cant|cannot|can not|couldnt|unable to|not able to|wont let (?:me|us)|will not let (?:me|us)|doesnt let (?:me|us)|not letting (?:me|us)) (?:get |come |go |enter )?(?:in|inside|into the (?:gym|club|building)|the (?:gym|club|building))\b(?! (?:to )?(?:my|the) (?:account|app|portal))/,
  /\b(?:open|unlock) (?:the |your )?(?:\w+ )?(?:door|entrance|gate)\b.*\b(?:please|now|for me|for us)\b/,
  /\b(?:please|can you|could you|can someone|could someone) (?:please )?(?:open|unlock) (?:the |your )?(?:\w+ )?(?:door|entrance|gate)\b/,
  /\b(?:im|i am|we are|were) (?:here|outside)\b.*\b(?:door|fob|key|entrance|gate)\b|\b(?:door|fob|key|entrance|gate)\b.*\b(?:im|i am|we are|were) (?:here|outside)\b/,
  /\b(?:no puedo|no podemos|no me deja|no nos deja) entrar\b/,
  /\b(?:estoy|estamos) (?:afuera|fuera|en la puerta|frente a la puerta|ante la puerta)\b/,
  /\b(?:me|nos) (?:puede[ns]?|podrian?) abrir\b|\babr[ae]n?(?:me|nos)? la puerta\b/,
];

/** Yesterday's door, somebody else's, and a door that works again need nobody to open it now. */
const NOT_NOW = [
  /\b(?:yesterday|last (?:night|week|time|month)|this morning|earlier|the other day|ayer|anoche|la semana pasada)\b/,
  /\b(?:tomorrow|next (?:week|time)|later today|manana)\b/,
  /\b(?:my (?:husband|wife|son|daughter|friend|brother|sister|mom|dad|kid|kids|partner|roommate))\b/,
  /\b(?:what (?:if|happens)|how do i|how can i|in case)\b/,
];

/** Whether whoever writes stands at a door of the club now and cannot get in. */
export const isAtTheDoor = (text: string): boolean => {
  const words = plainWords(text);
  return matchesAny(words, AT_THE_DOOR) && !matchesAny(words, NOT_NOW);
};

/** Of the doors that can be opened the one that is meant; `null` where nobody can tell. */
export const meantDoor = <D extends { readonly name: string }>(text: string, doors: readonly D[]): D | null => {
  const words = ` ${plainWords(text)} `;
  const named = doors.filter(({ name }) =>
    plainWords(name)
      .split(" ")
      .filter((word) => word !== "door" && word.length > 2)
      .some((word) => words.includes(` ${word} `)),
  );
  const candidates =
    named.length > 0 ? named : doors.length === 1 ? doors : doors.filter(({ name }) => /\b(?:front|main|entrance|entry)\b/i.test(name));
  const [only] = candidates;
  return candidates.length === 1 && only !== undefined ? only : null;
};
