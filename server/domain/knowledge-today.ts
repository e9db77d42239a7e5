import { type SentenceTranslation, standingIn } from "./article-translations.ts";
import { askedIn, type AskedQuestion } from "./asked-questions.ts";
import { impliedBy, supportOf } from "./fact-lock.ts";
import { isFactSayable, isValidOn, type ArticleStatus, type Fact } from "./knowledge.ts";
import { normaliseForHash } from "./text.ts";

export type StoredArticle = {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly facts: readonly Fact[];
  readonly asked?: readonly AskedQuestion[];
  readonly translations?: readonly SentenceTranslation[];
  readonly version: number;
  readonly status: ArticleStatus;
  readonly isStopped: boolean;
  readonly validFromOn: string | null;
  readonly validUntilOn: string | null;
};

/** An article as the agent may quote it on one day. The facts stand in the body as well. */
export type KnownArticle = {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** 0 for what is not written as an article, such as hours and notices. */
  readonly version: number;
  readonly facts: readonly Pick<Fact, "id" | "kind" | "label" | "value">[];
  /** Ways of asking for sentences that stand in the body, and what is asked beside them. */
  readonly asked?: readonly AskedQuestion[];
  /** Sentences of the body in other languages, as they were approved. */
  readonly translations?: readonly SentenceTranslation[];
};

/**
 * What may be said of an article on a day of the club's calendar; `null` = nothing. Of a fact that is stopped or does
 * not hold that day neither the fact nor any sentence that states its value is said. Saying too little is a question
 * that goes to a person; saying a stopped price is the very thing the stop was for.
 */
export const knownOn = (article: StoredArticle, todayOn: string): KnownArticle | null => {
  if (article.status !== "published" || article.isStopped || !isValidOn(article, todayOn)) {
    return null;
  }
  const sayable = article.facts.filter((fact) => isFactSayable(fact, todayOn));
  const silenced = silencedFacts(article.facts, { sayable, todayOn });
  if (silenced.some((fact) => states(article.title, fact))) {
    return null;
  }
  const said =
    silenced.length === 0 ? article.body : withoutSentences(article.body, (sentence) => silenced.some((fact) => states(sentence, fact)));
  const facts = sayable.filter(
    ({ value, label }) => !silenced.some((fact) => fact.stoppedAt !== null && states(`${label}: ${value}`, fact)),
  );
  const read = readText(said);
  const missing = facts.filter((fact) => !isStatedIn(read, fact)).map(({ label, value }) => sentenceOf(label, value));
  const body = [said, ...missing].filter((part) => part !== "").join("\n");
  return body === ""
    ? null
    : {
        id: article.id,
        title: article.title,
        body,
        version: article.version,
        facts: facts.map(({ id, kind, label, value }) => ({ id, kind, label, value })),
        asked: askedIn(article.asked ?? [], body),
        translations: standingIn(article.translations ?? [], body),
      };
};

/** A value that is over may hold again as another fact, such as last winter's price; a stopped one is silenced whoever says it. */
const silencedFacts = (
  facts: readonly Fact[],
  { sayable, todayOn }: { readonly sayable: readonly Fact[]; readonly todayOn: string },
): readonly Fact[] =>
  facts.filter((fact) => !isFactSayable(fact, todayOn) && (fact.stoppedAt !== null || !sayable.some((other) => states(other.value, fact))));

const sentenceOf = (label: string, value: string): string => `${label}: ${value}${/[.!?]$/.test(value) ? "" : "."}`;

/** Claims that alone tell one fact from another; a weekday or a bare number occurs in too many sentences. */
const TELLING: ReadonlySet<string> = new Set(["money", "time", "phone", "link", "date", "percent", "allDay"]);

/** What a text would have to say in order to state a value. Empty for words that hold nothing countable. */
export const tellingValues = (value: string): readonly string[] => {
  const all = [...supportOf([value])];
  const telling = all.filter((each) => TELLING.has(each.split(":")[0] ?? ""));
  // "25 a month" states a price of $25 as well.
  const implied = telling.flatMap((each) => (each.startsWith("money:") ? impliedBy(each) : []));
  return telling.length > 0 ? [...telling, ...implied] : all;
};

/** Whether a text states the value of a fact, in whatever spelling. */
export const states = (text: string, fact: Pick<Fact, "value">): boolean => isStatedIn(readText(text), fact);

/** A text with what it claims, read once for all facts it is compared with. */
type ReadText = { readonly words: string; readonly claims: ReadonlySet<string> };
const readText = (text: string): ReadText => ({ words: normaliseForHash(text), claims: supportOf([text]) });

const isStatedIn = ({ words, claims }: ReadText, { value }: Pick<Fact, "value">): boolean => {
  const wanted = tellingValues(value);
  return wanted.length === 0 ? words.includes(normaliseForHash(value).replace(/[.!?]+$/, "")) : wanted.some((each) => claims.has(each));
};

/** Split too coarsely, more is left out; abbreviations are therefore no danger. */
const SENTENCE_END = /(?<=[.!?]["”)]?)\s+/u;

const withoutSentences = (body: string, isSilenced: (sentence: string) => boolean): string =>
  body
    .split("\n")
    .map((line) =>
      line
        .split(SENTENCE_END)
        .filter((sentence) => !isSilenced(sentence))
        .join(" "),
    )
    .filter((line, index, lines) => line.trim() !== "" || (index > 0 && lines[index - 1]?.trim() !== ""))
    .join("\n")
    .trim();
