import { asksAboutNow } from "./kinds-of-answer.ts";
import type { ReadArticle } from "./library.ts";
import { isWeighty, names } from "./names.ts";
import { agesAsked, holidaysIn, weekdaysIn } from "./occasions.ts";
import { mayNarrow } from "./qualifiers.ts";
import { type Asked, isOccasion, readAsked } from "./read-words.ts";
import { stemsOf } from "./stems.ts";

/** A longer text is a letter. */
const TEXT_MAX_CHARACTERS = 300;

/** Where one clause ends and another begins; people leave out the comma before "I'm …". */
const CLAUSE_END =
  /[.!?;,()\n]+\s*|\s+[-–—]+\s+|(?<!\b(?:if|when|that|where|what|how|can|do|does|since|because|cause|and|or|but|will|should|may|could|would|did|are|is|am|as|than|while|which|who|the|a|to|for|with|of|in|at|on|my|your|think|know|say|so))\s+(?=(?:i'?d be|i'?ll be|i'?m|i am|we'?re|we'?d be|we'?ll be|we are|my)\s)/iu;

/** A clause that begins like a question; a verb of asking further in may as well be told: "my commute is awful". */
const BEGINS_TO_ASK =
  /^\W*(?:(?:so|and|but|also|or|ok|okay|btw|well|just|please|pls)\W+)*(?:what|whats|what's|when|whens|where|wheres|which|how|hows|do|does|is|are|can|could|would|should|did|may|will|who|any|u (?:have|got)|you (?:have|got)|got any)(?![\p{L}\p{N}])/iu;

/**
 * What may be left out: where somebody comes from and what brings them. Whatever else is told may change the answer: a health condition,
 * something broken, one more thing that is asked for ("do you have showers, a sauna").
 */
const MERE =
  /^\W*(?:(?:so|and|but|btw|cause|since)\s+)*(?:(?:i|we)(?:['’]?(?:m|d|ll|re|ve)| am| are| would| will| have)?(?: be| been)?(?: just| only)? (?:com(?:e|ing)|driv(?:e|ing)|head(?:ed|ing)|visit(?:ing)?|travel+ing|in town|new (?:here|in town|to)|mov(?:ed|ing)|curious|asking|wondering|planning|looking)|just (?:moved|curious|visiting|travel+ing|wondering|asking)|(?:im|ive|id|ill) (?:just )?(?:coming|driving|heading|visiting|travel+ing|in town|new (?:here|in town|to)|moving|curious|asking|wondering)|my commute|my (?:last|old) (?:gym|place|club))(?![\p{L}\p{N}])/iu;

/** What it is about stands in what would be left out. */
const POINTS_TO_TOLD = /(?<![\p{L}\p{N}'’])(?:it|they|them|he|she|him|her|that|this|ones?)(?![\p{L}\p{N}'’])/iu;

/** Figures, also in letters, and what takes something away. */
const COUNTS =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|couple|both|few|several|half|no|not|without|n't|never|only)\b|n['’]?t\b/i;

type Club = { readonly articles: readonly Pick<ReadArticle, "whole">[]; readonly known: ReadonlySet<string> };

/**
 * A question without the mere circumstances that are told beside it: "do you have showers, i'd be coming straight from the office" asks for
 * showers. Where the club's articles speak of what is told it may be a condition of what they say, and stays; so does what has a day, an age,
 * a figure or another word that narrows a question. `null` = there is nothing to take off, or nothing would be left that asks for something of
 * the club's.
 */
export const withoutCircumstances = (text: string, { articles, known }: Club): string | null => {
  const clauses =
    text.length > TEXT_MAX_CHARACTERS
      ? []
      : text
          .replaceAll(/[^\S\n]+/gu, " ")
          .split(CLAUSE_END)
          .filter((clause) => /\p{L}/u.test(clause));
  const asking = clauses.filter((clause) => BEGINS_TO_ASK.test(clause));
  const told = clauses.filter((clause) => !BEGINS_TO_ASK.test(clause));
  const core = asking.join(" ");
  if (asking.length === 0 || told.length === 0 || POINTS_TO_TOLD.test(core)) {
    return null;
  }
  const asked = readAsked(core, known);
  const isSaid = (one: Asked): boolean => articles.some(({ whole }) => names(whole, one));
  const isMere = (clause: string): boolean =>
    MERE.test(clause) &&
    !narrows(clause) &&
    readAsked(clause, known).every((one) => asked.some(({ stems }) => stems.join(" ") === one.stems.join(" ")) || !isSaid(one));
  return asked.some((one) => isWeighty(one) && isSaid(one)) && told.every(isMere) ? core : null;
};

const narrows = (clause: string): boolean =>
  COUNTS.test(clause) ||
  mayNarrow(clause) ||
  asksAboutNow(clause) ||
  weekdaysIn(clause).size > 0 ||
  holidaysIn(clause).size > 0 ||
  agesAsked(clause).length > 0 ||
  stemsOf(clause.replaceAll(/\bwe['’]d\b/gi, "we")).some(isOccasion);
