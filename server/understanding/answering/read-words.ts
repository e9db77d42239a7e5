import { conceptsNamed, isPlain, KINDS, KNOWN_STEMS, withWider, WORDING_MAX_WORDS } from "./lexicon.ts";
import { plainWordsOf, stem as stemOf, stemsOf } from "./stems.ts";

/** One thing a question names. Ambiguous words stand for any of their concepts. */
export type Asked = {
  /** Names of concepts, or none where no line of the lexicon knows the word. */
  readonly concepts: readonly string[];
  readonly stems: readonly string[];
  /** As written, but for slips. */
  readonly text: string;
  readonly kind: "thing" | "way" | "person" | "aspect" | "unknown";
};

/** What a question names, longest wordings first. `known` are the stems of the club's own articles. */
export const readAsked = (question: string, known: ReadonlySet<string>): readonly Asked[] => {
  const words = plainWordsOf(question);
  const stems = words.map((word) => repaired(stemOf(word), known));
  const asked: Asked[] = [];
  for (let place = 0; place < stems.length;) {
    const length = wordingLength(stems, place);
    if (length > 0) {
      const part = stems.slice(place, place + length);
      const concepts = conceptsNamed(part);
      asked.push({ concepts, stems: part, text: words.slice(place, place + length).join(" "), kind: kindOf(concepts) });
      place += length;
    } else {
      const stem = stems[place] ?? "";
      if (!isPlain(stem) && !/^\d/.test(stem) && !isOccasion(stem) && stem.length > 1) {
        asked.push({ concepts: [], stems: [stem], text: words[place] ?? stem, kind: "unknown" });
      }
      place += 1;
    }
  }
  // Whatever was lost or left behind, it is the lost and found that answers.
  const isLost = asked.some(({ concepts }) => concepts.includes("lost_item"));
  return isLost ? asked.filter(({ concepts, kind }) => concepts.includes("lost_item") || (kind !== "thing" && kind !== "unknown")) : asked;
};

/** Days, months and holidays are compared as such. Whole words: a friend is no Friday, and Augusta no August. */
const IS_OCCASION =
  /^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|holiday|xma|christma|thanksgiv\w*|turkey|easter|eve|nye|halloween|memorial|labor|juneteenth|mlk|navidad|pascua|lune|marte|miercole?|jueve|vierne|sabado|domingo|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|julio|diciembre)$/;

export const isOccasion = (stem: string): boolean => IS_OCCASION.test(stem);

const wordingLength = (stems: readonly string[], place: number): number => {
  for (let length = WORDING_MAX_WORDS; length > 0; length -= 1) {
    const part = stems.slice(place, place + length);
    if (part.length === length && conceptsNamed(part).length > 0) {
      return length;
    }
  }
  return 0;
};

const kindOf = (concepts: readonly string[]): Asked["kind"] => {
  const kinds = new Set(concepts.map((concept) => KINDS.get(concept)));
  for (const kind of ["aspect", "person", "way", "thing"] as const) {
    if (kinds.has(kind)) {
      return kind;
    }
  }
  return "unknown";
};

/** All that a sentence names: every wording in it, also those inside longer ones, with what they are kinds of. */
export const conceptsIn = (text: string): ReadonlySet<string> => {
  const stems = stemsOf(text);
  const found = new Set<string>();
  for (let place = 0; place < stems.length; place += 1) {
    for (let length = 1; length <= WORDING_MAX_WORDS && place + length <= stems.length; length += 1) {
      for (const concept of conceptsNamed(stems.slice(place, place + length))) {
        withWider(concept).forEach((name) => found.add(name));
      }
    }
  }
  return found;
};

const REPAIR_MIN_LENGTH = 5;

/** One slip of the thumb in a word that neither the lexicon nor the club knows. */
const repaired = (stem: string, known: ReadonlySet<string>): string => {
  if (stem.length < REPAIR_MIN_LENGTH || KNOWN_STEMS.has(stem) || known.has(stem) || !/^[a-z]+$/.test(stem)) {
    return stem;
  }
  for (const target of [...known, ...KNOWN_STEMS]) {
    if (target[0] === stem[0] && target.length >= REPAIR_MIN_LENGTH && isOneSlip(stem, target)) {
      return target;
    }
  }
  return stem;
};

/** One letter more, less or other, or two neighbours swapped. */
const isOneSlip = (left: string, right: string): boolean => {
  if (Math.abs(left.length - right.length) > 1) {
    return false;
  }
  let start = 0;
  while (start < left.length && left[start] === right[start]) {
    start += 1;
  }
  let end = 0;
  while (end < Math.min(left.length, right.length) - start && left[left.length - 1 - end] === right[right.length - 1 - end]) {
    end += 1;
  }
  const [restLeft, restRight] = [left.slice(start, left.length - end), right.slice(start, right.length - end)];
  const isSwap = restLeft.length === 2 && restLeft[0] === restRight[1] && restLeft[1] === restRight[0];
  return isSwap || Math.max(restLeft.length, restRight.length) <= 1;
};

/** The words of a text that say something, for comparing their meanings one by one. */
export const tellingWordsIn = (text: string): readonly string[] => [
  ...new Set(
    plainWordsOf(text).filter(
      (word) => word.length > 2 && !/\d/.test(word) && (!isPlain(stemOf(word)) || conceptsNamed([stemOf(word)]).length > 0),
    ),
  ),
];
