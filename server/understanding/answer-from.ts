import { type SentenceTranslation, translationIn } from "../domain/article-translations.ts";
import type { AskedQuestion } from "../domain/asked-questions.ts";
import { isMadeOfRules, isNotice } from "../domain/known-hours.ts";
import type { ClubHours } from "../domain/tell-hours.ts";
import type { Encode } from "../domain/sentence-vectors.ts";
import storedBridge from "./answering/answer-bridge.json" with { type: "json" };
import storedTowers from "./answering/answer-towers.json" with { type: "json" };
import storedWeights from "./answering/answer-weights.json" with { type: "json" };
import { answerHours } from "./answer-hours.ts";
import { asCompared, isEnglish, languageOf } from "./answering/as-compared.ts";
import { withoutAsides } from "./answering/asides.ts";
import { unreadIn } from "./answering/in-english.ts";
import { openBridge } from "./answering/bridge.ts";
import { type ReadArticle, readArticles, type Sentence } from "./answering/library.ts";
import { type Question, readQuestion, stemsKnownTo } from "./answering/read-question.ts";
import { bestAnswer, rankArticles, type Scored } from "./answering/score.ts";
import { openTowers } from "./answering/towers.ts";
import { withoutCourtesies } from "./courtesies.ts";
import { pointsBack } from "./refers-back.ts";
import { splitQuestions } from "./sentences.ts";

export type Article = {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** Ways of asking for its sentences; without any it is answered from by its sentences alone. */
  readonly asked?: readonly AskedQuestion[];
  /** Its sentences in other languages, as people approved them. */
  readonly translations?: readonly SentenceTranslation[];
};

export type Answer = {
  /** Sentences of the articles or their translations, word for word. */
  readonly text: string;
  readonly articleIds: readonly string[];
  /** 0..1, the chance that the sentences answer all that was asked. */
  readonly score: number;
};

export type AnswerInput = {
  readonly question: string;
  /** What comes first wins where two say the same: notices and hours before what was written once. */
  readonly articles: readonly Article[];
  readonly encode: Encode;
  /**
   * Only what stands in this language is quoted, as it was written or translated; `null` where somebody translates, and the question's own comes
   * first.
   */
  readonly language: string | null;
  /** The hours by the club's rules: what asks for nothing else is answered from them for the very day; absent = by the articles alone. */
  readonly club?: ClubHours;
};

/** From here on nobody need think about an answer; chosen on the tuning clubs with a margin, see evals/knowledge. */
export const CERTAIN_SCORE = storedWeights.certainFrom;
/** Below this too many drafts would be wrong. */
export const LIKELY_SCORE = storedWeights.likelyFrom;

const BRIDGE = openBridge(storedBridge);
const TOWERS = openTowers(storedTowers);

/**
 * The sentences that answer a question, or `null` when the articles do not say. It only quotes: either every part of
 * a question is answered, or none.
 */
export const answerFrom = async (input: AnswerInput): Promise<Answer | null> => {
  const { articles, question } = input;
  const language = input.language ?? languageOf(question);
  const own = await find({ ...input, language, articles: articles.filter((article) => isSaidIn(article, language)) });
  if (input.language === null) {
    return own ?? find(input);
  }
  if (own === null || !isTranslated(own, { articles, language })) {
    return own;
  }
  // What fits better may be something that nobody has translated yet.
  const others = articles.filter((article) => !isSaidIn(article, language) && !isMadeOfRules(article));
  const other = await find({ question, encode: input.encode, articles: others, language: null });
  return other !== null && other.score > own.score ? null : own;
};

