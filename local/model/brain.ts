import type { Thought } from "#server/domain/intent.ts";
import { classify, type Classification } from "#server/understanding/classify.ts";
import { draft } from "./draft.ts";
import type { Prompt } from "./prompt.ts";

/**
 * The demo brain: the shared classifier, retrieval over the club's knowledge and plain templates. It says only
 * what stands in the prompt; for everything else it hands over to a person and says so.
 */
export const think = (prompt: Prompt): Thought => {
  const text = prompt.newest.join("\n");
  const { classification, question } = readInContext(text, prompt);
  const draftOf = draft({ classification, prompt, question });
  return {
    category: classification.category,
    subIntent: classification.subIntent,
    confidence: classification.confidence,
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

/** Short texts mean what they mean by what was said before: "Tuesday" after a question, "and tomorrow?" after an answer. */
const readInContext = (text: string, { lastFromClub, previousFromContact }: Prompt): Reading => {
  const alone = classify(text);
  const isShort = text.trim().split(/\s+/).length <= SHORT_WORD_COUNT;
  const hasClubAsked = lastFromClub !== null && (/\?\s*$/.test(lastFromClub) || /\breply (yes|y|c|1)\b/i.test(lastFromClub));
  const isVague = alone.subIntent === "unclear" || alone.subIntent === "emoji_only";
  if (isShort && hasClubAsked && isVague && text.trim() !== "") {
    const classification = {
      ...alone,
      category: "confirmation",
      subIntent: "answer_to_question",
      confidence: SETTLED_CONFIDENCE,
      evidence: text.trim(),
    } as const;
    return { classification, question: text };
  }
  const isFollowUp = isShort && previousFromContact !== null && (isVague || alone.subIntent === "general_question") && FOLLOW_UP.test(text);
  if (isFollowUp) {
    const before = classify(previousFromContact);
    const question = `${previousFromContact.replaceAll(/[?!.\n]+/g, " ")} ${text}`;
    return {
      classification: {
        ...before,
        confidence: Math.min(before.confidence, SETTLED_CONFIDENCE),
        riskFlags: [...new Set([...before.riskFlags, ...alone.riskFlags])],
        evidence: text.trim(),
      },
      question,
    };
  }
  return { classification: alone, question: text };
};

const SHORT_WORD_COUNT = 6;
/** What a short text means by its context is likely, not certain. */
const SETTLED_CONFIDENCE = 0.8;
const FOLLOW_UP = /^\W*(and|what about|how about|ok what about|y|qu[eé] tal)\b|\b(what about|how about)\b/i;
