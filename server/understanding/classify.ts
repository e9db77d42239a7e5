import { CATEGORIES, type Category, type RiskFlag } from "../domain/intent.ts";
import { COMPLAINT_CUES } from "./cues/complaint.ts";
import type { Cue } from "./cues/cue.ts";
import { PAYMENT_CUES } from "./cues/payment.ts";
import { QUESTION_CUES } from "./cues/question.ts";
import { RISK_CUES } from "./cues/risk.ts";
import { SCHEDULING_CUES } from "./cues/scheduling.ts";
import { scoreWords, WORDS_SUB_INTENTS } from "./cues/words.ts";
import { CONFIRMATION_CUES, OPT_OUT_CUES, OTHER_CUES, PRAISE_CUES } from "./cues/short-replies.ts";
import { detectLanguage } from "./language.ts";
import { readReaction } from "./reactions.ts";
import { correctSpelling } from "./spelling.ts";
import { lineOf, originalOf, type Token, tokenize } from "./tokens.ts";

export type Classification = {
  readonly category: Category;
  /** snake_case; `unclear` when nothing was recognised. */
  readonly subIntent: string;
  /** 0..1: above 0.9 one category speaks alone, 0.6 to 0.8 several do, 0.3 none does. */
  readonly confidence: number;
  readonly riskFlags: readonly RiskFlag[];
  /** The member's own words that settled it, cut from the text as written; may be empty. */
  readonly evidence: string;
  /** BCP 47 */
  readonly language: string;
};

/** What a contact wants, from the words alone. Never throws, never calls anything, same text same answer. */
export const classify = (text: string): Classification => {
  const reaction = readReaction(text);
  const tokens = correctSpelling(tokenize(text));
  const language = detectLanguage(
    text,
    tokens.map((token) => token.word),
  );
  if (reaction !== null) {
    return { category: "other", subIntent: reaction, confidence: 0.97, riskFlags: [], evidence: text.trim(), language };
  }
  const line = lineOf(tokens);
  const riskFlags = RISK_CUES.filter((risk) => risk.pattern.test(line)).map((risk) => risk.flag);
  const [first, second] = rank(tokens, line);
  if (first === undefined || first.score < RECOGNISED_SCORE) {
    return { category: "other", subIntent: "unclear", confidence: UNCLEAR_CONFIDENCE, riskFlags, evidence: "", language };
  }
  return {
    category: first.category,
    subIntent: first.subIntent,
    confidence: toConfidence(first.score, { rivalScore: second === undefined ? 0 : rivalry(second) }),
    riskFlags,
    evidence: quote(text, { tokens, start: first.start, end: first.end }),
    language,
  };
};

const TABLES = {
  complaint: COMPLAINT_CUES,
  payment_inquiry: PAYMENT_CUES,
  scheduling: SCHEDULING_CUES,
  opt_out: OPT_OUT_CUES,
  question: QUESTION_CUES,
  confirmation: CONFIRMATION_CUES,
  praise: PRAISE_CUES,
  other: OTHER_CUES,
} as const satisfies Readonly<Record<Category, Readonly<Record<string, readonly Cue[]>>>>;

/** Below this only a hint was found, such as one word that stands in many kinds of messages. */
const RECOGNISED_SCORE = 0.8;
const UNCLEAR_CONFIDENCE = 0.3;
/** Weight of a cue that settles a category when nothing speaks against it. */
const FULL_SCORE = 3;
/** What further cues of the same category add to its strongest one. */
const SUPPORT_RATIO = 0.12;
/** Up to this share of the winner's score a rival is courtesy ("thanks", "?"), not a second wish. */
const COURTESY_SHARE = 0.45;

type Hit = {
  readonly category: Category;
  readonly subIntent: string;
  readonly score: number;
  readonly start: number;
  readonly end: number;
};

const rank = (tokens: readonly Token[], line: string): readonly Hit[] =>
  CATEGORIES.flatMap((category) => stronger(readPhrases(line, category), readWords(tokens, category)) ?? []).toSorted(
    (left, right) => right.score - left.score,
  );

const stronger = (left: Hit | null, right: Hit | null): Hit | null => ((left?.score ?? 0) >= (right?.score ?? 0) ? left : right);

/** Where no phrase of a category was found, its single words may still suggest it. */
const readWords = (tokens: readonly Token[], category: Category): Hit | null => {
  const words = tokens.flatMap((token) => token.word.split(" "));
  const hit = scoreWords(words, category);
  if (hit === null) {
    return null;
  }
  const start = 1 + words.slice(0, hit.index).join(" ").length + (hit.index === 0 ? 0 : 1);
  return { category, subIntent: WORDS_SUB_INTENTS[category], score: hit.score, start, end: start + (words[hit.index]?.length ?? 0) };
};

const readPhrases = (line: string, category: Category): Hit | null => {
  let best: Hit | null = null;
  let total = 0;
  for (const [subIntent, cues] of Object.entries<readonly Cue[]>(TABLES[category])) {
    for (const { pattern, weight } of cues) {
      const match = pattern.exec(line);
      if (match !== null) {
        total += weight;
        if (best === null || weight > best.score) {
          best = { category, subIntent, score: weight, start: match.index, end: match.index + match[0].length };
        }
      }
    }
  }
  return best === null ? null : { ...best, score: best.score + SUPPORT_RATIO * (total - best.score) };
};

/** These say how something is put, not what it is about: "how do I freeze my plan" is no second wish beside the freeze. */
const MANNER_ONLY: ReadonlySet<string> = new Set(["how_to", "general_question", "wants_person", "thanks", "greeting", "acknowledge"]);
const MANNER_RATIO = 0.6;

const rivalry = (hit: Hit): number => (MANNER_ONLY.has(hit.subIntent) ? hit.score * MANNER_RATIO : hit.score);

const toConfidence = (score: number, { rivalScore }: { rivalScore: number }): number => {
  const strength = Math.min(1, score / FULL_SCORE);
  const alone = 0.5 + 0.45 * strength ** 0.8;
  const share = rivalScore / score;
  const contest = Math.max(0, (share - COURTESY_SHARE) / (1 - COURTESY_SHARE));
  return Math.round(alone * (1 - 0.36 * contest) * 100) / 100;
};

const EVIDENCE_MAX_LENGTH = 160;

const quote = (text: string, span: { tokens: readonly Token[]; start: number; end: number }): string =>
  originalOf(text, span).slice(0, EVIDENCE_MAX_LENGTH);
