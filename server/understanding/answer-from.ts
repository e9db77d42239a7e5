import type { AskedQuestion } from "../domain/asked-questions.ts";
import type { ClubHours } from "../domain/tell-hours.ts";
import type { Encode } from "../domain/sentence-vectors.ts";
import storedBridge from "./answering/answer-bridge.json" with { type: "json" };
import storedTowers from "./answering/answer-towers.json" with { type: "json" };
import storedWeights from "./answering/answer-weights.json" with { type: "json" };
import { answerHours } from "./answer-hours.ts";
import { openBridge } from "./answering/bridge.ts";
import { withoutCircumstances } from "./answering/circumstances.ts";
import { type ReadArticle, readArticles, type Sentence } from "./answering/library.ts";
import { readQuestion, stemsKnownTo } from "./answering/read-question.ts";
import { bestAnswer, rankArticles, type Scored } from "./answering/score.ts";
import { openTowers } from "./answering/towers.ts";
import { detectLanguage } from "./language.ts";
import { pointsBack } from "./refers-back.ts";
import { splitQuestions } from "./sentences.ts";
import { tokenize } from "./tokens.ts";

export type Article = {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** Ways of asking for its sentences; without any it is answered from by its sentences alone. */
  readonly asked?: readonly AskedQuestion[];
};

export type Answer = {
  /** Sentences of the articles, word for word. */
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
  /** Only articles in this language are quoted; `null` where somebody translates. */
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
export const answerFrom = async ({ articles, club, encode, language, question }: AnswerInput): Promise<Answer | null> => {
  const speaking = language === null ? articles : articles.filter(({ body, title }) => languageOf(`${title}. ${body}`) === language);
  const parts = splitQuestions(question);
  if (parts.length === 0 || speaking.length === 0) {
    return null;
  }
  const read = await readArticles(speaking, { encode, towers: TOWERS });
  const known = stemsKnownTo(read);
  const answers: PartAnswer[] = [];
  for (const part of parts) {
    // What "they" are stands in the part before: alone this one may be taken for another question.
    const isUnclear = answers.length > 0 && pointsBack(part);
    const hours = club === undefined || isUnclear ? null : answerHours({ question: part, articles, club, language });
    const before = answers.at(-1)?.scored ?? null;
    const answer =
      hours === null
        ? quoted(await answerPart(part, { before, encode, read, known }), isUnclear ? UNCLEAR_MAX_SCORE : 1)
        : { sentences: [hours.text], articleIds: hours.articleIds, score: READ_WHOLE, scored: null };
    if (answer === null || answer.score < LIKELY_SCORE) {
      return null;
    }
    answers.push(answer);
  }
  return {
    text: [...new Set(answers.flatMap(({ sentences }) => sentences))].join(" "),
    articleIds: [...new Set(answers.flatMap(({ articleIds }) => articleIds))],
    score: Math.min(...answers.map(({ score }) => score)),
  };
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

const quoted = (scored: Scored | null, maxScore: number): PartAnswer | null =>
  scored === null
    ? null
    : {
        sentences: scored.sentences.flatMap((sentence) => withWhatIsPossible(sentence, scored.article)),
        articleIds: [scored.article.id],
        score: Math.min(maxScore, scored.score),
        scored,
      };

/** Articles that speak of what is asked, best first; none where no article does. */
export const articlesAbout = async <A extends Article>(
  question: string,
  { articles, encode }: { readonly articles: readonly A[]; readonly encode: Encode },
): Promise<readonly A[]> => {
  const read = await readArticles(articles, { encode, towers: TOWERS });
  const asked = await readQuestion(question, {
    known: stemsKnownTo(read),
    encode,
    towers: TOWERS,
    isEnglish: languageOf(question) === "en",
  });
  const ids = rankArticles(asked, { articles: read, bridge: BRIDGE, weights: storedWeights });
  return ids.flatMap((id) => articles.find((article) => article.id === id) ?? []);
};

/** "No metal spikes." is no answer of a friendly person: the sentence before it tells what is possible. */
const withWhatIsPossible = ({ index, text }: Sentence, { sentences }: ReadArticle): readonly string[] => {
  const before = FORBIDS.test(text) ? sentences[index - 1] : undefined;
  return before === undefined || before.index !== index - 1 ? [text] : [before.text, text];
};

const FORBIDS = /^(?:no\b|please do not\b|please don't\b|do not\b|don't\b)/i;

type Given = {
  readonly read: readonly ReadArticle[];
  /** Stems that the club uses. */
  readonly known: ReadonlySet<string>;
  readonly encode: Encode;
  readonly before: Scored | null;
};

/** As it stands, and without what is told beside it: where both find the same, the surer of the two counts. */
const answerPart = async (text: string, given: Given): Promise<Scored | null> => {
  const whole = await answerText(text, given);
  const core =
    whole === null || whole.score < LIKELY_SCORE ? null : withoutCircumstances(text, { articles: given.read, known: given.known });
  const bare = core === null ? null : await answerText(core, given);
  return whole !== null && bare !== null && bare.score > whole.score && isSame(bare, whole) ? bare : whole;
};

const isSame = (left: Scored, right: Scored): boolean =>
  left.sentences.length === right.sentences.length && left.sentences.every((sentence) => right.sentences.includes(sentence));

const answerText = async (text: string, { before, encode, known, read }: Given): Promise<Scored | null> => {
  const question = await readQuestion(text, { known, encode, towers: TOWERS, isEnglish: languageOf(text) === "en" });
  if (question.asked.length === 0 && question.kinds.size === 0 && question.holidays.size === 0 && question.weekdays.size === 0) {
    return null;
  }
  const namesNothing = !question.asked.some(({ kind }) => kind === "thing" || kind === "unknown");
  // "and does it take cash?" goes on about what the part before found.
  const articles = before !== null && namesNothing ? [before.article] : read;
  return bestAnswer(question, { articles, bridge: BRIDGE, weights: storedWeights });
};

const languageOf = (text: string): string =>
  detectLanguage(
    text,
    tokenize(text).map(({ word }) => word),
  );
