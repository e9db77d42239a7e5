import { isPlain } from "./lexicon.ts";
import { names } from "./names.ts";
import type { ReadArticle, Sentence } from "./library.ts";
import type { KnownQuestion, Question } from "./read-question.ts";
import { isOccasion } from "./read-words.ts";

/** A measure that is asked for, and what a sentence that gives it says. */
const MEASURES: readonly (readonly [asked: RegExp, given: RegExp])[] = [
  [/\bhow fast\b|\bspeed\b/i, /\b(mbps|gigabit|fast|speed)\b/i],
  [/\bhow (deep|tall|high|long is the pool)\b/i, /\b(feet|foot|inch(es)?|yards?|meters?|deep|tall)\b/i],
  [/\bhow (hot|warm|cold)\b|\btemp(erature)?\b/i, /\b(degrees|heated|°)/i],
  [/\bhow heavy\b|\bheaviest\b/i, /\b(pounds?|lbs?|kilos?|kg)\b/i],
  [/\b(what|which) brand\b|\bwhat (kind|make) of\b/i, /\b\p{Lu}\p{Ll}+\b.*\b\p{Lu}\p{Ll}*\d?\b/u],
  [/^\W*(so |hey |hi )?(who|whos|who's)\b|\bwhich (trainer|coach|instructor|companies)\b/i, /(?<=[\p{Ll},:] )\p{Lu}\p{Ll}+/u],
  [
    /\bhow many\b(?! (days|weeks|months|years|minutes|hours|times))/i,
    /\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|no limit)\b/i,
  ],
  [/\bhow long (is|are|does|do)\b/i, /\b(minutes?|mins?|hours?|days?|weeks?|months?|years?|never|until|seasons?)\b/i],
  // Until when is no start.
  [
    /\bwhen (do|does|will|is|are)\b.*\b(start|begin)s?\b/i,
    /\b(starts?|begins?|runs?|from|opens?)\b|^(?!.*\b(by|until|before|no later than)\b)/i,
  ],
  [/\bhow (many|long|much).*\bexpire\b|\bexpires?\b/i, /\b(expires?|valid|good for|good until)\b/i],
  [
    /\bhow much (is|are|for|does|do)\b|\bcost\b|\bprice\b/i,
    /[$€£] ?\d|\d ?%|\b(free|included|(memberships?|plans?|pass(es)?|dues) includes?|no (extra )?(charge|cost|fee)|complimentary|waived?|gratis)\b/i,
  ],
];

/** Words that part one thing from another of the same name: what holds in winter says nothing of summer. */
const OPPOSITES: readonly (readonly RegExp[])[] = [
  [/\bsummer\b/i, /\bwinter\b/i, /\bspring\b/i, /\b(fall|autumn)\b/i],
  [/\bindoors?\b/i, /\b(outdoors?|outside)\b/i],
  [/\b(adults?|grown ?ups?)\b/i, /\b(kids?|child(ren)?|youth|juniors?|teens?)\b/i],
  [/\b(women'?s?|ladies)\b/i, /\b(men'?s?|guys)\b/i],
  [/\b(morning|am)\b/i, /\b(evening|night)\b/i],
  [/\bprivate\b/i, /\bgroup\b/i],
];

/** Less for more of it: what one hour costs tells nothing of what the fifth does. */
const ASKS_BULK =
  /\b(?:cheaper|discount(?:ed|s)?|lower (?:price|rate)|price break|deal)\b.*\b(?:if|for|when)\b.*(?:\b(?:several|multiple|bulk|longer)\b|\b(?:\d+|two|three|four|five|six|ten) (?:hours?|hrs?|days?|weeks?|months?|visits?|sessions?)\b)/i;
const GIVES_BULK =
  /\b(?:discounts?|discounted|cheaper|off|bulk|packages?|packs?|bundles?|prepaid|punch cards?|(?:hour|visit)s? cards?)\b|%/i;

type Quote = {
  readonly article: ReadArticle;
  readonly sentences: readonly Sentence[];
  /** Questions that are known to be answered by them: what those name is answered, though the sentences name it otherwise. */
  readonly known?: readonly KnownQuestion[];
};

/**
 * Whether something in a question can not have been answered by these sentences, however alike they are. Each rule
 * stands for a kind of answer that fits but for one word.
 */
export const isBesideThePoint = (question: Question, { article, known = [], sentences }: Quote): boolean => {
  const quote = sentences.map(({ compared }) => compared).join(" ");
  const isKnown = known.length > 0;
  return (
    // How much of a question is said in no way of asking for the same is weighed; without any such ways nothing may be missing.
    (!isKnown && isAnyMissing(question, { article, sentences })) ||
    question.isAboutNow ||
    MEASURES.some(([asked, given]) => asked.test(question.text) && !given.test(quote)) ||
    OPPOSITES.some((sides) => isOnTheOtherSide(sides, { asked: question.text, quote })) ||
    (ASKS_BULK.test(question.text) && !GIVES_BULK.test(quote)) ||
    misses(question, { article, sentences }) ||
    isOfAnotherDay(question, quote) ||
    isKnownBeside(question, { article }) ||
    (isKnown && isNarrower(question.text, [quote, ...known.map(({ text }) => text)]))
  );
};

const isAnyMissing = (question: Question, { article, sentences }: Quote): boolean =>
  question.asked
    .filter(({ kind }) => kind === "thing" || kind === "unknown")
    .some((asked) => !names(article.title, asked) && !sentences.some((sentence) => names(sentence, asked)));

/** "On the 24th" is a day that only a sentence with this day answers, unless it was read as a date or a holiday. */
const isOfAnotherDay = ({ dates, holidays, text }: Question, quote: string): boolean =>
  dates.length === 0 &&
  holidays.size === 0 &&
  [...text.matchAll(/\b(\d{1,2})(?:st|nd|rd|th)\b/gi)].some(
    ([, day = ""]) => !new RegExp(String.raw`\b${day}(?:st|nd|rd|th)\b`, "i").test(quote),
  );

/** It has a word that stands in a question which is known to have no answer here, and nowhere else in the article or in what that is known to answer. */
const isKnownBeside = ({ stems }: Question, { article }: Pick<Quote, "article">): boolean =>
  [...stems].some(
    (stem) =>
      !isPlain(stem) &&
      !isOccasion(stem) &&
      !/^\d/.test(stem) &&
      article.beside.some((beside) => beside.stems.has(stem)) &&
      !article.whole.stems.has(stem) &&
      !article.asked.some(({ questions }) => questions.some((known) => known.stems.has(stem))),
  );

/** Words that make one of many out of a thing: what holds for the set need not hold for the single one. */
const NARROWING =
  /\b(single|half|double|second|used|unlimited|annual|yearly|weekly|overnight|only|next(?! (?:week|month|year|time|day|mon|tue|wed|thu|fri|sat|sun)))\b|\b\d+(?=[ -]?(?:min|hour|hr|day|week|month|visit|session|pack|class|people|person|player))/gi;

/** Whether a text has a word that makes another thing out of one of the same name, or one of many. */
export const mayNarrow = (text: string): boolean =>
  OPPOSITES.some((sides) => sides.some((side) => side.test(text))) || text.search(NARROWING) >= 0;

const isNarrower = (asked: string, given: readonly string[]): boolean => {
  const words = new Set(given.flatMap((text) => [...text.toLowerCase().matchAll(/[a-z]+|\d+/g)].map(([word]) => word)));
  return [...asked.matchAll(NARROWING)].some(([word]) => !words.has(word.toLowerCase()));
};

const isOnTheOtherSide = (sides: readonly RegExp[], { asked, quote }: { readonly asked: string; readonly quote: string }): boolean => {
  const named = sides.filter((side) => side.test(asked));
  return named.length === 1 && named.every((side) => !side.test(quote)) && sides.some((side) => !named.includes(side) && side.test(quote));
};

/** A date, a holiday, a day of the week or an age that the sentences leave out or tell otherwise. */
const misses = (question: Question, { article, sentences }: Quote): boolean => {
  const last = sentences.findLast(({ compared }) => THESE_DAYS.test(compared));
  const told = last === undefined ? sentences : [...sentences, ...article.sentences.filter(({ index }) => index < last.index)];
  const holidays = new Set([...article.titleHolidays, ...told.flatMap((sentence) => [...sentence.holidays])]);
  const isAlways = sentences.some(({ compared }) => /\b(every day of the year|365|including holidays)\b/i.test(compared));
  const weekdays = new Set(sentences.flatMap((sentence) => [...sentence.weekdays]));
  const ages = sentences.flatMap((sentence) => sentence.ages);
  const dates = sentences.flatMap((sentence) => sentence.dates);
  const isDated =
    question.dates.length > 0 && !question.dates.some((asked) => dates.some(({ from, to }) => from <= asked.to && to >= asked.from));
  return (
    isDated ||
    [...question.holidays].some((holiday) => !holidays.has(holiday) && !isAlways && !(holiday === "any" && holidays.size > 0)) ||
    (weekdays.size > 0 && [...question.weekdays].some((day) => !weekdays.has(day))) ||
    (question.ages.length > 0 && ages.length > 0 && !question.ages.some((age) => ages.some(({ from, to }) => age >= from && age <= to)))
  );
};

/** The days that are named before it in the article. */
const THESE_DAYS = /\b(?:these|those) (?:days|dates|holidays)\b/i;
