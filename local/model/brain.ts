import type { Thought } from "#server/domain/intent.ts";
import type { Classification } from "#server/understanding/judge.ts";
import { refersBack } from "#server/understanding/refers-back.ts";
import { understand } from "#server/understanding/understand.ts";
import { type Draft, draft } from "./draft.ts";
import { encode } from "./encoder.ts";
import type { Prompt } from "./prompt.ts";

/**
 * The demo brain: the product's own trained classifier, retrieval over the club's knowledge and plain templates. It says only
 * what stands in the prompt; for everything else it hands over to a person and says so.
 */
export const think = async (prompt: Prompt): Promise<Thought> => {
  const text = prompt.newest.join("\n");
  const { classification, ceiling, question } = await readInContext(text, prompt);
  const draftOf = await draft({ classification, prompt, question });
  return {
    category: classification.category,
    subIntent: classification.subIntent,
    confidence: Math.min(ceiling, sureOf(classification, draftOf)),
    riskFlags: [...classification.riskFlags],
    evidence: classification.evidence,
    language: classification.language,
    answerable: draftOf.isAnswerable,
    reply: draftOf.reply,
    knowledgeIds: [...draftOf.knowledgeIds],
    promises: [...draftOf.promises],
  };
};

/**
 * As sure as the less sure of reading and answer: a quote that may be the wrong one waits for a person. Where something was read as a
 * question and the club's own words fit it, how well they fit tells both, as the product takes it where it answers at once.
 */
const sureOf = ({ category, confidence }: Classification, { fit, knowledgeIds }: Draft): number =>
  category === "question" && knowledgeIds.length > 0 && confidence >= QUESTION_LEAST ? fit : Math.min(confidence, fit);

/** Below it the text may be anything but a question. */
const QUESTION_LEAST = 0.5;

type Reading = {
  readonly classification: Classification;
  readonly question: string;
  /** No answer is surer: what is meant by what was said before is likely, not certain. */
  readonly ceiling: number;
};

/** "and tomorrow?" asks what the question before asked, of another day. */
const readInContext = async (text: string, { lastFromClub, previousFromContact }: Prompt): Promise<Reading> => {
  const alone = await understand({ text, clubAsked: lastFromClub, encode });
  const isShort = text.trim().split(/\s+/).length <= SHORT_WORD_COUNT;
  const isAboutAnAnswer = lastFromClub !== null && alone.category === "question" && refersBack(text);
  if (previousFromContact === null || !isShort || !(FOLLOW_UP.test(text) || isAboutAnAnswer)) {
    return { classification: alone, question: text, ceiling: isAboutAnAnswer ? FOLLOW_UP_CONFIDENCE : 1 };
  }
  const before = await understand({ text: previousFromContact, clubAsked: null, encode });
  return {
    classification: {
      ...before,
      riskFlags: [...new Set([...before.riskFlags, ...alone.riskFlags])],
      evidence: text.trim(),
    },
    question: `${previousFromContact.replaceAll(/[?!.\n]+/g, " ")} ${text}`,
    ceiling: FOLLOW_UP_CONFIDENCE,
  };
};

const SHORT_WORD_COUNT = 6;
const FOLLOW_UP_CONFIDENCE = 0.8;
const FOLLOW_UP = /^\W*(and|what about|how about|ok what about|y|qu[eé] tal)\b|\b(what about|how about)\b/i;