const find = async ({ articles, club, encode, language, question }: AnswerInput): Promise<Answer | null> => {
  const compared = asCompared(question);
  const parts = splitQuestions(compared);
  // Hours are read in both languages, and better in the member's own words.
  const isWhole = parts.length === 1 && compared !== question;
  const given = await open({ articles, encode });
  if (parts.length === 0 || given.articles.length === 0) {
    return null;
  }
  const isUnread = compared !== question && unreadIn(question, given.known).length > 0;
  const answers: PartAnswer[] = [];
  for (const [place, part] of parts.entries()) {
    const before = answers.at(-1)?.scored ?? null;
    // What "they" are stands in the part before: alone this one may be taken for another question.
    const isUnclear = place > 0 && pointsBack(part);
    const hours = club === undefined || isUnclear ? null : answerHours({ question: isWhole ? question : part, articles, club, language });
    const further =
      hours !== null || before === null ? null : await readFurther(part, { ...given, before, previous: parts[place - 1] ?? "" });
    const answer =
      hours === null
        ? (further ?? quoted(await answerPart(part, { ...given, before }), isUnclear ? UNCLEAR_MAX_SCORE : 1))
        : { sentences: [hours.text], articleIds: hours.articleIds, score: READ_WHOLE, scored: null };
    if (answer === null || answer.score < LIKELY_SCORE) {
      return null;
    }
    const sentences = hours === null ? inLanguage(answer, { articles, language }) : answer.sentences;
    if (sentences === null) {
      return null;
    }
    answers.push({ ...answer, sentences });
  }
  return {
    text: [...new Set(answers.flatMap(({ sentences }) => sentences))].join(" "),
    articleIds: [...new Set(answers.flatMap(({ articleIds }) => articleIds))],
    score: Math.min(isUnread ? UNCLEAR_MAX_SCORE : 1, ...answers.map(({ score }) => score)),
  };
};

const open = async ({ articles, encode }: Pick<AnswerInput, "articles" | "encode">): Promise<Given> => {
  const library = await readArticles(articles, { encode, towers: TOWERS });
  return { articles: library, known: stemsKnownTo(library), encode };
};

const isIn = ({ body, title }: Article, language: string): boolean => languageOf(`${title}. ${body}`) === language;

type Quoted<Language = string> = { readonly articles: readonly Article[]; readonly language: Language };

const isTranslated = ({ articleIds }: Answer, { articles, language }: Quoted): boolean =>
  articles.some((article) => articleIds.includes(article.id) && !isMadeOfRules(article) && !isIn(article, language));

/** Written in a language or translated into it, at least in parts. A notice holds in all of them. */
const isSaidIn = (article: Article, language: string): boolean =>
  isIn(article, language) || isNotice(article) || (article.translations ?? []).some((one) => one.language === language);

/** The sentences of an answer as they stand in a language; null where one of them does not. */
const inLanguage = (
  { articleIds: [id], sentences }: Pick<PartAnswer, "articleIds" | "sentences">,
  { articles, language }: Quoted<string | null>,
): readonly string[] | null => {
  const article = articles.find((one) => one.id === id);
  if (language === null || article === undefined || isIn(article, language)) {
    return sentences;
  }
  const translated = sentences.flatMap((sentence) => translationIn(article.translations ?? [], { language, sentence }) ?? []);
  return translated.length === sentences.length ? translated : null;
};

/** Somebody looks at it, whatever it scores. */
const UNCLEAR_MAX_SCORE = Math.min(0.8, CERTAIN_SCORE - 0.01);

/** Every word of the question was read, and the answer is a rule of the club's. */
const READ_WHOLE = 0.99;

type PartAnswer = {
  readonly sentences: readonly string[];
  readonly articleIds: readonly string[];
  readonly score: number;
  /** Null = it was told and not quoted: nothing that comes after goes on about its article. */
  readonly scored: Scored | null;
};

const quoted = (scored: Scored | null, maxScore = 1): PartAnswer | null =>
  scored === null
    ? null
    : {
        sentences: scored.sentences.flatMap((sentence) => withWhatIsPossible(sentence, scored.article)),
        articleIds: [scored.article.id],
        score: Math.min(maxScore, scored.score),
        scored: { ...scored, score: Math.min(maxScore, scored.score) },
      };

type Further = Given & { readonly before: Scored; readonly previous: string };

/** The second part, read alone within the article, must score at least this before the reading of both as one may make it certain. */
const SAYS_SOMETHING_FROM = 0.6;

