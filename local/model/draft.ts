import { isTooLong } from "#server/domain/guards.ts";
import { answerFrom } from "#server/understanding/answer-from.ts";
import type { Classification } from "#server/understanding/judge.ts";
import { detectLanguage } from "#server/understanding/language.ts";
import { asksAnything } from "#server/understanding/sentences.ts";
import { tokenize } from "#server/understanding/tokens.ts";
import { encode } from "./encoder.ts";
import type { Prompt } from "./prompt.ts";
import { type PhraseKey, say, type Voice } from "./wording.ts";

export type Draft = {
  readonly reply: string | null;
  readonly isAnswerable: boolean;
  readonly knowledgeIds: readonly string[];
  readonly promises: readonly string[];
  /** 0..1, the chance that it answers what was asked; 1 for plain templates. */
  readonly fit: number;
};

type Case = { readonly classification: Classification; readonly prompt: Prompt; readonly question: string };

/** What to write back. Risk comes before the category: where a person must answer, the text only says that one will. */
export const draft = async (given: Case): Promise<Draft> => {
  const { category, language, riskFlags, subIntent } = given.classification;
  if (language !== "en" && language !== "es") {
    return silence;
  }
  const tell = teller(given);
  if (riskFlags.includes("emergency")) {
    return tell.handOver("emergency");
  }
  if (riskFlags.includes("injection") || category === "opt_out") {
    return silence;
  }
  if (category === "complaint" && riskFlags.includes("injury")) {
    return tell.handOver("hurt");
  }
  if (category === "complaint") {
    return subIntent === "bay_fault" && !/[0-9]/.test(given.question) && riskFlags.length === 0
      ? tell.plain("whichBay")
      : tell.handOver("sorry");
  }
  if (riskFlags.includes("wants_person")) {
    return tell.handOver("person");
  }
  if (riskFlags.length > 0) {
    return tell.handOver(category === "payment_inquiry" ? "account" : "dontKnow");
  }
  return DRAFTERS[category](given, tell);
};

type Teller = ReturnType<typeof teller>;
type Drafter = (given: Case, tell: Teller) => Draft | Promise<Draft>;

const silence: Draft = { reply: null, isAnswerable: false, knowledgeIds: [], promises: [], fit: 1 };

const teller = ({ classification, prompt, question }: Case) => {
  const voice: Voice = { language: classification.language === "es" ? "es" : "en", firstName: prompt.firstName, seed: question };
  const fields = { agent: prompt.agentName, club: prompt.clubName };
  const plain = (key: PhraseKey, extra: Readonly<Record<string, string>> = {}): Draft => ({
    reply: say(key, voice, { ...fields, ...extra }),
    isAnswerable: true,
    knowledgeIds: [],
    promises: [],
    fit: 1,
  });
  const handOver = (key: PhraseKey): Draft => ({ ...plain(key), isAnswerable: false, promises: [HAND_OVER_PROMISE] });
  /** The club's own sentences, or `null` when its knowledge does not say. */
  const fromKnowledge = async (): Promise<Draft | null> => {
    const own = await answerFrom({ question, articles: prompt.knowledge, encode, language: null });
    const { likelyAnswer: told } = prompt;
    const answer = told !== null && told.chance > (own?.score ?? 0) ? { ...told, score: told.chance } : own;
    if (answer === null) {
      return null;
    }
    const words = tokenize(answer.text).map((token) => token.word);
    const isInTheirLanguage = detectLanguage(answer.text, words) === voice.language;
    const kind = plain(isInTheirLanguage ? "answer" : "answerQuoted", { fact: answer.text });
    return {
      ...kind,
      // Three sentences of the club's are a text; a friendly one around them would make it a letter.
      reply: isInTheirLanguage && isTooLong(kind.reply ?? "", SHORT) ? answer.text : kind.reply,
      knowledgeIds: answer.articleIds,
      fit: answer.score,
    };
  };
  return { plain, handOver, fromKnowledge, language: voice.language };
};

/** What the prompt asks for: two or three short sentences. */
const SHORT = { maxSentences: 3, maxCharacters: 480 } as const;

const HAND_OVER_PROMISE = "a person from the team gets back to the contact";

const draftQuestion: Drafter = async ({ classification, prompt }, tell) => {
  if (classification.subIntent === "are_you_a_bot") {
    return tell.plain("isBot");
  }
  if (classification.subIntent === "account_facts") {
    return draftAccountFact(classification.evidence, { prompt, tell });
  }
  return (await tell.fromKnowledge()) ?? tell.handOver("dontKnow");
};

