import { RISK_FLAGS } from "../domain/intent.ts";
import { CATEGORIES } from "../domain/categories.ts";
import { isAutoReply, isSpam } from "../domain/machine-texts.ts";
import { readEmergency } from "../domain/emergency-words.ts";
import { VECTOR_LENGTH } from "../domain/sentence-vectors.ts";
import { readSuppressionWord } from "../domain/suppression-words.ts";
import { CUE_COUNT, type CueHit, findCues, findRiskCues } from "./cue-hits.ts";
import { detectLanguage } from "./language.ts";
import { correctSpelling } from "./spelling.ts";
import { lineOf, type Token, tokenize } from "./tokens.ts";

/** The encoder knows no other; texts in other languages are read without vectors. */
export const ENCODED_LANGUAGE = "en";

/** A text as the classifier reads it. */
export type Given = {
  readonly text: string;
  /** The club's last words before it, `null` where it has not said any. */
  readonly clubAsked: string | null;
  /** Meaning of the text, `null` where the encoder does not know its language. */
  readonly vector: Float32Array | null;
};

/** Numbers that describe a text; those left out are 0. */
export type Features = { readonly indices: readonly number[]; readonly values: readonly number[] };

export type ReadText = {
  readonly tokens: readonly Token[];
  readonly line: string;
  readonly language: string;
  readonly cues: readonly CueHit[];
};

export const readText = (text: string): ReadText => {
  const tokens = correctSpelling(tokenize(text));
  const line = lineOf(tokens);
  const language = detectLanguage(
    text,
    tokens.map((token) => token.word),
  );
  return { tokens, line, language, cues: findCues(line) };
};

/**
 * Kinds of features, each a stretch of the index: how long it is, and how loudly it speaks before it is weighed (the
 * louder, the less its weights are held down). Both are those that did best on training messages set aside. Characters
 * stand last, because not every head weighs them.
 */
const STRETCHES = {
  words: { length: 1 << 13, loudness: 1.5 },
  vector: { length: VECTOR_LENGTH, loudness: 3 },
  cues: { length: CUE_COUNT, loudness: 1.25 },
  risks: { length: RISK_FLAGS.length, loudness: 0.3 },
  cueScores: { length: CATEGORIES.length, loudness: 0.5 },
  rules: { length: 4, loudness: 1 },
  context: { length: 1 << 11, loudness: 2 },
  shape: { length: 32, loudness: 0.3 },
  characters: { length: 1 << 13, loudness: 2 },
} as const;

export type Stretch = keyof typeof STRETCHES;

export const STRETCH_NAMES = Object.keys(STRETCHES) as readonly Stretch[];

const offsets = (): Readonly<Record<Stretch, number>> => {
  let at = 0;
  const entries = STRETCH_NAMES.map((name) => {
    const entry = [name, at] as const;
    at += STRETCHES[name].length;
    return entry;
  });
  return Object.fromEntries(entries) as Record<Stretch, number>;
};

export const OFFSETS = offsets();

/** Where in the index a single word is weighed. */
export const wordFeature = (word: string): number => OFFSETS.words + (hash(`w ${word}`) % STRETCHES.words.length);

export const FEATURE_COUNT = Object.values(STRETCHES).reduce((sum, { length }) => sum + length, 0);
/** All but the characters. */
export const FEATURE_COUNT_WITHOUT_CHARACTERS = OFFSETS.characters;

type Sink = (stretch: Stretch, key: string | number, value: number) => void;

export const featuresOf = (given: Given, read: ReadText): Features => {
  const found = new Map<number, number>();
  const put: Sink = (stretch, key, value) => {
    const index = OFFSETS[stretch] + (typeof key === "number" ? key : hash(key) % STRETCHES[stretch].length);
    found.set(index, Math.max(found.get(index) ?? 0, value * STRETCHES[stretch].loudness));
  };
  putWords(read, put);
  putCharacters(read, put);
  for (const [place, value] of given.vector?.entries() ?? []) {
    found.set(OFFSETS.vector + place, value * STRETCHES.vector.loudness);
  }
  putCues(read, put);
  putRules(given.text, put);
  putContext(given, { read, put });
  putShape(given.text, { read, put });
  return { indices: [...found.keys()], values: [...found.values()] };
};

/** Numbers, times, amounts and days stand for each other. */
const classOf = (word: string): string | null => {
  if (/^\d{1,2}(am|pm)$/.test(word)) {
    return "#time";
  }
  if (/^\d+$/.test(word)) {
    return word.length >= 7 ? "#phone" : "#number";
  }
  if (/\d/.test(word)) {
    return "#mixed";
  }
  return /^(mon|tues?|wed|thurs?|thu|fri|sat|sun|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|lunes|martes|miercoles|jueves|viernes|sabado|domingo)$/.test(
    word,
  )
    ? "#day"
    : null;
};

const wordsOf = (line: string): readonly string[] => line.trim().split(" ");

