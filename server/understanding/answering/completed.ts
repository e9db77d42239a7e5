import { WEEK_DAYS } from "../../domain/known-hours.ts";
import type { ReadArticle, Sentence } from "./library.ts";
import { isWeighty, names } from "./names.ts";
import type { Question } from "./read-question.ts";

type Quote = { readonly article: ReadArticle; readonly sentences: readonly Sentence[] };

/**
 * Sentences with those of their article that they do not stand without: what comes after a question ("Left something behind?"), and, where
 * no day is asked about, what is said of the other days of the week: the desk's hours of Friday are no answer to when it opens. `null` =
 * that would be a list, and a list with something missing looks complete.
 */
export const completed = <Q extends Quote>(question: Question, quote: Q): Q | null => {
  const { article, sentences } = quote;
  const wanted = new Set(sentences);
  for (const sentence of sentences) {
    const next = article.sentences[article.sentences.indexOf(sentence) + 1];
    if (sentence.text.endsWith("?") && next !== undefined) {
      wanted.add(next);
    }
    if (isOfSomeDays(sentence) && asksWhen(question)) {
      const others = article.sentences.filter((other) => isSameOfOtherDays(other, { question, sentence }));
      if (others.some((other) => others.some((another) => another !== other && !another.weekdays.isDisjointFrom(other.weekdays)))) {
        return null;
      }
      others.forEach((other) => wanted.add(other));
    }
  }
  return wanted.size === sentences.length ? quote : { ...quote, sentences: article.sentences.filter((sentence) => wanted.has(sentence)) };
};

/** At what time, of no day in particular. */
const asksWhen = ({ dates, holidays, isAboutNow, kinds, weekdays }: Question): boolean =>
  (kinds.has("hours") || kinds.has("date") || kinds.has("weekday")) &&
  weekdays.size === 0 &&
  dates.length === 0 &&
  holidays.size === 0 &&
  !isAboutNow;

const isOfSomeDays = ({ weekdays }: Sentence): boolean => weekdays.size > 0 && weekdays.size < WEEK_DAYS;

/** It speaks of what is asked as the sentence does, and of none of its days. */
const isSameOfOtherDays = (
  other: Sentence,
  { question, sentence }: { readonly question: Question; readonly sentence: Sentence },
): boolean =>
  isOfSomeDays(other) &&
  other.weekdays.isDisjointFrom(sentence.weekdays) &&
  sentence.kinds.has("hours") &&
  (other.kinds.has("hours") || IS_NONE.test(other.compared)) &&
  question.asked.filter(isWeighty).every((asked) => names(other, asked) || !names(sentence, asked));

const IS_NONE = /^(?:nobody|no one|no|not|closed)\b/i;
