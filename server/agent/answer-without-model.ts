import { plainWords } from "#server/agent/plain-words.ts";
import type { Encode } from "#server/domain/sentence-vectors.ts";
import type { Category, Thought } from "#server/domain/intent.ts";
import { todayIn } from "#server/domain/calendar-date.ts";
import { formatMoney } from "#server/domain/money.ts";
import { heardOf } from "#server/domain/past-due/heard.ts";
import { promiseVerdict } from "#server/domain/past-due/promises.ts";
import { DEFAULT_PAST_DUE_SETTINGS } from "#server/domain/past-due/settings.ts";
import type { Situation } from "#server/services/agent-runs/load-situation.ts";
import { type Answer, answerFrom, CERTAIN_SCORE } from "#server/understanding/answer-from.ts";
import type { Classification } from "#server/understanding/judge.ts";
import { hoursQuestionIn } from "#server/understanding/hours-question.ts";
import { asksAnything, splitQuestions } from "#server/understanding/sentences.ts";
import { refersBack } from "#server/understanding/refers-back.ts";

const QUESTION_MIN_CONFIDENCE = 0.5;

/** What is only half a question is left to the model; and so is a wish to book, unless it may as well be a question about bookings. */
const mayBeKnown = ({ category, confidence }: Input["local"], auto: number): boolean =>
  (category === "question" && confidence >= QUESTION_MIN_CONFIDENCE) || (category === "scheduling" && confidence < auto);

/** Where the outcome is a person whatever a draft said, no draft is bought. */
const ALWAYS_A_PERSON: ReadonlySet<Category> = new Set(["complaint"]);

type Input = {
  readonly situation: Pick<Situation, "contact" | "club" | "policy" | "turns" | "knowledge" | "specialDays" | "newestTexts" | "now">;
  readonly local: Pick<Classification, "category" | "subIntent" | "confidence" | "riskFlags" | "evidence" | "language">;
  readonly encode: Encode;
  /** What the articles say to the question, however sure; looked for only where it is wanted. */
  readonly recalled: () => Promise<Answer | null>;
};

/** `question`: what is asked, follow-ups made whole. */
type Recalling = Omit<Input, "recalled"> & { readonly question: string };

/** What the club's words say to a question, in the language it is asked in; null where they say nothing, or it is about an answer of the club's. */
export const recall = async ({ encode, local, question, situation }: Recalling): Promise<Answer | null> => {
  if (isAboutAnAnswer(situation)) {
    return null;
  }
  const { club, knowledge, now, policy, specialDays = [] } = situation;
  return answerFrom({
    question,
    articles: knowledge,
    encode,
    language: local.language,
    club: { hours: policy.hours, specialDays, todayOn: todayIn(club.timeZone, now) },
  });
};

/**
 * What needs no model: a plain question that the club's own words answer for certain, thanks, a greeting, "are you a
 * bot?", and whatever goes to a person in any case. Null for everything else.
 */
export const answerWithoutModel = async ({ encode, local, recalled, situation }: Input): Promise<Thought | null> => {
  const { auto } = situation.policy.thresholds;
  const isSure = local.confidence >= auto;
  if (situation.newestTexts.some((text) => INSTRUCTS.test(text))) {
    return thoughtOf({ ...local, riskFlags: [...new Set([...local.riskFlags, "injection" as const])] }, null);
  }
  if (local.riskFlags.length > 0 || (isSure && ALWAYS_A_PERSON.has(local.category))) {
    return thoughtOf(local, null);
  }
  const language = local.language === "es" ? "es" : local.language === "en" ? "en" : null;
  if (language === null || !situation.policy.agent.languages.includes(language)) {
    return null;
  }
  if (local.category === "question" && local.subIntent === "are_you_a_bot" && isSure) {
    return thoughtOf(local, plainWords("is_bot", { situation, language }));
  }
  // Kind words around a question are no answer to it.
  const isOnlySaid = isSure && !asksAnything(situation.newestTexts.join("\n"));
  if (local.category === "praise" && isOnlySaid) {
    return thoughtOf(local, plainWords(local.subIntent === "thanks" ? "thanks" : "praise", { situation, language }));
  }
  if (local.category === "other" && local.subIntent === "greeting" && isOnlySaid) {
    return thoughtOf(local, plainWords("greeting", { situation, language }));
  }
  if (local.category === "payment_inquiry" && local.subIntent === "balance" && isSure) {
    return balance({ situation, local, encode }, language);
  }
  if (local.category === "payment_inquiry" && local.subIntent === "promise_to_pay" && isSure) {
    return promise({ situation, local }, language);
  }
  const question = questionIn(situation.newestTexts, local);
  return question !== null || mayBeKnown(local, auto) ? instant({ situation, local: question ?? local, recalled }, language) : null;
};

