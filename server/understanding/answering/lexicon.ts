import { stem, stemsOf } from "./stems.ts";
import { MEMBERSHIP } from "./lexicon/money.ts";
import { PLAIN_WORDS } from "./lexicon/plain-words.ts";
import { AMENITIES, GAMES, TRAINING } from "./lexicon/things.ts";
import { ASPECTS, PEOPLE, WAYS } from "./lexicon/ways.ts";

/** `thing`: must stand in the answer. `way`: should. `person`, `aspect`: need not. */
export type ConceptKind = "thing" | "way" | "person" | "aspect";

type Entry = { readonly name: string; readonly kind: ConceptKind; readonly wider: string | null; readonly wordings: readonly string[] };

const entriesOf = (lines: string, kind: ConceptKind): readonly Entry[] =>
  lines
    .trim()
    .split("\n")
    .map((line) => {
      const [head = "", wordings = ""] = line.split(":");
      const [name = "", wider = null] = head.split("<").map((part) => part.trim());
      return { name, kind, wider, wordings: wordings.split(",").map((wording) => wording.trim()) };
    });

const ENTRIES: readonly Entry[] = [
  ...[AMENITIES, TRAINING, GAMES, MEMBERSHIP].flatMap((lines) => entriesOf(lines, "thing")),
  ...entriesOf(WAYS, "way"),
  ...entriesOf(PEOPLE, "person"),
  ...entriesOf(ASPECTS, "aspect"),
];

export const KINDS: ReadonlyMap<string, ConceptKind> = new Map(ENTRIES.map(({ kind, name }) => [name, kind]));
const WIDER: ReadonlyMap<string, string> = new Map(ENTRIES.flatMap(({ name, wider }) => (wider === null ? [] : [[name, wider] as const])));

const WORDINGS = new Map<string, string[]>();
for (const { name, wordings } of ENTRIES) {
  for (const wording of wordings) {
    const key = stemsOf(wording).join(" ");
    const names = WORDINGS.get(key) ?? [];
    if (key !== "" && !names.includes(name)) {
      WORDINGS.set(key, [...names, name]);
    }
  }
}

export const WORDING_MAX_WORDS = 4;

/** What a stretch of stems names; several where the words are ambiguous, none where no line has them. */
export const conceptsNamed = (stems: readonly string[]): readonly string[] => WORDINGS.get(stems.join(" ")) ?? [];

/** A concept with what it is a kind of. */
export const withWider = (concept: string): readonly string[] => {
  const wider = WIDER.get(concept);
  return wider === undefined ? [concept] : [concept, wider];
};

const PLAIN: ReadonlySet<string> = new Set(
  PLAIN_WORDS.trim()
    .split(/\s+/)
    .flatMap((word) => [...stemsOf(word), stem(word)]),
);

export const isPlain = (word: string): boolean => PLAIN.has(word);

/** Every stem that some line knows, for repairing slips. */
export const KNOWN_STEMS: ReadonlySet<string> = new Set([...[...WORDINGS.keys()].flatMap((key) => key.split(" ")), ...PLAIN]);
