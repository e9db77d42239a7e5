import { findAccountStatements, findDenials, findMeta, findPromises, sentencesOf } from "./draft-phrases.ts";
import { checkFacts } from "./fact-lock.ts";
import type { Finding } from "./finding.ts";
import { findOthersAccounts, findRepeated, findSecretRequests } from "./harm-phrases.ts";
import { KNOWN_LANGUAGES, guessLanguage } from "./language-guess.ts";
import type { DetectLanguage } from "./language-guess.ts";
import { normaliseForHash } from "./text.ts";

/** "Good question, Ana!" and "Does that help?" are not counted as sentences: they have fewer words. */
const SENTENCE_MIN_WORDS = 4;
/** Share of words two answers have in common from which they say the same. */
const REPEATED_RATIO = 0.9;
/** Below this a text is too short to tell its language. */
const LANGUAGE_MIN_WORDS = 4;

export type GuardInput = {
  readonly draft: string;
  /** Texts the draft may rest on: articles, the club's phone number and hours, results of tools of this run. */
  readonly facts: readonly string[];
  /** Texts about the contact's own account, such as "balance $12.50". Not looked at unless the contact is bound. */
  readonly accountFacts: readonly string[];
  /** The contact's own messages, oldest first; the newest ones tell the language. */
  readonly contactWords: readonly string[];
  readonly isBound: boolean;
  /** BCP 47 tag the model gave for the contact's language. */
  readonly language: string;
  /** Languages the club lets the agent answer in alone. */
  readonly languages: readonly string[];
  /** What the model says the draft promises. */
  readonly promises: readonly string[];
  /** A task with an owner and a deadline is made together with this answer. */
  readonly hasDuty: boolean;
  /** The agent's last answers in this conversation. */
  readonly recentReplies: readonly string[];
  readonly allowedLinkHosts: readonly string[];
  /** What was told to the machine alone, such as its rules: never said again. */
  readonly machineTexts?: readonly string[];
  readonly maxSentences: number;
  readonly maxCharacters: number;
  readonly detectLanguage?: DetectLanguage;
};

type Check = { readonly code: Finding["code"]; readonly run: (input: GuardInput) => readonly string[] };

/** What speaks against sending a draft unseen, the gravest first; empty when nothing does. A check that fails counts as a finding. */
export const guardDraft = (input: GuardInput): readonly Finding[] =>
  CHECKS.flatMap(({ code, run }) => {
    try {
      return run(input).map((span) => ({ code, span }));
    } catch {
      return [{ code, span: input.draft }];
    }
  });

const spansOf = (findings: readonly Finding[]): readonly string[] => findings.map((finding) => finding.span);

/** A draft as it stands, and as one line: what is torn apart by line breaks reads the same to a person. */
const readingsOf = (draft: string): readonly string[] => [...new Set([draft, draft.replace(/\s+/gu, " ")])];
const inEachReading = (draft: string, find: (text: string) => readonly string[]): readonly string[] => [
  ...new Set(readingsOf(draft).flatMap(find)),
];

const metaText = ({ draft, machineTexts = [] }: GuardInput): readonly string[] =>
  draft.trim() === "" ? [draft] : [...inEachReading(draft, findMeta), ...findRepeated(draft, machineTexts)];

const accountStatements = ({ draft, isBound }: GuardInput): readonly string[] => [
  ...(isBound ? [] : inEachReading(draft, findAccountStatements)),
  ...inEachReading(draft, findOthersAccounts),
  ...inEachReading(draft, findSecretRequests),
];

const unknownFacts = (input: GuardInput): readonly string[] => {
  const sources = {
    facts: input.isBound ? [...input.facts, ...input.accountFacts] : input.facts,
    contactWords: input.contactWords,
    allowedLinkHosts: input.allowedLinkHosts,
  };
  return [...inEachReading(input.draft, findDenials), ...inEachReading(input.draft, (text) => spansOf(checkFacts(text, sources)))];
};

const promises = (input: GuardInput): readonly string[] =>
  input.hasDuty ? [] : [...new Set([...inEachReading(input.draft, findPromises), ...input.promises])];

const wrongLanguage = (input: GuardInput): readonly string[] => {
  const detect = input.detectLanguage ?? guessLanguage;
  const newest = input.contactWords.at(-1) ?? "";
  const expected = (isLong(newest) ? detect(newest) : null) ?? baseOf(input.language);
  const written = detect(input.draft);
  const isUnproven = written === null && !KNOWN_LANGUAGES.has(expected) && isLong(input.draft);
  const isMismatch = written !== null && written !== expected && isLong(input.draft);
  return isUnproven || isMismatch || !input.languages.includes(expected) ? [input.draft] : [];
};

/** Whether a draft is longer than a text may be; a word or three by themselves are no sentence. */
export const isTooLong = (draft: string, { maxCharacters, maxSentences }: Pick<GuardInput, "maxCharacters" | "maxSentences">): boolean =>
  draft.length > maxCharacters ||
  sentencesOf(draft).filter((sentence) => wordsOf(sentence).length >= SENTENCE_MIN_WORDS).length > maxSentences;

const tooLong = (input: GuardInput): readonly string[] => (isTooLong(input.draft, input) ? [input.draft] : []);

const repeated = ({ draft, recentReplies }: GuardInput): readonly string[] =>
  recentReplies.some((reply) => saysTheSame(reply, draft)) ? [draft] : [];

const CHECKS: readonly Check[] = [
  { code: "no_reply_drafted", run: metaText },
  { code: "privacy", run: accountStatements },
  { code: "fact_lock", run: unknownFacts },
  { code: "promise_without_duty", run: promises },
  { code: "language_mismatch", run: wrongLanguage },
  { code: "too_long", run: tooLong },
  { code: "repeated_answer", run: repeated },
];

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];
const digitsOf = (text: string): string => (text.match(/\d+/g) ?? []).join(" ");
const isLong = (text: string): boolean => wordsOf(text).length >= LANGUAGE_MIN_WORDS;
const baseOf = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0] ?? tag;

const saysTheSame = (one: string, other: string): boolean => {
  const [first, second] = [new Set(wordsOf(normaliseForHash(one))), new Set(wordsOf(normaliseForHash(other)))];
  if (digitsOf(one) !== digitsOf(other)) {
    return false;
  }
  const shared = [...first].filter((word) => second.has(word)).length;
  const total = new Set([...first, ...second]).size;
  return total > 0 && shared / total >= REPEATED_RATIO;
};