/**
 * A part that goes on about the article of the part before: "how long is a hold" – "and what does it cost". It does where both parts, read as
 * one, find that article. It is certain where the article answers it by itself, and it either says what it is about or both readings share a
 * sentence; or where both as one are certain and share a sentence with it. Null = it is another matter, or not certain.
 */
const readFurther = async (part: string, { before, previous, ...given }: Further): Promise<PartAnswer | null> => {
  const whole = await answerPart(`${previous} ${part}`, { ...given, before: null });
  if (whole === null || whole.article !== before.article) {
    return null;
  }
  const within = bestAnswer(await read(part, given), { articles: [before.article], bridge: BRIDGE, weights: storedWeights });
  if (within === null) {
    return null;
  }
  const isSame = tellsSame(within, whole);
  // Of several sentences of the article "it" may be any: the price of the yearly plan and that of the monthly one.
  const isWithin = within.score >= CERTAIN_SCORE && (isSame || !pointsBack(part));
  const isWhole = isSame && whole.score >= CERTAIN_SCORE && within.score >= SAYS_SOMETHING_FROM;
  if (!isWithin && !isWhole) {
    return null;
  }
  const told = new Set([...within.sentences, ...(isWhole ? whole.sentences : [])]);
  const score = Math.max(isWithin ? within.score : 0, isWhole ? whole.score : 0);
  return quoted({ article: before.article, sentences: before.article.sentences.filter((sentence) => told.has(sentence)), score });
};

const tellsSame = (left: Scored, right: Scored): boolean => left.sentences.some((sentence) => right.sentences.includes(sentence));

/** Articles that speak of what is asked, best first; none where no article does. */
export const articlesAbout = async <A extends Article>(
  question: string,
  { articles, encode }: { readonly articles: readonly A[]; readonly encode: Encode },
): Promise<readonly A[]> => {
  const given = await open({ articles, encode });
  const asked = await read(withoutCourtesies(asCompared(question)), given);
  const ids = rankArticles(asked, { articles: given.articles, bridge: BRIDGE, weights: storedWeights });
  return ids.flatMap((id) => articles.find((article) => article.id === id) ?? []);
};

/** "No metal spikes." is no answer of a friendly person: the sentence before it tells what is possible. */
const withWhatIsPossible = ({ compared, index, text }: Sentence, { sentences }: ReadArticle): readonly string[] => {
  const before = FORBIDS.test(compared) ? sentences[index - 1] : undefined;
  return before === undefined || before.index !== index - 1 ? [text] : [before.text, text];
};

const FORBIDS = /^(?:no\b|please do not\b|please don't\b|do not\b|don't\b)/i;

type Given = {
  readonly articles: readonly ReadArticle[];
  /** Stems that the club uses. */
  readonly known: ReadonlySet<string>;
  readonly encode: Encode;
};
/** With what the part before found. */
type GivenBefore = Given & { readonly before: Scored | null };

/** The whole text; if that is not certain, also the text without what is idly told: the surer reading counts if both share a sentence. */
const answerPart = async (text: string, given: GivenBefore): Promise<Scored | null> => {
  const whole = await answerText(text, given);
  if (whole === null || whole.score >= CERTAIN_SCORE) {
    return whole;
  }
  const core = await withoutAsides(text, given);
  const bare = core === null ? null : await answerText(core, given);
  return bare !== null && bare.score > whole.score && bare.article === whole.article && tellsSame(bare, whole) ? bare : whole;
};

const answerText = async (text: string, { before, ...given }: GivenBefore): Promise<Scored | null> => {
  const question = await read(text, given);
  if (question.asked.length === 0 && question.kinds.size === 0 && question.holidays.size === 0 && question.weekdays.size === 0) {
    return null;
  }
  const namesNothing = !question.asked.some(({ kind }) => kind === "thing" || kind === "unknown");
  // "and does it take cash?" goes on about what the part before found.
  const articles = before !== null && namesNothing ? [before.article] : given.articles;
  return bestAnswer(question, { articles, bridge: BRIDGE, weights: storedWeights });
};

const read = async (text: string, { encode, known }: Given): Promise<Question> =>
  readQuestion(text, { known, encode, towers: TOWERS, isEnglish: isEnglish(text) });