const putWords = ({ line }: ReadText, put: Sink): void => {
  const words = wordsOf(line);
  const classed = words.map((word) => classOf(word) ?? word);
  const value = 1 / Math.sqrt(Math.max(words.length, 3));
  words.forEach((word, position) => {
    put("words", `w ${word}`, value);
    if (classed[position] !== word) {
      put("words", `w ${classed[position]}`, value);
    }
  });
  const edged = ["^", ...classed, "$"];
  for (let position = 0; position + 1 < edged.length; position += 1) {
    put("words", `b ${edged[position]} ${edged[position + 1]}`, value);
    if (position + 2 < edged.length) {
      put("words", `s ${edged[position]} ${edged[position + 2]}`, value / 2);
    }
  }
};

const CHARACTERS_MAX = 1_200;

const putCharacters = ({ line }: ReadText, put: Sink): void => {
  const text = line.slice(0, CHARACTERS_MAX);
  const grams: string[] = [];
  for (const length of [3, 4, 5]) {
    for (let start = 0; start + length <= text.length; start += 1) {
      grams.push(text.slice(start, start + length));
    }
  }
  const value = 1 / Math.sqrt(Math.max(grams.length, 20));
  grams.forEach((gram) => put("characters", gram, value));
};

const putCues = ({ cues, line }: ReadText, put: Sink): void => {
  for (const { category, number, weight } of cues) {
    put("cues", number, 1);
    put("cueScores", CATEGORIES.indexOf(category), weight / 4);
  }
  for (const flag of findRiskCues(line)) {
    put("risks", RISK_FLAGS.indexOf(flag), 1);
  }
};

const putRules = (text: string, put: Sink): void => {
  const rules = [readSuppressionWord(text, false)?.kind === "opt_out", isAutoReply(text), isSpam(text), readEmergency(text) !== null];
  rules.forEach((isTrue, place) => {
    if (isTrue) {
      put("rules", place, 1);
    }
  });
};

const SHORT_WORD_COUNT = 6;
const CLUB_WORDS_MAX = 40;

const putContext = ({ clubAsked }: Given, { put, read }: { read: ReadText; put: Sink }): void => {
  const words = wordsOf(read.line);
  const length = words.length <= 3 ? "tiny" : words.length <= SHORT_WORD_COUNT ? "short" : "long";
  if (clubAsked === null) {
    put("context", `nothing asked ${length}`, 1);
    return;
  }
  const asked = clubAsked.trim();
  const kind = kindOfAsked(asked);
  put("context", "asked", 1);
  put("context", `asked ${kind}`, 1);
  put("context", `asked ${length}`, 1);
  put("context", `asked ${kind} ${length}`, 1);
  for (const word of words.slice(0, SHORT_WORD_COUNT)) {
    put("context", `replied ${classOf(word) ?? word}`, 1 / Math.sqrt(Math.max(words.length, 3)));
  }
  const said = wordsOf(lineOf(tokenize(asked))).slice(-CLUB_WORDS_MAX);
  for (const word of said) {
    put("context", `club ${word}`, 0.5 / Math.sqrt(said.length));
  }
};

const kindOfAsked = (asked: string): string => {
  if (/\breply\b|\b(yes|y) (to|or)\b|\bconfirm/i.test(asked)) {
    return "confirm";
  }
  if (!asked.includes("?")) {
    return "told";
  }
  const last = asked.split(/(?<=[.!?])\s+/).findLast((sentence) => sentence.includes("?")) ?? asked;
  return /\b(what|which|when|where|how|who|cu[aá]l|cu[aá]ndo|qu[eé]|d[oó]nde|c[oó]mo)\b/i.test(last) ? "which" : "whether";
};

const putShape = (text: string, { put, read }: { read: ReadText; put: Sink }): void => {
  const words = wordsOf(read.line);
  const marks = [
    true,
    words.length <= 1,
    words.length <= 3,
    words.length <= 6,
    words.length <= 12,
    words.length > 25,
    words.length > 50,
    /[?¿]/.test(text),
    /\?\s*$/.test(text),
    /\?\s*\?/.test(text),
    /!/.test(text),
    /!\s*!/.test(text),
    text.includes("\n"),
    /\p{Extended_Pictographic}/u.test(text),
    /[👍👌🙏❤🎉💪😊🙌😍🔥]/u.test(text),
    /[😡🤬😤🙄👎😠]/u.test(text),
    /\$\s*\d/.test(text),
    /https?:|www\./i.test(text),
    text.length > 12 && text === text.toUpperCase() && /\p{Lu}/u.test(text),
    read.language === "es",
    read.language !== "es" && read.language !== "en",
    read.language === "en",
    /\b(what|when|where|which|how|who|do you|does|is there|are there|can i|qu[eé]|cu[aá]nto|c[oó]mo|d[oó]nde|cu[aá]ndo)\b/i.test(text),
    /^(hi|hey|hello|hola|good (morning|evening|afternoon))\b/i.test(text),
    /\b\d{1,2}(:\d\d)?\s?(am|pm)\b/i.test(text),
    /\b(thanks|thank you|thx|ty|gracias)\b/i.test(text),
    read.cues.length === 0,
  ];
  marks.forEach((isTrue, place) => {
    if (isTrue) {
      put("shape", place, 1);
    }
  });
};

/** FNV-1a over UTF-16 code units, stirred once more so that the low bits are good. */
export const hash = (text: string): number => {
  let value = 0x81_1c_9d_c5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01_00_01_93);
  }
  value ^= value >>> 15;
  return Math.imul(value, 0x2c_1b_3c_6d) >>> 0;
};
