import type { Encode } from "../../domain/sentence-vectors.ts";
import { type AnswerKind, asksAboutNow, kindsAsked } from "./kinds-of-answer.ts";
import type { ReadArticle } from "./library.ts";
import { agesAsked, type DateStretch, datesIn, holidaysIn, weekdaysIn } from "./occasions.ts";
import { type Asked, conceptsIn, readAsked } from "./read-words.ts";
import { spelledOut } from "../tokens.ts";
import { stemsOf } from "./stems.ts";
import { mainTopicsOf, type MainTopics, project, topicsOf, type Towers } from "./towers.ts";

/** A question as articles are compared with it. */
export type Question = {
  readonly text: string;
  readonly asked: readonly Asked[];
  readonly kinds: ReadonlySet<AnswerKind>;
  readonly weekdays: ReadonlySet<number>;
  readonly holidays: ReadonlySet<string>;
  readonly dates: readonly DateStretch[];
  readonly ages: readonly number[];
  readonly isAboutNow: boolean;
  readonly concepts: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
  readonly vector: Float32Array;
  /** The same in the space of the towers. */
  readonly tower: Float32Array;
  /** Of which topics it is. */
  readonly topics: Float32Array;
  /** Meanings of what is asked, one by one. */
  readonly vectors: ReadonlyMap<Asked, Float32Array>;
};

/** A question that articles carry. A club has thousands, so of all topics it keeps those it is most of. */
export type KnownQuestion = Omit<Question, "topics" | "vectors"> & { readonly topics: MainTopics };

/** Concepts whose names say less than a question would. */
const PLAIN_ENGLISH: Readonly<Record<string, string>> = {
  hours: "what time do you open and close",
  price: "how much is",
  count: "how many",
  time_of_day: "today",
  directions: "where are you",
  guest: "bring a friend",
  borrow: "bring my own",
  advance: "how far ahead",
};

type Given = {
  /** Stems that the club itself uses. */
  readonly known: ReadonlySet<string>;
  readonly encode: Encode;
  readonly towers: Towers;
  /** The encoder knows no other language: there it is given the names of what was recognised. */
  readonly isEnglish?: boolean;
};

export const readQuestion = async (text: string, { encode, isEnglish = true, known, towers }: Given): Promise<Question> => {
  const asked = readAsked(text, known);
  const names = namesOf(asked);
  const [vector = new Float32Array(), ...vectors] = await encode([
    encodedTextOf(text, { asked, isEnglish }),
    ...(isEnglish ? asked.map((one) => one.text) : names),
  ]);
  return questionOf(text, { asked, vector, towers, vectors: new Map(asked.map((one, place) => [one, vectors[place] ?? vector])) });
};

/** What the encoder is given for a question as a whole. */
export const encodedTextOf = (
  text: string,
  { asked, isEnglish }: { readonly asked: readonly Asked[]; readonly isEnglish: boolean },
): string => (isEnglish ? asEncoded(text) : [...new Set(namesOf(asked))].join(" "));

/** How it is written, with or without capitals, marks and short forms, tells nothing of what is asked. */
export const asEncoded = (text: string): string =>
  spelledOut(text)
    .toLowerCase()
    .replaceAll(/[?!.,;\s]+/gu, " ")
    .trim();

const namesOf = (asked: readonly Asked[]): readonly string[] =>
  asked.map(({ concepts: [concept], text: words }) =>
    concept === undefined ? words : (PLAIN_ENGLISH[concept] ?? concept.replaceAll("_", " ")),
  );

type Meaning = Pick<Question, "asked" | "vector" | "vectors"> & { readonly towers: Towers };

/** A question whose meaning is known. */
export const questionOf = (text: string, { asked, towers, vector, vectors }: Meaning): Question => {
  const holidays = holidaysIn(text);
  const tower = project({ text, vector }, towers);
  return {
    text,
    asked,
    kinds: kindsAsked(text),
    weekdays: weekdaysIn(text),
    holidays,
    dates: holidays.size > 0 ? [] : datesIn(text),
    ages: agesAsked(text),
    isAboutNow: asksAboutNow(text),
    concepts: conceptsIn(text),
    stems: new Set(stemsOf(text)),
    numbers: new Set(text.match(/\d+/g)),
    vector,
    tower,
    topics: topicsOf(tower, towers.questions),
    vectors,
  };
};

export const asKnown = ({ topics, vectors: _vectors, ...question }: Question): KnownQuestion => ({
  ...question,
  topics: mainTopicsOf(topics),
});

/** Stems that the club itself uses. */
export const stemsKnownTo = (articles: readonly ReadArticle[]): ReadonlySet<string> =>
  new Set(articles.flatMap(({ whole }) => [...whole.stems]));
