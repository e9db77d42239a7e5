import { maskCardNumbers } from "./card-numbers.ts";

/** Chosen by us: longer than any message a person types; the rest of a longer e-mail is cut away at ingest. */
export const INBOUND_MAX_CHARACTERS = 10_000;
/** Chosen by us: what is looked at before cleaning, so that a hostile megabyte costs nothing. */
const RAW_MAX_CHARACTERS = 100_000;
/** A card number that stands across the cut is still seen whole. */
const CARD_SLACK_CHARACTERS = 100;
/** Chosen by us: two lines of the conversation list. */
export const PREVIEW_MAX_CHARACTERS = 140;
/** Stands at the end of a text that was cut. */
export const CUT_MARK = " […]";

/**
 * Characters that show nothing and can hide instructions or split words: zero-width and joining characters,
 * bidirectional controls, variation selectors, the tag block U+E0000–E007F, invisible operators and fillers
 * (the OWASP LLM01:2026 list is contained in Unicode's default-ignorable code points). Emoji joined by U+200D
 * fall apart into their parts, which people still recognise.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;
/** NUL and the other control characters; tab and newline stay. PostgreSQL refuses NUL in a text. */
// oxlint-disable-next-line no-control-regex -- these very characters are to be found.
const CONTROL = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const NEWLINE = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;

export type CleanText = {
  readonly text: string;
  /** The raw text was longer than `INBOUND_MAX_CHARACTERS`; the kept text ends with `CUT_MARK`. */
  readonly isCut: boolean;
  readonly hadInvisible: boolean;
  /** Card numbers that were masked down to their last four digits. */
  readonly maskedCardCount: number;
};

/** The form in which a text from outside is stored, shown and read: NFC, visible characters only, bounded. */
export const cleanInbound = (raw: string): CleanText => {
  const visible = stripInvisible(raw.slice(0, RAW_MAX_CHARACTERS)).replace(NEWLINE, "\n").normalize("NFC").trim();
  const masked = maskCardNumbers(visible.slice(0, INBOUND_MAX_CHARACTERS + CARD_SLACK_CHARACTERS));
  const isCut = raw.length > RAW_MAX_CHARACTERS || visible.length > INBOUND_MAX_CHARACTERS;
  return {
    text: isCut ? cutTo(masked.text, INBOUND_MAX_CHARACTERS) : masked.text,
    isCut,
    hadInvisible: containsInvisible(raw.slice(0, RAW_MAX_CHARACTERS)),
    maskedCardCount: masked.count,
  };
};

export const containsInvisible = (text: string): boolean => text.search(INVISIBLE) !== -1;

/** Removes what cannot be seen: invisible and control characters and halves of surrogate pairs. */
export const stripInvisible = (text: string): string => text.replace(LONE_SURROGATE, "").replace(INVISIBLE, "").replace(CONTROL, "");

/** One line for lists: all white space is one blank, at most `PREVIEW_MAX_CHARACTERS`. */
export const previewOf = (text: string): string => {
  const line = stripInvisible(text).replace(/\s+/gu, " ").trim();
  return line.length <= PREVIEW_MAX_CHARACTERS ? line : `${wholeCharacters(line, PREVIEW_MAX_CHARACTERS - 1).trimEnd()}…`;
};

/** Vendors turn typographic marks into plain ones on the way; both spellings are the same text. */
const PLAIN_MARKS: Readonly<Record<string, string>> = {
  "‘": "'",
  "’": "'",
  "‚": "'",
  "‛": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "‐": "-",
  "‑": "-",
  "‒": "-",
  "–": "-",
  "—": "-",
  "―": "-",
  "−": "-",
};
const MARKED = new RegExp(`[${Object.keys(PLAIN_MARKS).join("")}]`, "gu");

/** The form in which two texts are compared: case, spacing, quotes and dashes do not count. */
export const normaliseForHash = (text: string): string =>
  stripInvisible(text)
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFKC")
    .replace(MARKED, (mark) => PLAIN_MARKS[mark] ?? mark)
    .replace(/\s+/gu, " ")
    .trim();

/** Cuts to at most `maxCharacters` with the mark at the end. */
const cutTo = (text: string, maxCharacters: number): string =>
  `${wholeCharacters(text, maxCharacters - CUT_MARK.length).trimEnd()}${CUT_MARK}`;

/** The beginning of a text without half a surrogate pair at its end. */
const wholeCharacters = (text: string, maxCharacters: number): string => text.slice(0, maxCharacters).replace(LONE_SURROGATE, "");
