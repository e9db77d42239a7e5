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
  const [today = ""] = /^\S+ \S+/.exec(localTimeOf(input)) ?? [];
  return {
    draft: plainTextOf(thought.reply ?? ""),
    // The hour is left out: "open until 17:00" is no truer at five o'clock.
    facts: [...prompt.knowledge.flatMap(({ title, body }) => [title, body]), club.name, club.phone ?? "", today],
    // What a tool told of this member counts like the facts of the account: for nobody else's eyes.
    accountFacts: [
      ...(contact.binding === "bound" && contact.facts !== null ? accountTextsOf(contact.facts) : []),
      ...input.toolCalls.flatMap(({ outcome, result }) => (outcome === "done" ? [JSON.stringify(result)] : [])),
    ],
    contactWords: textsFrom("contact"),
    isBound: contact.binding === "bound",
    language: thought.language,
    languages: policy.agent.languages,
    promises: thought.promises,
    hasDuty,
    recentReplies: textsFrom("agent").slice(-RECENT_REPLY_COUNT),
    allowedLinkHosts: policy.allowedLinkHosts,
    machineTexts: [SYSTEM_PROMPT.text, policy.agent.personality],
    maxSentences: policy.replyMaxSentences,
    maxCharacters: policy.replyMaxCharacters,
  };
};

const accountTextsOf = ({ balanceMinor, currency, lastVisitOn, membershipType, status }: ContactFacts): readonly string[] => [
  status,
  membershipType ?? "",
  lastVisitOn ?? "",
  balanceMinor === null ? "" : `balance ${amountOf(BigInt(balanceMinor))} ${currency}`,
];

/** US and Canadian dollars: two digits after the point. */
const amountOf = (minor: bigint): string => {
  const positive = minor < 0n ? -minor : minor;
  return `$${positive / 100n}.${`${positive % 100n}`.padStart(2, "0")}`;
};
