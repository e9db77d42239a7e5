import { localTimeOf } from "#server/agent/compose-prompt.ts";
import type { Prompt } from "#server/agent/compose-prompt.ts";
import { plainTextOf } from "#server/agent/finish-reply.ts";
import { RECENT_REPLY_COUNT } from "#server/agent/limits.ts";
import type { ContactFacts, PromptInput } from "#server/agent/prompt-input.ts";
import { SYSTEM_PROMPT } from "#server/agent/prompts/system.ts";
import type { GuardInput } from "#server/domain/guards.ts";
import type { Thought } from "#server/domain/intent.ts";

type Reviewed = {
  readonly thought: Thought;
  readonly input: PromptInput;
  /** As `composePrompt` made it from `input`: an answer may rest on what the model was shown and on nothing else. */
  readonly prompt: Pick<Prompt, "knowledge" | "turns">;
  /** A task with an owner and a deadline is made together with this answer. */
  readonly hasDuty: boolean;
};

/** What the guards compare a draft with, taken from the very values the model was shown. */
export const guardInputOf = ({ thought, input, prompt, hasDuty }: Reviewed): GuardInput => {
  const { policy, contact, club } = input;
  const textsFrom = (from: "contact" | "agent"): readonly string[] =>
    prompt.turns.flatMap((turn) => (turn.from === from ? [turn.text] : []));
  const isBound = contact.binding === "bound";
  const results = input.toolCalls.flatMap(({ outcome, result }) => (outcome === "done" ? [readResult(result)] : []));
  const [today = ""] = /^\S+ \S+/.exec(localTimeOf(input)) ?? [];
  return {
    draft: plainTextOf(thought.reply ?? ""),
    facts: [
      ...prompt.knowledge.flatMap(({ body, title, translations = [] }) => [title, body, ...translations.map(({ text }) => text)]),
      club.name,
      club.phone ?? "",
    ],
    // What a tool told of this member counts like the facts of the account: for nobody else's eyes.
    accountFacts: [...(isBound && contact.facts !== null ? accountTextsOf(contact.facts) : []), ...results.map(({ values }) => values)],
    // Words of a field lend what the contact's own words lend, and no more: a day or an hour, never a price or a link.
    contactWords: [
      // So does today, for "closed on Sunday" is no truer on a Sunday. The hour is left out altogether.
      today,
      ...(isBound ? [contact.facts?.membershipType ?? "", ...results.flatMap(({ words }) => words)] : []),
      ...textsFrom("contact"),
    ],
    isBound,
    language: thought.language,
    languages: policy.agent.languages,
    promises: thought.promises,
    hasDuty,
    recentReplies: textsFrom("agent").slice(-RECENT_REPLY_COUNT),
    allowedLinkHosts: policy.allowedLinkHosts,
    machineTexts: [
      SYSTEM_PROMPT.text,
      policy.agent.personality,
      // What staff wrote among themselves is not said to whom it is about.
      ...(input.memory?.notes ?? []).map(({ text }) => text),
      input.memory?.earlierSummary ?? "",
    ],
    maxSentences: policy.replyMaxSentences,
    maxCharacters: policy.replyMaxCharacters,
  };
};

/** What a tool brought, apart: values that are the tool's own, and words that somebody typed into a title, a place or a note. */
const readResult = (result: unknown): { readonly values: string; readonly words: readonly string[] } => {
  const words: string[] = [];
  const values = JSON.stringify(result, (_key, value: unknown) => {
    if (typeof value !== "string" || !/\s/.test(value.trim())) {
      return value;
    }
    words.push(value);
    return "";
  });
  return { values: values ?? "", words };
};

const accountTextsOf = ({ balanceMinor, currency, lastVisitOn, status }: ContactFacts): readonly string[] => [
  status,
  lastVisitOn ?? "",
  balanceMinor === null ? "" : `balance ${amountOf(BigInt(balanceMinor))} ${currency}`,
];

/** US and Canadian dollars: two digits after the point. */
const amountOf = (minor: bigint): string => {
  const positive = minor < 0n ? -minor : minor;
  return `$${positive / 100n}.${`${positive % 100n}`.padStart(2, "0")}`;
};