const draftAccountFact = (evidence: string, { prompt, tell }: { prompt: Prompt; tell: Teller }): Draft => {
  const { facts } = prompt;
  if (!prompt.isBound) {
    return tell.handOver("unbound");
  }
  if (/visit|check/i.test(evidence) && facts?.lastVisitOn) {
    return tell.plain("lastVisit", { date: writeDate(facts.lastVisitOn, tell.language) });
  }
  if (/membership|plan|type/i.test(evidence) && facts?.membershipType) {
    return tell.plain("planIs", { plan: facts.membershipType });
  }
  return tell.handOver("dontKnow");
};

/** What only a person may settle, whatever the knowledge says about it. */
const PERSON_SUB_INTENTS: ReadonlySet<string> = new Set([
  "charge_question",
  "refund_request",
  "cancel_membership",
  "change_plan",
  "promise_to_pay",
  "payment_plan",
  "paid_already",
  "payment_failed",
  "hardship",
]);
const ASKS_AMOUNT = /\b(owe|balance|how much|behind|past due|debo|saldo|cu[aá]nto)\b/i;

const draftPayment: Drafter = async ({ classification, prompt, question }, tell) => {
  if (PERSON_SUB_INTENTS.has(classification.subIntent)) {
    return tell.handOver("account");
  }
  if (classification.subIntent !== "balance") {
    return (await tell.fromKnowledge()) ?? tell.handOver("account");
  }
  if (!prompt.isBound) {
    return tell.handOver("unbound");
  }
  const balanceMinor = prompt.facts?.balanceMinor;
  if (typeof balanceMinor !== "number" || !Number.isFinite(balanceMinor) || !ASKS_AMOUNT.test(question)) {
    return tell.handOver("account");
  }
  return balanceMinor > 0
    ? tell.plain("owes", { amount: writeAmount(balanceMinor, prompt.facts?.currency ?? "USD") })
    : tell.plain("owesNothing");
};

const NAMES_TIME =
  /\b([0-9]{1,2}(:[0-9]{2})? ?(am|pm)?|noon|today|tonight|tomorrow|tmrw|(mon|tues|wednes|thurs|fri|satur|sun)day|morning|afternoon|evening|hoy|ma[nñ]ana|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)\b/i;

const draftScheduling: Drafter = ({ classification, question }, tell) => {
  if (classification.subIntent === "running_late") {
    return tell.handOver("late");
  }
  if (classification.subIntent === "cancel_booking" || classification.subIntent === "cannot_attend") {
    return tell.handOver("calledOff");
  }
  return NAMES_TIME.test(question) ? tell.handOver("bookingToTeam") : tell.plain("whenSuits");
};

/** What a yes would change for a member is settled by whoever asked. */
const ASKS_ABOUT_AGREEMENT = /\b(freeze|cancel your|membership|charge|refund|payment|pack|plan|agreement|door)\b.*\?/i;
const ASKS_WHETHER_MENDED = /\b(did|does|is|has)\b.*\b(work|working|help|helped|fixed|open now|arrive)\b.*\?/i;

const draftConfirmation: Drafter = ({ classification, prompt }, tell) => {
  const asked = prompt.lastFromClub ?? "";
  if (ASKS_ABOUT_AGREEMENT.test(asked)) {
    return tell.handOver("account");
  }
  if (classification.subIntent === "no" && ASKS_WHETHER_MENDED.test(asked)) {
    return tell.handOver("sorry");
  }
  if (classification.subIntent === "answer_to_question") {
    return tell.handOver("bookingToTeam");
  }
  return tell.plain(classification.subIntent === "no" ? "declined" : "confirmed");
};

const draftOther: Drafter = async ({ classification }, tell) => {
  if (classification.subIntent === "greeting") {
    return tell.plain("greet");
  }
  return classification.subIntent === "unclear" ? ((await tell.fromKnowledge()) ?? tell.handOver("unclear")) : silence;
};

const DRAFTERS = {
  question: draftQuestion,
  payment_inquiry: draftPayment,
  scheduling: draftScheduling,
  confirmation: draftConfirmation,
  praise: async ({ classification, prompt }, tell) =>
    asksAnything(prompt.newest.join("\n"))
      ? ((await tell.fromKnowledge()) ?? tell.handOver("dontKnow"))
      : tell.plain(classification.subIntent === "thanks" ? "thanks" : "praised"),
  other: draftOther,
  complaint: (_given, tell) => tell.handOver("sorry"),
  opt_out: () => silence,
} as const satisfies Readonly<Record<Classification["category"], Drafter>>;

const writeAmount = (minor: number, currency: string): string =>
  new Intl.NumberFormat("en-US", { style: "currency", currency: /^[A-Z]{3}$/.test(currency) ? currency : "USD" }).format(minor / 100);

/** A calendar date as people write it; anything else is left as it stands. */
const writeDate = (date: string, language: "en" | "es"): string => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (match === null) {
    return date;
  }
  const day = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return new Intl.DateTimeFormat(language === "es" ? "es-US" : "en-US", { timeZone: "UTC", month: "long", day: "numeric" }).format(day);
};
