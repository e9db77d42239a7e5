import { names } from "./names.ts";
import type { ReadArticle, Sentence } from "./library.ts";
import type { Question } from "./read-question.ts";
import type { Asked } from "./read-words.ts";
import { plainWordsOf } from "./stems.ts";

/** The frame of a plain question: "do you have …", "how much is …", "what time do you …". */
const FRAME: ReadonlySet<string> = new Set(
  (
    "a an the is are there do does did you u yall guys your ur i we my me us it they of for to at on in what whats time when where how much can could may " +
    "get got have has any some please thanks hi hello hey and or with be allowed offer sell tell about wondering was if would like know " +
    "today tonight tomorrow mon monday tue tuesday wed wednesday thu thursday fri friday sat saturday sun sunday mondays tuesdays wednesdays thursdays " +
    "fridays saturdays sundays weekend weekends weekdays still going will xmas christmas eve thanksgiving new years year day holiday holidays memorial labor easter hey im new in town " +
    "a al de del el la los las un una hay tienen tiene puedo se es son esta hasta hoy manana para por favor hola su sus mi lunes martes miercoles jueves viernes sabado sabados domingo domingos"
  ).split(" "),
);

/**
 * Whether a question says nothing but what the title and the sentences name, word by word. Any other word could turn
 * it into a question that the article leaves open: "adult", "single", "how many", "out of town".
 */
export const isPlainlyAnswered = (
  question: Question,
  { article, sentences }: { readonly article: ReadArticle; readonly sentences: readonly Sentence[] },
): boolean => {
  const things = question.asked.filter(({ kind }) => kind !== "aspect" && kind !== "person");
  const named = question.asked.filter(
    (asked) => asked.kind === "aspect" || names(article.title, asked) || sentences.some((sentence) => names(sentence, asked)),
  );
  const covered = new Set(named.flatMap(({ text }) => text.split(" ")));
  // Two sentences that name one thing each do not say that the one holds for the other.
  const isInOne = sentences.some(
    (sentence) =>
      things.every((asked) => names(article.title, asked) || names(sentence, asked)) &&
      [...question.kinds].every((kind) => sentence.kinds.has(kind)),
  );
  return (
    things.some((asked) => names(article.title, asked)) &&
    isInOne &&
    things.every((asked) => asked.kind === "way" || isSaid(asked, { article, sentences })) &&
    !NUMBER.test(question.text) &&
    plainWordsOf(question.text).every((word) => FRAME.has(word) || covered.has(word))
  );
};

/** In the club's own words: a wording that is only like it, such as the juice bar for the snack bar, may be another thing. */
const isSaid = (
  { stems }: Asked,
  { article, sentences }: { readonly article: ReadArticle; readonly sentences: readonly Sentence[] },
): boolean =>
  stems.every((stem) => article.title.stems.has(stem)) || sentences.some((sentence) => stems.every((stem) => sentence.stems.has(stem)));

/** How many, and which one of several, is told by a figure that must be the right one. */
const NUMBER = /\d|\bhow many\b|\b(single|half|double|adults?|kids|per)\b/i;
