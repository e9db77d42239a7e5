import { gistOf, type Gist } from "./concepts.ts";
import { type Article, retrieve } from "./retrieve.ts";
import { splitQuestions, splitSentences } from "./sentences.ts";

export type Answer = {
  /** Sentences of the articles, word for word. */
  readonly text: string;
  readonly articleIds: readonly string[];
  /** 0..1, how much of what was asked the sentences name. */
  readonly score: number;
};

/**
 * The sentences that answer a question, or `null` when the articles do not say. It only quotes. Everything the
 * question names (a pool, a Sunday, Thanksgiving) must stand in the sentence or its title, and a question for
 * a price or a time needs a figure: silence is better than an answer to another question.
 */
export const answerFrom = (question: string, articles: readonly Article[]): Answer | null => {
  const parts = splitQuestions(question).map((part) => answerPart(part, articles));
  const answers = parts.filter((part) => part !== null);
  if (answers.length === 0 || answers.length < parts.length) {
    return null;
  }
  return {
    text: [...new Set(answers.map((answer) => answer.text))].join(" "),
    articleIds: [...new Set(answers.flatMap((answer) => answer.articleIds))],
    score: Math.min(...answers.map((answer) => answer.score)),
  };
};

const CANDIDATE_COUNT = 4;
const SENTENCES_MAX = 3;
/** Of the words the subject table does not know, at least so many must occur as well. */
const WORDS_COVERED_RATIO = 0.5;

const answerPart = (question: string, articles: readonly Article[]): Answer | null => {
  const asked = withoutImplied(gistOf(question));
  if (asked.subjects.size === 0 && asked.words.size === 0) {
    return null;
  }
  for (const { article, score } of retrieve(question, articles).slice(0, CANDIDATE_COUNT)) {
    const text = quoteFrom(article, { asked, wants: figureWanted(question), isHowTo: HOW_TO.test(question) });
    if (text !== null) {
      return { text, articleIds: [article.id], score };
    }
  }
  return null;
};

type Wanted = { readonly asked: Gist; readonly wants: RegExp | null; readonly isHowTo: boolean };
type Sentence = { readonly text: string; readonly index: number; readonly gist: Gist };

const quoteFrom = (article: Article, { asked, isHowTo, wants }: Wanted): string | null => {
  const title = gistOf(article.title);
  const sentences = splitSentences(article.body)
    .map((text, index) => ({ text, index, gist: gistOf(text) }))
    .filter((sentence) => !isForAnotherDay(sentence.gist, asked));
  const missing = new Set([...asked.subjects].filter((subject) => !title.subjects.has(subject)));
  const words = new Set([...asked.words].filter((word) => !title.words.has(word)));
  if (missing.size === 0 && words.size === 0) {
    const fitting = wants === null ? sentences : sentences.filter(({ text }) => wants.test(text));
    if (fitting.length > 0 && (wants !== null || isHowTo)) {
      return join(fitting.slice(0, SENTENCES_MAX));
    }
  }
  const wordsMayMissCount = asked.words.size * (1 - WORDS_COVERED_RATIO);
  const chosen: Sentence[] = [];
  const isSettled = (): boolean =>
    missing.size === 0 && words.size <= wordsMayMissCount && chosen.some(({ text }) => wants?.test(text) ?? true);
  for (const sentence of rankSentences(sentences, { asked, title, wants })) {
    const isUseful =
      chosen.length === 0 ||
      hasAny(missing, sentence.gist.subjects) ||
      hasAny(words, sentence.gist.words) ||
      (wants?.test(sentence.text) ?? false);
    if (isUseful && !isSettled() && chosen.length < SENTENCES_MAX) {
      chosen.push(sentence);
      sentence.gist.subjects.forEach((subject) => missing.delete(subject));
      sentence.gist.words.forEach((word) => words.delete(word));
    }
  }
  return chosen.length > 0 && isSettled() ? join(chosen) : null;
};

const join = (sentences: readonly Sentence[]): string =>
  sentences
    .toSorted((left, right) => left.index - right.index)
    .map(({ text }) => text)
    .join(" ");

const FIGURE_GAIN = 0.6;
const WORD_GAIN = 0.5;
/** What the title names already tells the sentences of its article little apart. */
const TITLE_GAIN = 0.3;

const rankSentences = (
  sentences: readonly Sentence[],
  { asked, title, wants }: { asked: Gist; title: Gist; wants: RegExp | null },
): readonly Sentence[] => {
  const gainOf = ({ gist, text }: Sentence): number => {
    const subjects = [...asked.subjects].filter((subject) => gist.subjects.has(subject));
    const words = [...asked.words].filter((word) => gist.words.has(word));
    const subjectGain = subjects.reduce((sum, subject) => sum + (title.subjects.has(subject) ? TITLE_GAIN : 1), 0);
    return subjectGain + words.length * WORD_GAIN + (wants?.test(text) ? FIGURE_GAIN : 0);
  };
  return sentences
    .map((sentence) => ({ sentence, gain: gainOf(sentence) }))
    .filter(({ gain }) => gain > 0)
    .toSorted((left, right) => right.gain - left.gain || left.sentence.index - right.sentence.index)
    .map(({ sentence }) => sentence);
};

const SPECIAL_DAYS = ["holiday", "christmas", "thanksgiving", "new_year", "easter", "memorial_day", "labor_day", "july_4"] as const;

/** What holds on Thanksgiving does not answer a question for tonight. */
const isForAnotherDay = (gist: Gist, asked: Gist): boolean =>
  SPECIAL_DAYS.some((day) => gist.subjects.has(day) && !asked.subjects.has(day));

const hasAny = (wanted: ReadonlySet<string>, present: ReadonlySet<string>): boolean => [...wanted].some((term) => present.has(term));

const TIME =
  /\b([0-9]{1,2}(:[0-9]{2})? ?(a|p)\.?m\b|[0-9]{1,2}:[0-9]{2}|24 ?(\/|hours?|horas?)|noon|midnight|closed|around the clock|cerrado)/i;
const AMOUNT = /[$€£] ?[0-9]|[0-9] ?(dollars|dolares|usd|cents)|\b(free|included|no charge|complimentary|at no cost|gratis|incluid)/i;

const HOW_TO = /\b(how (do|can|does|to)|c[oó]mo|policy|policies|rules|tell me|info|works?)\b/i;

const figureWanted = (question: string): RegExp | null => {
  if (/\b(how much|price|cost|costs|rate|rates|fee|fees|cu[aá]nto cuesta|precio)\b/i.test(question)) {
    return AMOUNT;
  }
  return /\b(what time|hours|when .*(open|close)|how late|how early|hora|horario|horarios)\b/i.test(question) ? TIME : null;
};

/** Words that only lead up to the subject need not stand in the answer: the "location" of the parking, the "membership" one freezes. */
const withoutImplied = (asked: Gist): Gist => {
  const subjects = new Set(asked.subjects);
  if (subjects.size > 1 && subjects.has("location")) {
    subjects.delete("location");
  }
  if (subjects.has("staffed") && subjects.has("hours")) {
    subjects.delete("hours");
  }
  const others = [...subjects].filter((subject) => !["membership", "price", "hours"].includes(subject) && !subject.startsWith("day:"));
  if (others.length > 0) {
    subjects.delete("membership");
  }
  return { subjects, words: asked.words };
};