/** The question in what is first of all something else: kind words with one beside them, and one for hours that is like a wish to book. */
const questionIn = (newestTexts: readonly string[], local: Input["local"]): Input["local"] | null => {
  if (!asksAnything(newestTexts.join("\n"))) {
    return null;
  }
  return local.category === "praise"
    ? { ...local, category: "question", subIntent: "general_question" }
    : local.category === "scheduling" && asksForHours(newestTexts)
      ? { ...local, category: "question", subIntent: "opening_hours" }
      : null;
};

/** Every word of it was read: "close at 11 tonight?" is no wish to book, whatever it is like. */
const asksForHours = (newestTexts: readonly string[]): boolean => {
  const parts = splitQuestions(newestTexts.join("\n"));
  return parts.length > 0 && parts.every((part) => hoursQuestionIn(part) !== null);
};

/**
 * What somebody owes, to whoever is known for certain, from a balance read within the hour: the amount and how to pay,
 * and nothing else. It is the one money answer that also a member who owes gets without a person.
 */
const balance = async (
  { encode, local, situation }: Pick<Input, "encode" | "local" | "situation">,
  language: "en" | "es",
): Promise<Thought | null> => {
  const { binding, facts } = situation.contact;
  if (binding !== "bound" || facts === null || facts.balanceMinor === null) {
    return null;
  }
  if (BigInt(facts.balanceMinor) <= 0n) {
    return thoughtOf(local, plainWords("owes_nothing", { situation, language }));
  }
  const how = situation.policy.instantAnswers
    ? await answerFrom({ question: HOW_TO_PAY[language], articles: situation.knowledge, encode, language })
    : null;
  const isCertain = how !== null && how.score >= CERTAIN_SCORE;
  const text = plainWords("owes", {
    situation,
    language,
    fact: formatMoney(facts.balanceMinor, facts.currency),
    how: isCertain ? `${how.text} ` : "",
  });
  return { ...thoughtOf(local, text), knowledgeIds: isCertain ? [...how.articleIds] : [] };
};

/** A promise of whoever is known for certain to owe, with a day and an amount that leave no doubt: it is noted when the run ends. */
const promise = ({ local, situation }: Pick<Input, "local" | "situation">, language: "en" | "es"): Thought | null => {
  const { binding, facts } = situation.contact;
  if (binding !== "bound" || facts === null || facts.balanceMinor === null || BigInt(facts.balanceMinor) <= 0n) {
    return null;
  }
  const { timeZone } = situation.club;
  const heard = heardOf(
    { ...local, text: situation.newestTexts.at(-1) ?? "", subIntents: [local.subIntent] },
    { timeZone, now: situation.now },
  );
  const bounds = { today: todayIn(timeZone, situation.now), promiseMaxDays: DEFAULT_PAST_DUE_SETTINGS.promiseMaxDays };
  return heard?.kind === "promise" && heard.isClear && promiseVerdict(heard.promisedOn, bounds) === "fine"
    ? thoughtOf(local, plainWords("promise_noted", { situation, language }))
    : null;
};

const HOW_TO_PAY = { en: "How can I pay my balance?", es: "¿Cómo puedo pagar mi saldo?" } as const;

/** Who tells the machine how to answer from now on gets a person, whatever else is asked. */
const INSTRUCTS =
  /\bfrom now on\b[^.?!]*\b(?:answer|reply|respond|say|act|always|only|you are)\b|\b(?:answer|reply to|respond to) (?:every|all|each)\b/i;

/** What is asked of an answer of the club's, the model sees, which is given both. */
const isAboutAnAnswer = ({ newestTexts, turns }: Input["situation"]): boolean =>
  turns.some(({ from }) => from !== "contact") && newestTexts.some(refersBack);

const instant = async (
  { local, recalled, situation }: Pick<Input, "local" | "recalled" | "situation">,
  language: "en" | "es",
): Promise<Thought | null> => {
  const answer = situation.policy.instantAnswers ? await recalled() : null;
  if (answer === null || answer.score < CERTAIN_SCORE) {
    return null;
  }
  return {
    ...thoughtOf(local, plainWords("fact", { situation, language, fact: answer.text })),
    confidence: Math.max(local.confidence, answer.score),
    knowledgeIds: [...answer.articleIds],
  };
};

const thoughtOf = (local: Input["local"], reply: string | null): Thought => ({
  category: local.category,
  subIntent: local.subIntent,
  confidence: local.confidence,
  riskFlags: [...local.riskFlags],
  evidence: local.evidence,
  language: local.language,
  answerable: reply !== null,
  reply,
  knowledgeIds: [],
  promises: [],
});
