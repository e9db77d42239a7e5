import { readClaims } from "./claims.ts";

/**
 * What stands in place of what was removed. The guards hold a draft in which one of these stands, so a model that
 * copies one cannot send it.
 */
export const PLACEHOLDERS = { name: "[name]", phone: "[phone]", amount: "[amount]", link: "[link]" } as const;

/** A run of letters is tried from its beginning alone: from each of its places, a thousand letters would be a million steps. */
const EMAIL = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** Member numbers, codes and what is left of telephone and card numbers. */
const LONG_NUMBER = /(?:\+|\b)\d(?:[ ().-]{0,2}\d){4,}(?!\w)|•+\d*/gu;
const CALLS =
  "hi|hello|hey|hola|dear|thanks|thank you|thx|gracias|sincerely|regards|cheers|ask for|speak to|speak with|talk to|talk with|this is|soy|name is|i'm|i’m|me llamo";
/** Who is greeted, thanked or named as the one to ask, also where nobody told us the name. A name is known by its capital letter. */
const ADDRESSED = new RegExp(
  `(?<=\\b(?:${CALLS.replaceAll(/(^|\|)(\w)/gu, (_all, before: string, letter: string) => `${before}[${letter}${letter.toUpperCase()}]`)})[ ,]{1,2})(\\p{Lu}[\\p{L}'’-]+)(?: \\p{Lu}[\\p{L}'’-]+)?`,
  "gu",
);
const SIGNED = /(?<=(?:^|\n|[.!?] )[-–—~] ?)\p{Lu}[\p{L}'’-]+(?=\s*$)/gmu;
/** Words with a capital letter that follow a greeting and are nobody's name. */
const NO_NAMES: ReadonlySet<string> = new Set(
  "there team everyone all folks guys spotter coach monday tuesday wednesday thursday friday saturday sunday yes no we you the our your it i for and so just please can is are do hope good great see welcome".split(
    " ",
  ),
);

type Known = { /** Of the people it may speak of. */ readonly names: readonly string[] };

/** A text from which nobody can be told: names, addresses, telephone numbers, links and amounts of money are placeholders. */
export const redact = (text: string, { names }: Known): string => {
  const plain = text.replaceAll(EMAIL, PLACEHOLDERS.link);
  const withoutFigures = withoutClaims(plain).replaceAll(LONG_NUMBER, PLACEHOLDERS.phone);
  return withoutNames(withoutFigures, names);
};

const PLACEHOLDER_OF = { link: PLACEHOLDERS.link, phone: PLACEHOLDERS.phone, money: PLACEHOLDERS.amount } as const;

const withoutClaims = (text: string): string => {
  const spans = readClaims(text).flatMap(({ kind, span }) =>
    kind === "link" || kind === "phone" || kind === "money" ? [{ span, placeholder: PLACEHOLDER_OF[kind] }] : [],
  );
  // The longest first, so that "$15.50" is gone before "$15" is looked for.
  return spans
    .toSorted((left, right) => right.span.length - left.span.length)
    .reduce((rest, { span, placeholder }) => (span === "" ? rest : rest.replaceAll(span, placeholder)), text);
};

/** The same for names alone: what a club charges and where it is found stays. */
export const withoutNames = (text: string, names: readonly string[]): string => {
  const known = [...new Set(names.flatMap((name) => [name.trim(), ...name.trim().split(/\s+/u)]))]
    .filter((part) => (part.match(/\p{L}/gu) ?? []).length >= 2)
    .toSorted((left, right) => right.length - left.length);
  const withoutKnown = known.reduce((rest, name) => rest.replaceAll(wordOf(name), PLACEHOLDERS.name), text);
  return withoutKnown
    .replaceAll(ADDRESSED, (words, first: string) => (NO_NAMES.has(first.toLowerCase()) ? words : PLACEHOLDERS.name))
    .replaceAll(SIGNED, PLACEHOLDERS.name)
    .replaceAll(/\[name\](?: \[name\])+/gu, PLACEHOLDERS.name);
};

/** A name of a person as a word of its own; what already is a placeholder stays one. */
const wordOf = (name: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}\\[])${RegExp.escape(name)}(?![\\p{L}\\p{N}\\]])`, "giu");
