import type { Encode } from "../../domain/sentence-vectors.ts";
import { type Features, featuresOf, readText } from "../features.ts";
import { type Head, openHead } from "../heads.ts";
import { scoresOf } from "../judge.ts";
import stored from "./answer-asides.json" with { type: "json" };
import { asksAboutNow } from "./kinds-of-answer.ts";
import type { ReadArticle } from "./library.ts";
import { isWeighty, names } from "./names.ts";
import { agesAsked, datesIn, holidaysIn, weekdaysIn } from "./occasions.ts";
import { mayNarrow } from "./qualifiers.ts";
import { asEncoded } from "./read-question.ts";
import { readAsked } from "./read-words.ts";

/** A longer text is a letter. */
const TEXT_MAX_CHARACTERS = 400;

/** After these nothing new begins: "what do you", "let me know if you", "the class i booked". */
const GOES_ON =
  "(?<!\\b(?:if|when|that|where|what|whats|how|can|do|does|since|because|cause|and|or|but|will|should|may|could|would|did|are|is|am|as|than|while|which|who|the|a|to|for|with|of|in|at|on|my|your|think|know|say|said|so|whether|until|til|till|before|after|like|wonder|wondering|ask|asking|tell|me|see|sure|much|many|time|day|days|long|often|late|early|old|far))";
/** Somebody begins to tell. */
const TELLS =
  "(?:(?:i['’]?(?:d|ll|m|ve)?|we['’]?(?:re|d|ll|ve)?|its|it['’]s|just|sorry|asking)\\s|(?:my|our)\\s+\\p{L}+\\s+(?:is|are|was|were|has|had|have|keeps?|says?|said|told|wants?|just)\\s)";
/** Somebody begins to ask. */
const ASKS =
  "(?:(?:is|are|do|does|can|could|may|will|would|should)\\s+(?:it|there|you|u|ya|yall|y['’]all|i|we|the|they|my|your|anyone|anybody|someone)|(?:what|when|where|how|which)(?:['’]?s|['’]?re|\\s+(?:is|are|do|does|did|can|could|would|should|time|much|many|late|early|long|old|about|day|days|kind|often))|any(?:one|body)?\\s+(?:chance|idea))\\s";

/** Where one clause ends and another begins; people leave out the comma before "I'm …" and "do you …". */
const CLAUSE_END = new RegExp(`(?:[.,](?!\\d)|[!?;()\\n])+\\s*|\\s+[-–—]+\\s+|${GOES_ON}\\s+(?=${TELLS}|${ASKS})`, "iu");

/** A clause that begins like a question; a verb of asking further in may as well be told: "my commute is awful". */
const BEGINS_TO_ASK =
  /^\W*(?:(?:so|and|but|also|or|ok|okay|btw|well|just|please|pls)\W+)*(?:what|whats|what's|when|whens|where|wheres|which|how|hows|do|does|is|are|can|could|would|should|did|may|will|who|any|u (?:have|got)|you (?:have|got)|got any)(?![\p{L}\p{N}])/iu;

/** What it is about stands in what would be left out. */
const POINTS_TO_TOLD =
  /(?<![\p{L}\p{N}'’])(?:its?|they|them|their|he|she|him|her|his|that|this|those|these|there|(?:the|another|new|different) ones?)(?![\p{L}\p{N}'’])/iu;

/** Figures, also in letters, and what takes something away. */
const COUNTS = /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|couple|both|few|several|half|without|only)\b/i;

const IDLE: Head = openHead(stored.idle);

type Given = { readonly articles: readonly Pick<ReadArticle, "whole">[]; readonly known: ReadonlySet<string>; readonly encode: Encode };

/**
 * A question without what is told beside it and changes nothing of its answer: "do you have showers, sorry fat thumbs" asks for showers. What is
 * idle is learnt from 4,600 messages (evals/knowledge/asides). Where that is not certain it stays; so does what has a day, an age, a figure or
 * another word that narrows a question. `null` = there is nothing to take off, or nothing would be left that asks for something of the club's.
 */
export const withoutAsides = async (text: string, { articles, encode, known }: Given): Promise<string | null> => {
  const clauses = text.length > TEXT_MAX_CHARACTERS ? [] : clausesOf(text);
  const asking = clauses.filter(({ isAsked }) => isAsked);
  const dispensable = clauses.filter((clause) => !clause.isAsked && !narrows(clause.text));
  const features =
    asking.length === 0
      ? []
      : await tellingFeatures(
          dispensable.map((clause) => clause.text),
          encode,
        );
  const idle = dispensable.filter((_, place) => {
    const own = features[place];
    return own !== undefined && idleChance(IDLE, own) >= stored.idleFrom;
  });
  const kept = clauses.filter((clause) => !idle.includes(clause));
  if (idle.length === 0 || asking.some((clause) => POINTS_TO_TOLD.test(clause.text))) {
    return null;
  }
  const asked = asking.flatMap((clause) => readAsked(clause.text, known));
  const isOfClub = asked.some((one) => isWeighty(one) && articles.some(({ whole }) => names(whole, one)));
  return isOfClub ? kept.map((clause) => clause.text).join(" ") : null;
};

/** What of a text is weighed, as the classifier of messages reads it. */
export const tellingFeatures = async (texts: readonly string[], encode: Encode): Promise<readonly Features[]> => {
  const vectors = await encode(texts.map(asEncoded));
  return texts.map((text, place) => featuresOf({ text, clubAsked: null, vector: vectors[place] ?? null }, readText(text)));
};

/** The chance that what is told changes nothing. */
export const idleChance = (head: Head, features: Features): number => {
  const [score = 0] = scoresOf(head, features);
  return 1 / (1 + Math.exp(-score));
};

type Clause = { readonly text: string; readonly isAsked: boolean };

/** Clauses that ask, and what is told beside them, each by itself: of two that are told the one may matter. */
const clausesOf = (text: string): readonly Clause[] =>
  text
    .replaceAll(/[^\S\n]+/gu, " ")
    .split(CLAUSE_END)
    .filter((clause) => /[\p{L}\p{N}]/u.test(clause))
    .map((clause) => ({ text: clause, isAsked: BEGINS_TO_ASK.test(clause) }));

const narrows = (clause: string): boolean =>
  COUNTS.test(clause) ||
  mayNarrow(clause) ||
  asksAboutNow(clause) ||
  weekdaysIn(clause).size > 0 ||
  holidaysIn(clause).size > 0 ||
  datesIn(clause).length > 0 ||
  agesAsked(clause).length > 0;
