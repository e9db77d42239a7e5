import type { Thought } from "#server/domain/intent.ts";
import type { Classification } from "#server/understanding/judge.ts";
import { refersBack } from "#server/understanding/refers-back.ts";
import { understand } from "#server/understanding/understand.ts";
import { draft } from "./draft.ts";
import { encode } from "./encoder.ts";
import type { Prompt } from "./prompt.ts";

/**
 * The demo brain: the product's own trained classifier, retrieval over the club's knowledge and plain templates. It says only
 * what stands in the prompt; for everything else it hands over to a person and says so.
 */
export const think = async (prompt: Prompt): Promise<Thought> => {
  const text = prompt.newest.join("\n");
  const { classification, question } = await readInContext(text, prompt);
  const draftOf = await draft({ classification, prompt, question });
  return {
    category: classification.category,
    subIntent: classification.subIntent,
    // As sure as the less sure of reading and answer: a quote that may be the wrong one waits for a person.
    confidence: Math.min(classification.confidence, draftOf.fit),
    riskFlags: [...classification.riskFlags],
    evidence: classification.evidence,
    language: classification.language,
    answerable: draftOf.isAnswerable,
    reply: draftOf.reply,
    knowledgeIds: [...draftOf.knowledgeIds],
    promises: [...draftOf.promises],
  };
};

type Reading = { readonly classification: Classification; readonly question: string };

/** "and tomorrow?" asks what the question before asked, of another day. */
const readInContext = async (text: string, { lastFromClub, previousFromContact }: Prompt): Promise<Reading> => {
  const alone = await understand({ text, clubAsked: lastFromClub, encode });
  const isShort = text.trim().split(/\s+/).length <= SHORT_WORD_COUNT;
  const isAboutAnAnswer = lastFromClub !== null && alone.category === "question" && refersBack(text);
  if (previousFromContact === null || !isShort || !(FOLLOW_UP.test(text) || isAboutAnAnswer)) {
    return { classification: isAboutAnAnswer ? atMostLikely(alone) : alone, question: text };
  }
  const before = await understand({ text: previousFromContact, clubAsked: null, encode });
  return {
    classification: {
      ...atMostLikely(before),
      riskFlags: [...new Set([...before.riskFlags, ...alone.riskFlags])],
      evidence: text.trim(),
    },
    question: `${previousFromContact.replaceAll(/[?!.\n]+/g, " ")} ${text}`,
  };
};

const SHORT_WORD_COUNT = 6;
/** What is meant by what was said before is likely, not certain. */
const FOLLOW_UP_CONFIDENCE = 0.8;
const atMostLikely = (classification: Classification): Classification => ({
  ...classification,
  confidence: Math.min(classification.confidence, FOLLOW_UP_CONFIDENCE),
});
const FOLLOW_UP = /^\W*(and|what about|how about|ok what about|y|qu[eé] tal)\b|\b(what about|how about)\b/i;
